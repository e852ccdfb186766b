import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { OwnEnvironment } from '../functions/core/own-environment.ts';
import type { Suppressions } from '../functions/core/suppression.ts';
import type { Bundles } from './bundles.ts';
import type { Config } from './config.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { Catalogue } from './permissions.ts';

/** What the owner filled in under `policies/`, which lies beside the bundles of the functions that need it. */
export interface OwnersData {
  readonly environment: OwnEnvironment;
  readonly suppressions: Suppressions;
}

/** What every function stands on. */
export interface Foundation {
  readonly config: Config;
  readonly bundles: Bundles;
  readonly catalogue: Catalogue;
  readonly owners: OwnersData;
  readonly key: Key;
  readonly ledger: Table;
  readonly bodies: Bucket;
  readonly evidence: EvidenceStore;
  /** The threat feeds' files, and what is compiled of them. */
  readonly intelligence: Bucket;
  readonly coordination: Table;
  readonly consoleUrl: string;
}
