import type * as sso from '@aws-sdk/client-sso-admin';
import { type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import {
  accountArn,
  checkInstance,
  findPermissionSet,
  inIdentityCenter,
  pageOf,
  requireAll,
} from './scope.ts';
import { identityCenterOf } from './state.ts';

type Instances = [sso.ListInstancesCommandInput, sso.ListInstancesCommandOutput];
type Provisioned = [
  sso.ListPermissionSetsProvisionedToAccountCommandInput,
  sso.ListPermissionSetsProvisionedToAccountCommandOutput,
];
type Describe = [sso.DescribePermissionSetCommandInput, sso.DescribePermissionSetCommandOutput];
type Tags = [sso.ListTagsForResourceCommandInput, sso.ListTagsForResourceCommandOutput];

/** Instances, and what may be assigned. */
export function permissionSetOperations(cloud: Cloud): Record<string, Operation> {
  return {
    // Every account sees the instance of its organization; who may manage it is another question.
    ListInstances: operation<Instances[0], Instances[1]>({
      requires: () => [{ action: 'sso:ListInstances', resource: '*' }],
      handle(_input, { account }, { region }) {
        const center = identityCenterOf(cloud, account, region);
        if (!center) return { Instances: [] };
        const { instanceArn: InstanceArn, identityStoreId: IdentityStoreId } = center;
        const instance = { InstanceArn, IdentityStoreId, OwnerAccountId: center.ownerAccount };
        return { Instances: [{ ...instance, Status: 'ACTIVE' }] };
      },
    }),
    ListPermissionSetsProvisionedToAccount: inIdentityCenter<Provisioned[0], Provisioned[1]>(
      cloud,
      ({ InstanceArn, AccountId }, caller) =>
        requireAll(
          'sso:ListPermissionSetsProvisionedToAccount',
          [InstanceArn, accountArn(AccountId)],
          caller,
        ),
      (input, scope) => {
        checkInstance(scope, input.InstanceArn);
        const there = scope.center.assignments.filter(({ account }) => account === input.AccountId);
        const arns = [...new Set(there.map(({ permissionSetArn }) => permissionSetArn))];
        const { items, NextToken } = pageOf(arns, input);
        return { PermissionSets: items, NextToken };
      },
    ),
    DescribePermissionSet: inIdentityCenter<Describe[0], Describe[1]>(
      cloud,
      ({ InstanceArn, PermissionSetArn }, caller) =>
        requireAll('sso:DescribePermissionSet', [InstanceArn, PermissionSetArn], caller),
      ({ InstanceArn, PermissionSetArn }, scope) => {
        checkInstance(scope, InstanceArn);
        const { arn, name } = findPermissionSet(scope, PermissionSetArn);
        return { PermissionSet: { PermissionSetArn: arn, Name: name } };
      },
    ),
    ListTagsForResource: inIdentityCenter<Tags[0], Tags[1]>(
      cloud,
      ({ ResourceArn }, caller) => requireAll('sso:ListTagsForResource', [ResourceArn], caller),
      ({ ResourceArn }, scope) => {
        const tags = Object.entries(findPermissionSet(scope, ResourceArn).tags);
        return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
      },
    ),
  };
}
