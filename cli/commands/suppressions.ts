import { type Command, InvalidArgumentError } from 'commander';
import { suppressions } from '../../functions/generated/policies.gen.ts';
import { type CommonOptions, cloudCommand, printJson, withCloud } from '../cloud-command.ts';
import type { Printer } from '../print.ts';
import { type SuppressionUse, suppressionUses } from '../suppressions.ts';

export function suppressionsCommand(): Command {
  return cloudCommand(
    'suppressions',
    'list the rules that leave findings unanswered, when they end, and their use',
  )
    .option('--days <number>', 'how far back findings are counted', wholeDays, 30)
    .action((options: CommonOptions & { days: number }) =>
      withCloud(options, async (cloud, printer) => {
        const asked = { days: options.days, now: new Date() };
        const uses = await suppressionUses(suppressions.suppressions, asked, cloud);
        if (options.json) return printJson({ days: options.days, suppressions: uses });
        if (uses.length === 0)
          printer.text('No rules: every finding is answered (policies/suppressions.yaml).');
        for (const use of uses) tell(use, options.days, printer);
      }),
    );
}

function wholeDays(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number of days, from 1.');
}

const states = {
  holds: ['holds', 'good'],
  'ends-soon': ['ends soon', 'ask'],
  expired: ['expired', 'bad'],
  gone: ['gone', 'plain'],
} as const;

function tell(
  { id, owner, expires, reason, state, suppressed, latest }: SuppressionUse,
  days: number,
  printer: Printer,
) {
  const [step, tone] = states[state];
  const use = latest === null ? 'none' : `${suppressed}, the latest of ${latest}`;
  const text = `${id}, last day ${expires}, owner ${owner}: ${reason}. Suppressed in ${days} days: ${use}`;
  printer.line({ step, text, tone });
}
