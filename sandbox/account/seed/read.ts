import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { type AccountSeed, accountSeed } from './account-schema.ts';
import { type ActivitySeed, activitySeed } from './activity-schema.ts';
import { jsonPath, SeedError } from './error.ts';
import { memberDirectories } from './members.ts';

export interface Seed {
  readonly accountFile: string;
  readonly activityFile: string;
  readonly account: AccountSeed;
  readonly activity: ActivitySeed;
}

/** Reads a seed directory: `account.json`, and `activity.json` if there is one. Throws {@link SeedError}. */
export function readSeed(directory: string): Seed {
  const accountFile = join(directory, 'account.json');
  const activityFile = join(directory, 'activity.json');
  return {
    accountFile,
    activityFile,
    account: parse(accountFile, accountSeed),
    activity: existsSync(activityFile) ? parse(activityFile, activitySeed) : [],
  };
}

/**
 * Reads a seed directory and the member accounts in it, one directory each below `members`; the first is the
 * responder's own. Throws {@link SeedError}, also where two of them are the same account.
 */
export function readSeeds(directory: string): readonly [Seed, ...Seed[]] {
  const own = readSeed(directory);
  const members = memberDirectories(directory).map(readSeed);
  const taken = new Set([own.account.account]);
  for (const { account, accountFile } of members) {
    if (taken.has(account.account))
      throw new SeedError(accountFile, 'account', `expected an account that no other file here is about`);
    taken.add(account.account);
  }
  return [own, ...members];
}

function parse<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SeedError(file, jsonPath(issue?.path ?? []), issue?.message ?? 'is not valid', {
    cause: parsed.error,
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (cause) {
    throw new SeedError(file, '', 'expected a readable JSON file', { cause });
  }
}
