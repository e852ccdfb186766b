import type { Cloud } from '../cloud.ts';
import { type AccessEntryState, eksState } from '../eks/state.ts';
import { uuid } from '../ids.ts';
import type { AccountSeed } from './account-schema.ts';
import type { EksSeed } from './eks-schema.ts';
import { resolveInstant } from './time.ts';

type EntrySeed = EksSeed['clusters'][number]['accessEntries'][number];

/** Adds the seeded clusters to the account's region. */
export function applyEks(cloud: Cloud, { account, region, eks }: AccountSeed, now: Date): void {
  const { clusters } = eksState(cloud, account, region);
  for (const { accessEntries, ...cluster } of eks.clusters) {
    const place = `arn:aws:eks:${region}:${account}:access-entry/${cluster.name}`;
    const entries = accessEntries.map((one) => [one.principalArn, toEntry(cloud, one, place, now)]);
    clusters[cluster.name] = {
      ...cluster,
      accessEntries: Object.fromEntries(entries) as Record<string, AccessEntryState>,
    };
  }
}

/** `arn:aws:eks:REGION:ACCOUNT:access-entry/CLUSTER/role/ACCOUNT/NAME/UUID` */
function toEntry(cloud: Cloud, seed: EntrySeed, place: string, now: Date): AccessEntryState {
  const [, account = '', kind = '', name = ''] =
    /^arn:aws:iam::(\d+):(role|user)\/(?:.*\/)?([^/]+)$/.exec(seed.principalArn) ?? [];
  const policies = seed.policies.map(({ policy, namespaces, associatedAt }) => [
    `arn:aws:eks::aws:cluster-access-policy/${policy}`,
    {
      scope: namespaces.length > 0 ? 'namespace' : 'cluster',
      namespaces: namespaces.toSorted(),
      associatedAt: resolveInstant(associatedAt, now),
    },
  ]);
  return {
    ...seed,
    accessEntryArn: `${place}/${kind}/${account}/${name}/${uuid(cloud)}`,
    policies: Object.fromEntries(policies) as AccessEntryState['policies'],
  };
}
