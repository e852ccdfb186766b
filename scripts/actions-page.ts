import type { Action } from '../functions/core/account.ts';
import { findingTypesOf } from '../functions/core/playbook.ts';
import { playbooks } from '../functions/generated/policies.gen.ts';
import { code, codes, table } from './markdown.ts';
import type { PlannedExample } from './planned-examples.ts';

/** `docs/actions.md`: what Sallyport may change, as the actions say it of a resource when they plan. */
export function actionsPage(
  actions: readonly Action[],
  examples: ReadonlyMap<string, PlannedExample>,
): string {
  return `${[
    '# Actions',
    `Written by \`scripts/generate-docs.ts\` from the code. Do not edit. The sentences are what each of the ${actions.length} actions says of the resource of its first contract case (\`test/contract/cases\`). Which actions a finding may lead to is for its [playbook](catalogue.md#playbooks), and whether one may run for the [policies](catalogue.md#policies).`,
    summary(actions),
    ...actions.map((action) => section(action, examples.get(action.id))),
  ].join('\n\n')}\n`;
}

function summary(actions: readonly Action[]): string {
  const rows = actions.map(({ id, title, targets, danger, family }) => [
    `[${id}](#${id})`,
    title,
    targets.join(', '),
    danger,
    code(`remediate-${family}`),
  ]);
  return table(['id', 'what', 'target', 'danger', 'carried out by'], rows);
}

/** What undoing it alone would cost: why a person may have to be asked. */
const costs = { harmless: 'nothing', 'loses-evidence': 'evidence that was kept' } as const;

function section(action: Action, example: PlannedExample | undefined): string {
  const { id, title, targets, danger, undoing, order, family, permissions } = action;
  const facts = table(
    ['', ''],
    [
      ['target', targets.join(', ')],
      ['danger', danger],
      ['runs among', order],
      ['carried out by', code(`remediate-${family}`)],
      ['what', example?.change ?? ''],
      ['inverse', example?.undo ?? ''],
      ['undoing costs', undoing ? costs[undoing] : 'access or cover, given back'],
      ['cannot be restored', example?.cannotRestore.join('; ') || 'nothing'],
      ['finding types', codes(findingTypesOf(id, playbooks))],
    ],
  );
  const statements = table(
    ['IAM actions', 'resources', 'conditions', 'why, where no call names it'],
    permissions.map(({ actions: allowed, resources, conditions, dependent }) => [
      codes(allowed),
      codes(resources),
      conditions ? code(JSON.stringify(conditions)) : '–',
      dependent ?? '',
    ]),
  );
  return `## ${id}\n\n${title}.\n\n${facts}\n\n${statements}`;
}
