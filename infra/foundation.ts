import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Bundles } from './bundles.ts';
import type { Config } from './config.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { Catalogue } from './permissions.ts';

/** What every function stands on. */
export interface Foundation {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly catalogue: Catalogue;
  readonly key: Key;
  readonly ledger: Table;
  readonly bodies: Bucket;
  readonly evidence: EvidenceStore;
  /** The threat feeds' files, and what is compiled of them. */
  readonly intelligence: Bucket;
  readonly coordination: Table;
  readonly consoleUrl: string;
}
