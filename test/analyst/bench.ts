import { offers } from '../../functions/actions/offers.gen.ts';
import { budgets } from '../../functions/analyst/budget.ts';
import type { StageParts } from '../../functions/analyst/loop.ts';
import { matchPlaybook, playbookFor } from '../../functions/analyst/playbook.ts';
import { rulesAnalyst } from '../../functions/analyst/rules.ts';
import { type ToolParts, toolCaller } from '../../functions/analyst/tools.ts';
import type { Tool } from '../../functions/core/account.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Model } from '../../functions/core/ports.ts';
import { playbooks, prompts } from '../../functions/generated/policies.gen.ts';
import { tools } from '../../functions/tools/registry.gen.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { surroundings } from './surroundings.ts';

export { matchPlaybook, playbooks };
export const INCIDENT = 'INC-0123456789ABCDEF';
export const now = () => new Date('2026-11-21T12:00:00.000Z');
export const rules = () => rulesAnalyst(playbooks, now);

/** A tool of the registry, except that it answers from the case. `null`: not found. An Error: it fails. */
export type Answers = Readonly<Record<string, object | null | Error>>;

/** The registry's tools with their own schemas and taint, answering from the case instead of an account. */
export function answering(answers: Answers, calls: string[] = []): ToolParts {
  return {
    tools: tools.map(
      (tool): Tool => ({ ...tool, ask: async ({ handle }) => answerOf(tool, handle, answers, calls) }),
    ),
    accountOf: () => ({
      id: '111122223333',
      region: 'eu-central-1',
      now: now(),
      send: () => Promise.reject(),
    }),
    history: { of: async () => [] },
    intelligence: { about: async () => undefined },
    clock: now,
  };
}

/** What tools answer that never find nothing, where a test does not care. */
const always: Answers = {
  'threat-intelligence': {
    ...{ known: false, standing: 'nothing-compiled', confidence: 0 },
    ...{ indicators: [], warnings: [], truncated: false },
  },
};

async function answerOf({ id }: Tool, handle: string, answers: Answers, calls: string[]) {
  calls.push(`${id} ${handle}`);
  const answer = answers[`${id} ${handle}`] ?? answers[id] ?? always[id] ?? null;
  if (answer instanceof Error) throw answer;
  return answer ?? undefined;
}

/** A ledger with findings received, and the parts of a stage over it. */
export async function stageOver(
  findings: readonly Finding[],
  {
    answers = {},
    calls = [],
    models = [rules()],
    ...rest
  }: Partial<StageParts> & {
    answers?: Answers;
    calls?: string[];
    models?: readonly Model[];
  } = {},
): Promise<StageParts & { readonly ledger: MemoryLedger }> {
  const ledger = new MemoryLedger(now);
  for (const finding of findings) await receive(ledger, finding);
  return {
    stage: 'triage',
    incident: INCIDENT,
    models,
    tools: toolCaller(answering(answers, calls)),
    offers,
    environment: surroundings(),
    playbookFor: (incident) => playbookFor(incident, playbooks),
    prompts,
    budget: budgets.triage,
    clock: now,
    ...rest,
    ledger,
  };
}

export async function receive(ledger: MemoryLedger, finding: Finding, generation = 1): Promise<void> {
  const { uid, modified_time } = finding.finding_info;
  await ledger.append(INCIDENT, 'fact', `finding#${uid}#${modified_time}`, () => [
    { type: 'finding-received', generation, finding },
  ]);
}
