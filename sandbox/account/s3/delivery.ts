import { asList, type Statement } from '../../authorize/policy.ts';
import { matchesWildcard } from '../../authorize/wildcard.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { parsePolicy } from '../policies.ts';
import type { BucketState } from './state.ts';

/** A bucket of an account, if its policy lets an AWS service put objects into it. */
export function bucketOpenTo(
  cloud: Cloud,
  account: string,
  name: string | undefined,
  service: string,
): BucketState | undefined {
  const bucket = find(cloud.account(account).s3?.buckets ?? {}, name);
  if (bucket?.policy === undefined) return undefined;
  const statements = asList(parsePolicy(bucket.policy).Statement);
  return statements.some((statement) => lets(statement, service)) ? bucket : undefined;
}

function lets({ Effect, Principal, Action }: Statement, service: string): boolean {
  const named = typeof Principal === 'object' && !Array.isArray(Principal) ? Principal : {};
  return (
    Effect === 'Allow' &&
    asList((named as Record<string, string | readonly string[]>).Service).includes(service) &&
    asList(Action).some((action) => matchesWildcard(action, 's3:PutObject'))
  );
}
