import type { OutputOf } from '../../../functions/core/account.ts';
import type { AccountSeed } from '../../../sandbox/account/seed/account-schema.ts';
import type { AccountState } from '../../../sandbox/account/state.ts';

/** Kind of resource → its id → what is known of it, as the sandbox's state has it. */
export type ServiceState = Record<string, Record<string, unknown>>;

/** The imitation's account, in the case's names. */
export interface ImitatedAccount {
  /** In the case's region, unless another is named. */
  send<Command extends object>(command: Command, region?: string): Promise<OutputOf<Command>>;
  /** After creating a resource: from here on `ours`, the seed's id, stands for the one that was given. */
  name(ours: string, theirs: string | undefined): void;
}

/**
 * How one service of a seed is made in an imitation of AWS, and read back: through its API alone. One file under
 * `services`, which exports it under the name of the seed's part.
 */
export interface ImitatedService {
  /** Where its state lies: beside `account`, or in the region. */
  readonly of: 'account' | 'region';
  /** Makes what the seed holds. What the service cannot be told (when a password was last used) is left out. */
  seed(seed: AccountSeed, account: ImitatedAccount): Promise<void>;
  /**
   * The state in the form of the sandbox's, as far as an action can change it, without dates.
   */
  read(account: ImitatedAccount): Promise<ServiceState>;
  /** Fields that AWS or the imitation makes up, so that no seed can ask for them: kept stable, never compared with the seed. */
  readonly invented: readonly string[];
  /** Does through the API what a case's `byHand` did to a copy of the state. */
  byHand?(before: AccountState, after: AccountState, account: ImitatedAccount): Promise<void>;
}
