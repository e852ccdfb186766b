import { ACCOUNT } from '../action-case.ts';

export const CLUSTER = 'prod';
export const ADMIN = 'AmazonEKSClusterAdminPolicy';
export const roleOf = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const policyOf = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
export const SUSPECT = roleOf('ci/deploy');
export const KEEPER = roleOf('platform');

/** A cluster with the entry that is acted on, and an administrator who stays. */
export function clusters(suspect: object = {}, cluster: object = {}, keeper: object = {}) {
  const accessEntries = [
    { principalArn: SUSPECT, policies: [{ policy: ADMIN }], ...suspect },
    { principalArn: KEEPER, policies: [{ policy: ADMIN }], ...keeper },
    { principalArn: roleOf('node'), type: 'EC2_LINUX' },
  ];
  return {
    eks: {
      clusters: [
        { name: CLUSTER, accessEntries, ...cluster },
        { name: 'other', accessEntries: [{ principalArn: SUSPECT, policies: [{ policy: ADMIN }] }] },
      ],
    },
  };
}
