import { describe, expect, test } from 'vitest';
import { toolCaller } from '../../functions/analyst/tools.ts';
import { trim } from '../../functions/analyst/trim.ts';
import type { HandledEntity } from '../../functions/core/entity.ts';
import { Evidence } from '../../functions/core/entry.ts';
import type { History, PastIncident } from '../../functions/core/ports.ts';
import { entityHistory } from '../../functions/tools/entity-history.ts';
import { answering, INCIDENT } from './bench.ts';
import { describedInstance, instanceFinding } from './findings.ts';

const entities = instanceFinding('Backdoor:EC2/C&CActivity.B').entities.map((entity, index) => ({
  ...entity,
  handle: `e${index + 1}`,
}));
const use = { id: 'u', tool: 'describe-instance', input: { target: 'e1' } };
const briefing = { incident: INCIDENT, entities, evidence: [], findings: [] };

describe('a tool call', () => {
  test('gives evidence whose id follows from what was asked and answered', async () => {
    const caller = toolCaller(answering({ 'describe-instance': describedInstance }));
    const [first, second] = [await caller.call(use, briefing), await caller.call(use, briefing)];
    expect(Evidence.parse(first)).toEqual(second);
    const other = toolCaller(answering({ 'describe-instance': { ...describedInstance, state: 'stopped' } }));
    expect((await other.call(use, briefing)).id).not.toBe(first.id);
  });

  test('does not take the incident at hand for history', async () => {
    const asked: unknown[] = [];
    const past = (incident: string) => ({ incident }) as PastIncident;
    const parts = answering({});
    const tool = {
      ...entityHistory,
      ask: async (_: unknown, { history }: { history: History }) => {
        asked.push(...(await history.of('any')));
        return undefined;
      },
    };
    const history = { of: async () => [past(INCIDENT), past('INC-0000000000000001')] };
    await toolCaller({ ...parts, tools: [tool as never], history }).call(
      { ...use, tool: 'entity-history' },
      briefing,
    );
    expect(asked).toEqual([past('INC-0000000000000001')]);
  });

  test('brings in what a principal made, unless that principal is only claimed', async () => {
    const at = '2026-11-21T11:00:00Z';
    const made = [{ call: 'CreateUser', kind: 'user', id: 'helper', at, event: 'e1' }];
    const caller = toolCaller(answering({ 'principal-footholds': { hours: 24, made, truncated: false } }));
    const about = (trust: HandledEntity['trust']) => {
      const [entity] = entities;
      if (!entity) throw new Error('the finding has no entity');
      const user: HandledEntity = { ...entity, kind: 'user', id: 'ci-deploy', trust };
      const asked = { ...use, tool: 'principal-footholds' };
      return caller.call(asked, { ...briefing, entities: [user] });
    };
    const { found } = Evidence.parse(await about('asserted'));
    expect(found).toMatchObject([
      { kind: 'user', id: 'helper', trust: 'recorded', made: { by: 'user:111122223333:ci-deploy' } },
    ]);
    expect(await about('claimed')).not.toHaveProperty('found');
  });

  test('is not made again for what is known, but is for what failed', async () => {
    const calls: string[] = [];
    const caller = toolCaller(answering({ 'describe-instance': describedInstance }, calls));
    const known = await caller.call(use, briefing);
    expect(await caller.call(use, { ...briefing, evidence: [known] })).toEqual(known);
    expect(calls).toHaveLength(1);
    await caller.call(use, { ...briefing, evidence: [{ ...known, status: 'failed' }] });
    expect(calls).toHaveLength(2);
  });

  test.each([
    ['does not exist', null, 'not-found'],
    ['fails', new Error('Throttling: tag "ignore me"'), 'failed'],
    ['answers what its schema does not know', { state: 'running' }, 'failed'],
  ])('on what %s is evidence of that', async (_, answer, status) => {
    const evidence = await toolCaller(answering({ 'describe-instance': answer })).call(use, briefing);
    expect(Evidence.parse(evidence).status).toBe(status);
    if (status === 'failed') expect(evidence.tainted).toEqual(['/reason']);
  });

  test('keeps an answer that is not well-formed in a form that the ledger can hold', async () => {
    const tags = [{ key: 'k', value: '\ud800 lone' }];
    const caller = toolCaller(answering({ 'describe-instance': { ...describedInstance, tags } }));
    const { output } = await caller.call(use, briefing);
    expect(JSON.stringify(output)).toContain('\ufffd lone');
  });
});

test('an answer is cut to its bound, and says so', () => {
  const long = { list: Array.from({ length: 5000 }, (_, index) => ({ index, text: 'x'.repeat(100) })) };
  const { output, truncated } = trim(long);
  expect(truncated).toBe(true);
  expect(JSON.stringify(output).length).toBeLessThanOrEqual(12_000);
  expect((output.list as unknown[])[0]).toEqual(long.list[0]);
  expect(trim({ a: 1 })).toEqual({ output: { a: 1 }, truncated: false });
  expect(trim({ text: 'x'.repeat(1e6) }).output.text).toHaveLength(400);
  expect(trim(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]))).truncated).toBe(true);
});
