import * as z from 'zod';
import { EntityKind } from '../functions/core/entity.ts';
import { families } from '../functions/core/family.ts';

/** What a new action is called, what it acts on, and whose role family it belongs to. */
export const NewAction = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z]+(-[a-z0-9]+)+$/, 'expected verb and noun in kebab-case, such as stop-instance'),
  target: EntityKind,
  family: z.enum(families),
});
export type NewAction = z.infer<typeof NewAction>;

/** The start of an action and of its contract cases, by path. What is left to write throws, and says what it has to do. */
export function scaffoldAction({ id, target, family }: NewAction): Readonly<Record<string, string>> {
  return {
    [`functions/actions/${id}/action.ts`]: actionText({ id, target, family }),
    [`test/contract/cases/${id}.ts`]: casesText({ id, target }),
  };
}

function actionText({ id, target, family }: NewAction): string {
  const words = id.replaceAll('-', ' ');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return `import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';

/** Read or List in AWS's service reference; an instance's description stands for what your action has to read. */
const reads = [DescribeInstancesCommand] as const;
const writes = [] as const;

/** The fields that make the state what it is; not what changes without anybody changing the ${target}. */
const Before = z.strictObject({});
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/** What it does to the ${target}, what that costs, and what it leaves open. */
export const ${camelCase(id)} = defineAction({
  id: '${id}',
  title: '${title}',
  targets: ['${target}'],
  danger: 'high',
  family: '${family}',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  // Exactly what the calls need, as narrow as the service allows; \`narrow\` gives the session the plan's own ARNs.
  permissions: [{ actions: ['ec2:DescribeInstances'], resources: ['*'] }],

  async plan(target) {
    throw new Error(\`read \${target.id}, and say what would change, how it is undone and who would notice\`);
  },

  async execute(planned) {
    throw new Error(\`change \${planned.target.id}; twice must be once: \${JSON.stringify(beforeOf(planned))}\`);
  },

  async verify(planned) {
    throw new Error(\`read back the property of \${planned.target.id} that matters\`);
  },

  async rollback(planned) {
    throw new Error(\`put back \${JSON.stringify(beforeOf(planned))}, also after a half-done execute\`);
  },
});
`;
}

function casesText({ id, target }: Pick<NewAction, 'id' | 'target'>): string {
  return `import { type ActionCase, target } from '../action-case.ts';

/** Situations in which \`${id}\` must keep its contract: as found, half done, protected, with a neighbour. */
export const cases: readonly ActionCase[] = [
  {
    name: 'a ${target} as it is found',
    target: target('${target}', 'the-one'),
    seed: {},
    innocent: ({ regions }) => regions,
    trespasses: () => [],
  },
];
`;
}

function camelCase(id: string): string {
  return id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
