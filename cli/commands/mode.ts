import { Argument, type Command } from 'commander';
import { Mode } from '../../functions/core/decision.ts';
import { CommandError, type CommonOptions, cloudCommand, printJson, withCloud } from '../cloud-command.ts';

export function modeCommand(): Command {
  return cloudCommand('mode', 'the kill switch: how much Sallyport may do')
    .addArgument(new Argument('<mode>', 'what it may do from now on').choices(Mode.options))
    .option('--reason <text>', 'why, for the ledger', 'asked for on the command line')
    .action((to: string, options: CommonOptions & { reason: string }) =>
      withCloud(options, async (cloud, printer) => {
        const { status, answer } = await cloud.ask('/api/mode', { to, reason: options.reason });
        if (status >= 300)
          throw new CommandError(`the mode was not changed: ${String(answer.message ?? status)}`);
        if (options.json) printJson(answer);
        else printer.text(`The mode is now ${to}.`);
      }),
    );
}
