import { type FindingTypeRow, findingTypeRows } from '../cli/finding-types.ts';
import type { Source } from '../functions/core/source.ts';
import { sources } from '../functions/sources/registry.gen.ts';
import { code, codes, table } from './markdown.ts';

/** `docs/sources.md`: which events become findings, what may come of each type, and which fields others may write. */
export function sourcesPage(): string {
  const rows = findingTypeRows();
  const active = rows.filter(({ feature }) => feature !== undefined);
  return `${[
    '# Sources',
    'Written by `scripts/generate-docs.ts` from the code. Do not edit. How one finding that comes several ways stays one: [findings](findings.md).',
    eventsSection(),
    `## Finding types of GuardDuty\n\nAll ${active.length} that it sends. A type that is not here yet is taken by the longest beginning that a playbook names, and read by its threat purpose and its resources.\n\n${table(
      ['type', 'found by', "GuardDuty's severity", ...head],
      active.map((row) => [code(row.type), row.feature ?? '', row.defaultSeverity ?? '', ...cellsOf(row)]),
    )}`,
    `## Other finding types\n\nThe longest match wins; \`*\` takes what nothing else does, and leaves it to people.\n\n${table(
      ['type', ...head],
      rows.filter(({ feature }) => feature === undefined).map((row) => [code(row.type), ...cellsOf(row)]),
    )}`,
    '## What an attacker may have written\n\nText of these fields is tainted: it may raise priority, and alone it never lowers it, closes a finding or chooses a target. The list is tested, and it is not what protects: whatever is not known to be AWS’s own word is tainted too. In a finding of a custom product, which any principal with BatchImportFindings can write, everything is.',
    ...sources.filter(({ attackerWritable }) => attackerWritable?.length).map(writableSection),
  ].join('\n\n')}\n`;
}

const head = ['playbook', 'severity at least', 'actions it may propose', 'lease'];

function cellsOf({ playbook, severity, actions, leaseHours }: FindingTypeRow): string[] {
  return [code(playbook), severity, codes(actions), actions.length === 0 ? '–' : `${leaseHours} h`];
}

function eventsSection(): string {
  const rows = sources.flatMap(({ id, title, eventPatterns, types }) =>
    eventPatterns.map(({ source, detailType }) => [
      code(id),
      title,
      codes(source),
      codes(detailType),
      codes(types),
    ]),
  );
  return `## Events\n\n${table(['id', 'source', 'EventBridge source', 'detail-type', 'families of finding types'], rows)}`;
}

function writableSection({ title, attackerWritable = [] }: Source): string {
  const byReason = Map.groupBy(attackerWritable, ({ why }) => why);
  const rows = [...byReason].map(([why, fields]) => [why, codes(fields.map(({ field }) => field))]);
  return `### ${title}\n\n${table(['why', 'fields'], rows)}`;
}
