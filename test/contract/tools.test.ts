import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tool } from '../../functions/core/account.ts';
import { canonicalJson } from '../../functions/core/canonical.ts';
import { entityKey, type HandledEntity } from '../../functions/core/entity.ts';
import { operations } from '../../functions/core/operations.gen.ts';
import type { History } from '../../functions/core/ports.ts';
import { tools } from '../../functions/tools/registry.gen.ts';
import { AccountUnderTest } from './account-under-test.ts';
import type { ToolCase } from './tool-case.ts';
import { ENVIRONMENT_VALUE } from './tool-cases/services.ts';
import { activity, past, seed, toolCases } from './tool-cases.ts';
import { intelligence, malwareFinding } from './tool-feeds.ts';

const listed = tools.map((tool) => ({ tool, cases: toolCases.filter((one) => one.tool === tool.id) }));

describe.each(listed)('$tool.id', ({ tool, cases }) => {
  let under: AccountUnderTest;
  const answers: object[] = [];
  beforeAll(async () => {
    under = await AccountUnderTest.start(seed, activity);
  });
  afterAll(() => under.close());

  const ask = (target: HandledEntity) => askTool(tool, target, under);

  test.each(cases.map((one) => [`${one.target.kind} ${one.target.id}`, one]))(
    'answers for %s',
    async (_, one) => {
      const before = under.resources();
      const answer = tool.output.parse(await ask(one.target));
      expect(answer).toMatchObject(one.answer);
      expect(canonicalJson(answer).length).toBeLessThan(20_000);
      expect(under.resources()).toEqual(before);
      answers.push(answer as object);
    },
  );

  test.each(missing(cases))('has no answer for %s, which does not exist', async (_, target) => {
    expect(await ask(target)).toBeUndefined();
  });

  test('every tainted pointer leads to a string of some answer', () => {
    for (const pointer of tool.tainted) {
      const found = answers.flatMap((answer) => valuesAt(answer, pointer.split('/').slice(1)));
      expect(found.length, pointer).toBeGreaterThan(0);
      expect(
        found.every((value) => typeof value === 'string' || value === null),
        pointer,
      ).toBe(true);
    }
  });

  test('every free text of its answers is labelled as tainted', () => {
    const free = new Set([
      'ci-deploy',
      'helper',
      'dana',
      'way-back',
      'shop',
      'Name',
      'developers',
      'keys',
      'Uploads',
      past[0]?.findingTypes[0],
    ]);
    for (const answer of answers)
      for (const { pointer, value } of stringsOf(answer))
        if (free.has(value) || value.includes('ignore previous')) expect(tool.tainted).toContain(pointer);
  });

  test('no value of an environment is in any of its answers', () => {
    expect(answers.length).toBeGreaterThan(0);
    expect(JSON.stringify(answers)).not.toContain(ENVIRONMENT_VALUE);
  });

  test('it makes only the declared reads, and has no permission that it does not use', () => {
    const made = under.calls.flatMap((call) => operations[`${call.service}:${call.operation}`] ?? []);
    expect(made.every((operation) => operation.access === 'read')).toBe(true);
    const used = [...new Set(made.flatMap((operation) => operation.actions))].sort();
    expect(used).toEqual([...new Set(tool.permissions.flatMap((one) => one.actions))].sort());
    expect(under.calls.filter((call) => !call.allowed)).toEqual([]);
  });
});

test('every tool has a case for every kind that it answers for', () => {
  for (const { tool, cases } of listed.filter((one) => one.tool.id !== 'entity-history'))
    expect([...new Set(cases.map((one) => one.target.kind))].sort()).toEqual([...tool.targets].sort());
});

function askTool(tool: Tool, target: HandledEntity, under: AccountUnderTest): Promise<unknown> {
  const history: History = {
    of: async (key) => (key === entityKey(target) ? past : []),
  };
  const account = under.reader(tool.permissions, tool.reads);
  const { handle: _, ...entity } = target;
  const findings = [malwareFinding([entity])];
  return tool.ask(target, { account, history, intelligence, findings, now: under.cloud.now() });
}

function missing(cases: readonly ToolCase[]): (readonly [string, HandledEntity])[] {
  return cases.flatMap((one) =>
    one.missing ? [[`${one.missing.kind} ${one.missing.id}`, one.missing] as const] : [],
  );
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (head !== '*') return Object.hasOwn(value, head) ? valuesAt(Reflect.get(value, head), rest) : [];
  return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : [];
}

function stringsOf(value: unknown, pointer = ''): readonly { pointer: string; value: string }[] {
  if (typeof value === 'string') return [{ pointer, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    stringsOf(item, `${pointer}/${Array.isArray(value) ? '*' : key}`),
  );
}
