import { Command } from 'commander';
import { audit } from '../audit.ts';
import { type CommonOptions, cloudCommand, printJson, withCloud } from '../cloud-command.ts';

export function auditCommand(): Command {
  const verify = cloudCommand(
    'verify',
    'recompute every hash of every chain, and say what does not hold',
  ).action((options: CommonOptions) =>
    withCloud(options, async (cloud, printer) => {
      const found = await audit(cloud);
      if (options.json) printJson(found);
      else if (found.ok)
        printer.line({
          step: 'verified',
          text: `${found.commits} commits in ${found.chains} chains of ${found.incidents} incidents hold together`,
          tone: 'good',
        });
      for (const problem of options.json ? [] : found.problems)
        printer.line({ step: 'broken', text: problem, tone: 'bad' });
      if (!found.ok) process.exitCode = 1;
    }),
  );
  return new Command('audit').description('check the record').addCommand(verify);
}
