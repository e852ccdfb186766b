import { digest } from './canonical.ts';
import type { Finding } from './finding.ts';

/** Shards of a day's intake chain: what stays outside comes in floods, and one chain takes one writer at a time. */
const INTAKE_SHARDS = 8;

/** The chain of a day (`2026-11-21`) for what has this SHA-256. */
export function intakePartition(day: string, hash: string): string {
  return `intake#${day}#${Number.parseInt(hash.slice(0, 8), 16) % INTAKE_SHARDS}`;
}

/**
 * Where the suppression of a finding is recorded. The day is the finding's own, so that it comes to the same chain
 * under the same command however often, and whenever, it is delivered.
 */
export function suppressionPlace({ finding_info, cloud, sample }: Finding): {
  readonly partition: string;
  readonly command: string;
} {
  const { uid, modified_time } = finding_info;
  const hash = digest({ uid, modified_time, account: cloud.account, sample });
  return { partition: intakePartition(modified_time.slice(0, 10), hash), command: `suppress#${hash}` };
}
