import { join } from 'node:path';
import { Cloud as Accounts } from './account/cloud.ts';
import { readSeeds } from './account/seed/read.ts';
import { AccountStore } from './account-store.ts';
import { claimOrigin, digestOfSeed, type Origin } from './state-folder.ts';

export interface OpenedAccounts {
  readonly accounts: Accounts;
  readonly store: AccountStore;
  readonly origin: Origin;
}

/** Where a stack is deployed when no seed says so. */
const emptyPlace = { account: '111122223333', region: 'us-east-1' };

/** The accounts of a state folder, seeded on its first use. Throws SeedError or SeedMismatchError. */
export function openAccounts(
  stateDirectory: string,
  seedDirectory: string | undefined,
  now: () => Date,
): OpenedAccounts {
  const accounts = new Accounts(now);
  const store = new AccountStore(accounts, join(stateDirectory, 'accounts.json'));
  // A seed is read before the folder is claimed for it: a broken one must not spoil the folder.
  if (seedDirectory !== undefined) new Accounts(now).seed(seedDirectory);
  const { origin, first } = claimOrigin(stateDirectory, wantedOrigin(seedDirectory));
  if (!store.restore() && seedDirectory !== undefined) accounts.seed(seedDirectory);
  if (first) store.save();
  return { accounts, store, origin };
}

function wantedOrigin(seedDirectory: string | undefined): Origin {
  if (seedDirectory === undefined) return emptyPlace;
  const [{ account: own }, ...others] = readSeeds(seedDirectory);
  const { account, region } = own;
  const members = others.map((seed) => seed.account.account);
  return { account, region, members, seed: digestOfSeed(seedDirectory) };
}
