import type { Command } from 'commander';
import { type CommonOptions, cloudCommand, existing, printJson, withCloud } from '../cloud-command.ts';
import { follow } from '../follow.ts';

export function showCommand(): Command {
  return cloudCommand('show', 'tell the whole story of an incident, from its ledger')
    .argument('<incident>', 'the incident, as INC-…')
    .action((id: string, options: CommonOptions) =>
      withCloud(options, async (cloud, printer) => {
        const incident = await existing(cloud, id);
        if (options.json) {
          const { commands: _commands, ...rest } = incident;
          return printJson(rest);
        }
        printer.heading(`${id}: ${incident.status}`);
        await follow(cloud, id, printer, { until: () => true });
      }),
    );
}
