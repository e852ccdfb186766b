import type * as eks from '@aws-sdk/client-eks';
import { AwsError, type Operation, type RequestContext } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import {
  eksArn,
  findCluster,
  findEntries,
  findEntry,
  inScope,
  notFound,
  pageOf,
  requireCluster,
  requireEntry,
  type Scope,
} from './scope.ts';
import type { AccessEntryState, AssociatedPolicyState, ClusterState } from './state.ts';

/** Who may do what in a cluster, as far as AWS itself says: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
export function accessOperations(cloud: Cloud): Record<string, Operation> {
  return { ...reading(cloud), ...changing(cloud) };
}

function reading(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeCluster: inScope<eks.DescribeClusterCommandInput, eks.DescribeClusterCommandOutput>(
      cloud,
      ({ name }, scope) => [requireCluster(scope, 'DescribeCluster', name)],
      (input, scope) => ({ cluster: shownCluster(findCluster(scope, input.name), scope) }),
    ),
    ListAccessEntries: inScope<eks.ListAccessEntriesCommandInput, eks.ListAccessEntriesCommandOutput>(
      cloud,
      ({ clusterName }, scope) => [requireCluster(scope, 'ListAccessEntries', clusterName)],
      (input, scope) => {
        const principals = Object.keys(findEntries(scope, input.clusterName));
        const { items, nextToken } = pageOf(principals, input);
        return { accessEntries: items, nextToken };
      },
    ),
    DescribeAccessEntry: inScope<eks.DescribeAccessEntryCommandInput, eks.DescribeAccessEntryCommandOutput>(
      cloud,
      (input, scope) => [requireEntry(scope, 'DescribeAccessEntry', input)],
      ({ clusterName, principalArn }, scope) => {
        const { policies: _, kubernetesGroups, ...entry } = findEntry(scope, clusterName, principalArn);
        return { accessEntry: { ...entry, clusterName, kubernetesGroups: [...kubernetesGroups] } };
      },
    ),
    ListAssociatedAccessPolicies: inScope<
      eks.ListAssociatedAccessPoliciesCommandInput,
      eks.ListAssociatedAccessPoliciesCommandOutput
    >(
      cloud,
      (input, scope) => [requireEntry(scope, 'ListAssociatedAccessPolicies', input)],
      (input, scope) => {
        const { principalArn, policies } = findEntry(scope, input.clusterName, input.principalArn);
        const shownPolicies = Object.entries(policies).map(([arn, one]) => shown(arn, one));
        const { items, nextToken } = pageOf(shownPolicies, input);
        return { clusterName: input.clusterName, principalArn, associatedAccessPolicies: items, nextToken };
      },
    ),
  };
}

const logTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigResponse.html has the defaults. */
function shownCluster(cluster: ClusterState, scope: Scope): eks.Cluster {
  const { name, status, version = '1.33', roleArn, authenticationMode, tags } = cluster;
  const { endpointPublicAccess = true, endpointPrivateAccess = false } = cluster;
  const { publicAccessCidrs = ['0.0.0.0/0'], logging = [], encryptionKeyArn: keyArn } = cluster;
  return {
    name,
    arn: eksArn(scope, `cluster/${name}`),
    status,
    version,
    roleArn: roleArn ?? `arn:aws:iam::${scope.account}:role/eks-cluster`,
    accessConfig: { authenticationMode },
    resourcesVpcConfig: {
      endpointPublicAccess,
      endpointPrivateAccess,
      publicAccessCidrs: [...publicAccessCidrs],
    },
    logging: {
      clusterLogging: [
        { types: logTypes.filter((type) => logging.includes(type)), enabled: true },
        { types: logTypes.filter((type) => !logging.includes(type)), enabled: false },
      ].filter(({ types }) => types.length > 0),
    },
    ...(keyArn === undefined ? {} : { encryptionConfig: [{ resources: ['secrets'], provider: { keyArn } }] }),
    tags,
  };
}

type Associate = eks.AssociateAccessPolicyCommandInput;

function changing(cloud: Cloud): Record<string, Operation> {
  return {
    AssociateAccessPolicy: inScope<Associate, eks.AssociateAccessPolicyCommandOutput>(
      cloud,
      (input, scope) => [requireEntry(scope, 'AssociateAccessPolicy', input, contextOf(input))],
      (input, scope) => {
        const { clusterName, principalArn, policyArn = '' } = input;
        const entry = findEntry(scope, clusterName, principalArn);
        const policy = associated(input, entry, scope.cloud.now());
        entry.policies[policyArn] = policy;
        return { clusterName, principalArn, associatedAccessPolicy: shown(policyArn, policy) };
      },
    ),
    DisassociateAccessPolicy: inScope<
      eks.DisassociateAccessPolicyCommandInput,
      eks.DisassociateAccessPolicyCommandOutput
    >(
      cloud,
      (input, scope) => [requireEntry(scope, 'DisassociateAccessPolicy', input, contextOf(input))],
      ({ clusterName, principalArn, policyArn = '' }, scope) => {
        const { policies } = findEntry(scope, clusterName, principalArn);
        if (!find(policies, policyArn)) throw notFound('The specified policyArn is not associated.');
        delete policies[policyArn];
        return {};
      },
    ),
  };
}

function contextOf(input: Partial<Associate>): RequestContext {
  return {
    'eks:policyarn': input.policyArn ?? '',
    ...(input.accessScope?.type === undefined ? {} : { 'eks:accessscope': input.accessScope.type }),
    ...(input.accessScope?.namespaces === undefined
      ? {}
      : { 'eks:namespaces': input.accessScope.namespaces }),
  };
}

/** A policy that is associated already gets the new scope. */
function associated(
  { policyArn = '', accessScope: { type, namespaces = [] } = {} }: Associate,
  entry: AccessEntryState,
  now: Date,
): AssociatedPolicyState {
  if (entry.type !== 'STANDARD')
    throw new AwsError('InvalidRequestException', `Access entries of type ${entry.type} take no policies.`);
  if (!/^arn:aws[\w-]*:eks::aws:cluster-access-policy\/\w+$/.test(policyArn))
    throw new AwsError('InvalidParameterException', 'The policyArn parameter format is not valid');
  if ((type !== 'cluster' && type !== 'namespace') || (type === 'namespace') !== namespaces.length > 0)
    throw new AwsError('InvalidParameterException', 'The access scope is not valid');
  const before = find(entry.policies, policyArn);
  return {
    scope: type,
    namespaces: namespaces.toSorted(),
    associatedAt: before?.associatedAt ?? now.toISOString(),
  };
}

function shown(
  policyArn: string,
  { scope, namespaces, associatedAt }: AssociatedPolicyState,
): eks.AssociatedAccessPolicy {
  return {
    policyArn,
    accessScope: { type: scope, namespaces: [...namespaces] },
    associatedAt: new Date(associatedAt),
    modifiedAt: new Date(associatedAt),
  };
}
