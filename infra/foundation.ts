import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Action, Tool } from '../functions/core/account.ts';
import type { Exhibit } from '../functions/core/exhibit.ts';
import type { Bundles } from './bundles.ts';
import type { Config } from './config.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { ReadsOnly } from './permissions.ts';

/** The registries that power is made of, and what AWS says of the actions in them. */
export interface Catalogue {
  readonly actions: readonly Action[];
  readonly tools: readonly Tool[];
  readonly exhibits: readonly Exhibit[];
  readonly readsOnly: ReadsOnly;
}

/** What every function stands on. */
export interface Foundation {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly catalogue: Catalogue;
  readonly key: Key;
  readonly ledger: Table;
  readonly bodies: Bucket;
  readonly evidence: EvidenceStore;
  readonly coordination: Table;
  readonly consoleUrl: string;
}
