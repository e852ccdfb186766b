import {
  AssociateAccessPolicyCommand,
  DisassociateAccessPolicyCommand,
  ListAccessEntriesCommand,
} from '@aws-sdk/client-eks';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { ADMIN, CLUSTER, clusters, KEEPER, policyOf, SUSPECT } from './eks-seeds.ts';

/** Everything but since when the policies are associated. */
function restorable({ iam, regions }: AccountState): unknown {
  const text = JSON.stringify(regions, (key, value: unknown) => (key === 'associatedAt' ? undefined : value));
  return [iam, JSON.parse(text)];
}

const ofCluster = (clusterName: string, principalArn: string) => ({
  clusterName,
  principalArn,
  policyArn: policyOf(ADMIN),
});

const common = {
  target: target('cluster', CLUSTER),
  params: { principal: SUSPECT },
  restorable,
  innocent: ({ regions }) => {
    const { [CLUSTER]: changed, ...others } = regions[REGION]?.eks?.clusters ?? {};
    const { [SUSPECT]: suspect, ...entries } = changed?.accessEntries ?? {};
    return [others, entries, { ...suspect, policies: {} }, { ...changed, accessEntries: {} }];
  },
  trespasses: () => [
    new DisassociateAccessPolicyCommand(ofCluster(CLUSTER, KEEPER)),
    new DisassociateAccessPolicyCommand(ofCluster('other', SUSPECT)),
    new AssociateAccessPolicyCommand({ ...ofCluster(CLUSTER, KEEPER), accessScope: { type: 'cluster' } }),
    new ListAccessEntriesCommand({ clusterName: 'other' }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  { ...common, name: 'one of two administrators', seed: clusters() },
  {
    ...common,
    name: 'policies for the cluster and for namespaces, beside groups, in a cluster that people protect',
    seed: clusters(
      {
        kubernetesGroups: ['deployers'],
        policies: [
          { policy: 'AmazonEKSViewPolicy' },
          { policy: 'AmazonEKSEditPolicy', namespaces: ['shop', 'jobs'] },
        ],
      },
      { authenticationMode: 'API_AND_CONFIG_MAP', tags: { 'sallyport:protected': '' } },
    ),
  },
];
