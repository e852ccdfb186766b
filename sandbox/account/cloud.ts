import { emptyEc2State } from './ec2/state.ts';
import { emptyIamState } from './iam/state.ts';
import { seedState } from './seed/apply.ts';
import { readSeed } from './seed/read.ts';
import { type AccountState, type CloudState, emptyCloudState, type RegionState } from './state.ts';

/** The sandbox's AWS: its state, its clock, and the way to disk and back. */
export class Cloud {
  readonly now: () => Date;
  /** The organisation of every account here (`aws:PrincipalOrgID`). */
  readonly organization: string;
  #state: CloudState = emptyCloudState();

  constructor(now: () => Date = () => new Date(), organization = 'o-sandbox0000') {
    this.now = now;
    this.organization = organization;
  }

  get state(): CloudState {
    return this.#state;
  }

  /** An account that nobody seeded is an empty one: the responder's own may hold nothing of interest. */
  account(account: string): AccountState {
    this.#state.accounts[account] ??= { account, iam: emptyIamState(), regions: {}, events: [] };
    return this.#state.accounts[account];
  }

  region(account: string, region: string): RegionState {
    const { regions } = this.account(account);
    regions[region] ??= { ec2: emptyEc2State() };
    return regions[region];
  }

  /** Counts on; ids are made from it (see `ids.ts`). */
  nextSequence(): number {
    this.#state.sequence += 1;
    return this.#state.sequence;
  }

  /** Adds the account of `account.json` and `activity.json`. Throws SeedError; then nothing has changed. */
  seed(directory: string): void {
    seedState(this, readSeed(directory));
  }

  /** A copy that later calls do not change. */
  snapshot(): CloudState {
    return structuredClone(this.#state);
  }

  /** What was saved before the sandbox knew some kind of resource has none of that kind. */
  restore(state: CloudState): void {
    this.#state = structuredClone(state);
    for (const { regions } of Object.values(this.#state.accounts))
      for (const [name, { ec2, ...others }] of Object.entries(regions))
        regions[name] = { ...others, ec2: { ...emptyEc2State(), ...ec2 } };
  }
}
