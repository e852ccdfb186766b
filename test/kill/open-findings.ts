import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from '../../cli/root.ts';
import { startTestCloud, type TestCloud } from '../e2e/cloud.ts';
import { sallyport } from '../e2e/run.ts';

/** Real findings that people published: every GuardDuty and Security Hub file of the public data. */
export function openFindings(): string[] {
  return ['guardduty', 'securityhub'].flatMap((kind) => {
    const folder = join(root, '..', 'shared', 'data', 'open', kind);
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  });
}

interface Answer {
  readonly outcomes: readonly { readonly file: string; readonly outcome: string }[];
  readonly problems: readonly { readonly file: string; readonly reason: string }[];
}

/** Responds to files twice: each finding comes to rest, what is none is named, and the second time changes nothing. */
export async function expectAllAtRest(files: readonly string[]): Promise<Answer> {
  const test = await startTestCloud({ mode: undefined });
  try {
    const first = await sallyport(['respond', '--json', ...files], test.stateDirectory);
    const answer = JSON.parse(first.out) as Answer;
    for (const { file, outcome } of answer.outcomes)
      expect(['closed', 'escalated', 'awaiting-approval', 'contained'], file).toContain(outcome);
    expect(first.error.trim().split('\n').filter(Boolean)).toEqual(
      answer.problems.map(({ file, reason }) => `${file}: ${reason}`),
    );
    expect(first.code).toBe(answer.problems.length > 0 ? 1 : 0);
    const answered = new Set(
      [...answer.outcomes, ...answer.problems].map(({ file }) => file.split('/').at(-1)),
    );
    expect(answered.size).toBe(files.length);

    await test.cloud.idle();
    const before = await everything(test);
    const second = await sallyport(['respond', '--json', ...files], test.stateDirectory);
    await test.cloud.idle();
    expect(second.code).toBe(first.code);
    expect(await everything(test)).toEqual(before);
    return answer;
  } finally {
    await test.stop();
  }
}

/** Every item of the ledger. */
async function everything({ session }: TestCloud): Promise<Record<string, string[]>> {
  const partitions = await session.table.partitions();
  const chains = await Promise.all(
    partitions.map(async (name) => {
      const commits = await session.table.after(name, 0);
      return [name, commits.map(({ hash }) => hash)] as const;
    }),
  );
  return Object.fromEntries(chains);
}
