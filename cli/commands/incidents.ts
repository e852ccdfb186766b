import type { Command } from 'commander';
import { printable } from '../../functions/core/printable.ts';
import { type CommonOptions, cloudCommand, printJson, withCloud } from '../cloud-command.ts';

export function incidentsCommand(): Command {
  return cloudCommand('incidents', 'list incidents, the latest first').action((options: CommonOptions) =>
    withCloud(options, async (cloud, printer) => {
      // The list follows the ledger: what the last command left on its way is waited for.
      await cloud.own?.idle();
      const incidents = await cloud.incidents();
      if (options.json) return printJson({ incidents });
      if (incidents.length === 0)
        printer.text('No incidents yet. "sallyport respond FILE" makes one of a finding.');
      for (const { incident, status, severity, disposition, findings, findingTypes, updatedAt } of incidents)
        printer.text(
          `${incident}  ${status.padEnd(17)} ${severity.padEnd(13)} ${disposition.padEnd(14)} ${updatedAt}  ${printable(findingTypes.join(', '))} (${findings})`,
        );
    }),
  );
}

export function rebuildCommand(): Command {
  return cloudCommand('rebuild', 'make the incident list anew from the ledger').action(
    (options: CommonOptions) =>
      withCloud(options, async (cloud, printer) => {
        const incidents = await cloud.rebuild();
        if (options.json) printJson({ incidents });
        else printer.text(`The incident list was made anew from the ledger: ${incidents} incident(s).`);
      }),
  );
}
