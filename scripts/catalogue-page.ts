import { actions } from '../functions/actions/registry.gen.ts';
import { describePolicies } from '../functions/adapters/cedar.ts';
import { runbookOf } from '../functions/core/runbook.ts';
import { guardrails, playbooks } from '../functions/generated/policies.gen.ts';
import { sources } from '../functions/sources/registry.gen.ts';
import { tools } from '../functions/tools/registry.gen.ts';
import { code, codes, table } from './markdown.ts';

/** `docs/catalogue.md`: everything that is built in, as the code itself says it. */
export function cataloguePage(): string {
  return `${[
    '# Catalogue',
    'Written by `scripts/generate-docs.ts` from the code. Do not edit. `npm run -s sallyport -- catalogue --json` says the same to programs.',
    sourcesSection(),
    typesSection(),
    playbooksSection(),
    toolsSection(),
    `## Actions\n\n${actions.length}, on [a page of their own](actions.md).`,
    policiesSection(),
  ].join('\n\n')}\n`;
}

function sourcesSection(): string {
  const rows = sources.map(({ id, title, eventPatterns, types }) => [
    code(id),
    title,
    eventPatterns.map(({ source, detailType }) => `${codes(source)}: ${detailType.join(', ')}`).join('; ') ||
      '–',
    codes(types),
  ]);
  return `## Sources\n\n${table(['id', 'source', 'events', 'families of finding types'], rows)}`;
}

function typesSection(): string {
  const rows = playbooks
    .flatMap(({ types, id, severityFloor, actions: allowed, leaseHours, approvalHours }) =>
      types.map((type) => [
        code(type),
        code(id),
        severityFloor,
        codes(allowed),
        allowed.length === 0 ? '–' : `${leaseHours} h`,
        allowed.length === 0 ? '–' : `${approvalHours} h`,
      ]),
    )
    .sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  const head = [
    'finding type',
    'playbook',
    'severity at least',
    'actions it may propose',
    'lease',
    'time to decide',
  ];
  return `## Finding types\n\nThe longest match wins; \`*\` takes what no other playbook does. Each type of GuardDuty by itself: [sources](sources.md).\n\n${table(head, rows)}`;
}

function playbooksSection(): string {
  const rows = playbooks.map(({ id, title, evidence, rules, attack, danger }) => [
    `[${code(id)}](../${runbookOf(id)})`,
    title,
    codes([...new Set(evidence.map(({ tool }) => tool))]),
    rules
      .map(({ id: rule, disposition, confidence }) => `${code(rule)} → ${disposition} ${confidence}`)
      .join('; '),
    danger,
    attack.join(', ') || '–',
  ]);
  const head = [
    'id and runbook',
    'for',
    'evidence',
    'rules, in order: verdict and confidence',
    'danger at most',
    'ATT&CK',
  ];
  return `## Playbooks\n\n${table(head, rows)}`;
}

function toolsSection(): string {
  const rows = tools.map(({ id, description, targets, permissions }) => [
    code(id),
    targets.join(', '),
    description,
    codes(permissions.flatMap((permission) => permission.actions)),
  ]);
  return `## Tools\n\nA tool answers one question and can only read.\n\n${table(['id', 'about', 'question', 'IAM actions'], rows)}`;
}

function policiesSection(): string {
  const rows = describePolicies(guardrails.policies).map(({ id, effect, says }) => [code(id), effect, says]);
  return `## Policies\n\nWhat no policy permits is denied; a \`forbid\` beats every \`permit\`.\n\n${table(['id', 'effect', 'sentence'], rows)}`;
}
