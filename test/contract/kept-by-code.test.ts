import { afterEach, expect, test } from 'vitest';
import { cancelKeyDeletion } from '../../functions/actions/cancel-key-deletion/action.ts';
import { createFlowLogs } from '../../functions/actions/create-flow-logs/action.ts';
import { deactivateAccessKey } from '../../functions/actions/deactivate-access-key.ts';
import { denyNetworkAcl } from '../../functions/actions/deny-network-acl/action.ts';
import { deregisterTargets } from '../../functions/actions/deregister-targets/action.ts';
import { detachInstanceProfile } from '../../functions/actions/detach-instance-profile/action.ts';
import { enterStandby } from '../../functions/actions/enter-standby/action.ts';
import { isolateInstance } from '../../functions/actions/isolate-instance/action.ts';
import { makeDatabasePrivate } from '../../functions/actions/make-database-private.ts';
import { protectInstance } from '../../functions/actions/protect-instance.ts';
import { quarantineUser } from '../../functions/actions/quarantine-user/action.ts';
import { removeConsoleLogin } from '../../functions/actions/remove-console-login.ts';
import { requireImdsv2 } from '../../functions/actions/require-imdsv2.ts';
import { restrictPrincipalNetworks } from '../../functions/actions/restrict-principal-networks/action.ts';
import { restrictRoleTrust } from '../../functions/actions/restrict-role-trust/action.ts';
import { revokeIngressRule } from '../../functions/actions/revoke-ingress-rule/action.ts';
import { revokeSessions } from '../../functions/actions/revoke-sessions/action.ts';
import { rotateSecret } from '../../functions/actions/rotate-secret/action.ts';
import { snapshotVolumes } from '../../functions/actions/snapshot-volumes/action.ts';
import { startTrailLogging } from '../../functions/actions/start-trail-logging.ts';
import { stopInstance } from '../../functions/actions/stop-instance/action.ts';
import { unshareDatabaseSnapshot } from '../../functions/actions/unshare-database-snapshot/action.ts';
import { unshareSnapshot } from '../../functions/actions/unshare-snapshot/action.ts';
import type { Params } from '../../functions/core/plan.ts';
import { AccountUnderTest } from './account-under-test.ts';
import { target } from './action-case.ts';
import { instances, logBucket, network, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

const KEY = 'AKIASTACK0000000000A';
const tags = { 'aws:cloudformation:stack-name': 'shop-prod' };
const trustPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com', AWS: '444455556666' },
      Action: 'sts:AssumeRole',
    },
  ],
};
const PENDING = '0a000000-0000-4000-8000-000000000001';
const rds = {
  instances: [{ dbInstanceIdentifier: 'orders', publiclyAccessible: true, tags }],
  snapshots: [
    {
      dbSnapshotIdentifier: 'orders-2026',
      dbInstanceIdentifier: 'orders',
      restore: ['999988887777'],
      tags,
    },
  ],
};
const rotationLambdaArn = 'arn:aws:lambda:eu-west-1:111122223333:function:rotate';
const seed = {
  s3: { buckets: [logBucket('example-flow-logs')] },
  secretsmanager: { secrets: [{ name: 'orders', rotationLambdaArn, tags }] },
  rds,
  kms: { keys: [{ keyId: PENDING, deletion: { scheduled: '-P1D' }, tags }] },
  cloudtrail: { trails: [{ name: 'audit', isLogging: false, tags }] },
  ec2: {
    ...network([
      {
        groupId: 'sg-0c000000000000001',
        groupName: 'open',
        vpcId: 'vpc-0a000000000000001',
        ingress: [{ port: 22, cidr: '0.0.0.0/0' }],
        tags,
      },
    ]),
    instances: instances({ tags, httpTokens: 'optional', iamInstanceProfile: 'web' }),
    snapshots: [{ snapshotId: 'snap-0a000000000000001', public: true, tags }],
    networkAcls: [
      {
        networkAclId: 'acl-0a000000000000001',
        vpcId: 'vpc-0a000000000000001',
        subnets: ['subnet-0a000000000000001'],
        tags,
      },
    ],
  },
  iam: {
    users: [
      {
        userName: 'ci-deploy',
        tags,
        loginProfile: { createDate: '-P90D' },
        accessKeys: [{ accessKeyId: KEY }],
      },
    ],
    roles: [{ roleName: 'web', tags, trustPolicy }],
    instanceProfiles: [{ instanceProfileName: 'web', role: 'web' }],
  },
  elasticloadbalancingv2: {
    targetGroups: [{ name: 'web', vpcId: 'vpc-0a000000000000001', targets: [{ id: TARGET }] }],
  },
};

let under: AccountUnderTest;
afterEach(() => under.close());

test.each([
  [isolateInstance, target('instance', TARGET)],
  [snapshotVolumes, target('instance', TARGET)],
  [requireImdsv2, target('instance', TARGET)],
  [stopInstance, target('instance', TARGET)],
  [revokeIngressRule, target('security-group', 'sg-0c000000000000001')],
  [deactivateAccessKey, target('access-key', KEY)],
  [quarantineUser, target('user', 'ci-deploy')],
  [removeConsoleLogin, target('user', 'ci-deploy')],
  [revokeSessions, target('user', 'ci-deploy')],
  [revokeSessions, target('role', 'web')],
  [startTrailLogging, target('trail', 'audit')],
  [rotateSecret, target('secret', 'orders-AbCdEf')],
  [makeDatabasePrivate, target('database', 'orders')],
  [unshareDatabaseSnapshot, target('snapshot', 'snapshot:orders-2026')],
  [cancelKeyDeletion, target('key', PENDING)],
  [createFlowLogs, target('instance', TARGET), { bucket: 'example-flow-logs' }],
  [unshareSnapshot, target('snapshot', 'snap-0a000000000000001')],
  [detachInstanceProfile, target('instance', TARGET)],
  [restrictRoleTrust, target('role', 'web')],
  [restrictPrincipalNetworks, target('role', 'web'), { networks: '198.51.100.0/24' }],
  [denyNetworkAcl, target('instance', TARGET), { cidr: '203.0.113.99/32' }],
  [protectInstance, target('instance', TARGET)],
  [deregisterTargets, target('instance', TARGET)],
])('$id says that a stack will put back what it changes', async (action, about, params?: Params) => {
  under = await AccountUnderTest.start(seed);
  const { answer } = await planCase(action, { target: about, params: params ?? {} }, under);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop-prod');
});

test('enter-standby says that a stack will put back what it changes', async () => {
  const groups = [{ name: 'web', instances: [{ instanceId: TARGET }] }];
  under = await AccountUnderTest.start({ ...seed, autoscaling: { groups } });
  const { answer } = await planCase(enterStandby, { target: target('instance', TARGET) }, under);
  expect(answer.blastRadius.at(-1)?.what).toContain('CloudFormation stack shop-prod');
});
