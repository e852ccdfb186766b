/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export type KeyStateName =
  | 'Enabled'
  | 'Disabled'
  | 'PendingDeletion'
  | 'PendingReplicaDeletion'
  | 'PendingImport';

export interface KeyState {
  readonly keyId: string;
  readonly description: string;
  readonly keyManager: 'CUSTOMER' | 'AWS';
  keyState: KeyStateName;
  /** ISO 8601; of a key that is pending deletion. */
  deletionDate?: string | undefined;
  /** Of a primary key whose replicas are still there: how long it will wait from the day the last of them is gone. */
  pendingWindowInDays?: number | undefined;
  /** Of a multi-Region primary key: how many replicas exist. */
  readonly replicas: number;
  /** Imported key material that has expired or was deleted: a key that is brought back cannot be used without it. */
  readonly materialMissing: boolean;
  /** The key policy, as JSON. */
  readonly policy: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** One region's keys, by id. */
export interface KmsState {
  readonly keys: Record<string, KeyState>;
}

export function emptyKmsState(): KmsState {
  return { keys: {} };
}
