import { find } from './find.ts';
import { emptyIamState } from './iam/state.ts';
import { seedState } from './seed/apply.ts';
import { readSeeds } from './seed/read.ts';
import {
  type AccountState,
  type CloudState,
  completed,
  emptyCloudState,
  emptyRegionState,
  type RegionState,
} from './state.ts';

/** The organisation of every account that does not name another. */
const ORGANIZATION = 'o-sandbox0000';

/** The sandbox's AWS: its state, its clock, and the way to disk and back. */
export class Cloud {
  readonly now: () => Date;
  #state: CloudState = emptyCloudState();

  constructor(now: () => Date = () => new Date()) {
    this.now = now;
  }

  get state(): CloudState {
    return this.#state;
  }

  /** An account that nobody seeded is an empty one: the responder's own may hold nothing of interest. */
  account(account: string): AccountState {
    this.#state.accounts[account] ??= { account, iam: emptyIamState(), regions: {}, events: [] };
    return this.#state.accounts[account];
  }

  /** The organisation of an account (`aws:PrincipalOrgID`): the sandbox's own, unless its seed says otherwise. */
  organizationOf(account: string): string {
    return find(this.#state.accounts, account)?.organizationId ?? ORGANIZATION;
  }

  region(account: string, region: string): RegionState {
    const { regions } = this.account(account);
    regions[region] ??= emptyRegionState();
    return regions[region];
  }

  /** Counts on; ids are made from it (see `ids.ts`). */
  nextSequence(): number {
    this.#state.sequence += 1;
    return this.#state.sequence;
  }

  /** Adds the account of `account.json` and `activity.json`, and its members. Throws SeedError. */
  seed(directory: string): void {
    for (const seed of readSeeds(directory)) seedState(this, seed);
  }

  /** A copy that later calls do not change. */
  snapshot(): CloudState {
    return structuredClone(this.#state);
  }

  restore(state: CloudState): void {
    this.#state = completed(structuredClone(state));
  }
}
