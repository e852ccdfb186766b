import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import type { Incident } from '../../functions/core/incident.ts';
import type { ClientSettings } from './cloud.ts';

type Call = (settings: ClientSettings) => Promise<unknown>;

const everybody = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
const policy = { PolicyName: 'way-back', PolicyDocument: '{"Version":"2012-10-17","Statement":[]}' };

/** One call of every operation of EC2 and IAM that changes something and that the laptop cloud's account knows. */
export function mutations(stolen: Incident, infected: Incident): Readonly<Record<string, Call>> {
  const UserName = idOf(stolen, 'user');
  const AccessKeyId = idOf(stolen, 'access-key');
  const InstanceId = idOf(infected, 'instance');
  const GroupId = idOf(infected, 'security-group');
  const NetworkInterfaceId = idOf(infected, 'network-interface');
  const tags = { Resources: [InstanceId], Tags: [{ Key: 'sallyport:protected', Value: 'yes' }] };
  const aclEntry = { NetworkAclId: 'acl-0a000000000000001', RuleNumber: 1, Egress: false };
  const inEc2 =
    (send: (client: ec2.EC2Client) => Promise<unknown>): Call =>
    (settings) =>
      send(new ec2.EC2Client(settings));
  const inIam =
    (send: (client: iam.IAMClient) => Promise<unknown>): Call =>
    (settings) =>
      send(new iam.IAMClient(settings));
  return {
    UpdateAccessKey: inIam((client) =>
      client.send(new iam.UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' })),
    ),
    CreateAccessKey: inIam((client) => client.send(new iam.CreateAccessKeyCommand({ UserName }))),
    CreateLoginProfile: inIam((client) =>
      client.send(new iam.CreateLoginProfileCommand({ UserName, Password: 'a-Way-back-1' })),
    ),
    DeleteLoginProfile: inIam((client) => client.send(new iam.DeleteLoginProfileCommand({ UserName }))),
    PutUserPolicy: inIam((client) => client.send(new iam.PutUserPolicyCommand({ UserName, ...policy }))),
    DeleteUserPolicy: inIam((client) =>
      client.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName: 'deploy' })),
    ),
    PutRolePolicy: inIam((client) =>
      client.send(new iam.PutRolePolicyCommand({ RoleName: 'app-runtime', ...policy })),
    ),
    DeleteRolePolicy: inIam((client) =>
      client.send(new iam.DeleteRolePolicyCommand({ RoleName: 'app-runtime', PolicyName: 'read' })),
    ),
    ModifyInstanceAttribute: inEc2((client) =>
      client.send(
        new ec2.ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: true } }),
      ),
    ),
    ModifyInstanceMetadataOptions: inEc2((client) =>
      client.send(new ec2.ModifyInstanceMetadataOptionsCommand({ InstanceId, HttpTokens: 'optional' })),
    ),
    AssociateIamInstanceProfile: inEc2((client) =>
      client.send(
        new ec2.AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile: { Name: 'admin' } }),
      ),
    ),
    DisassociateIamInstanceProfile: inEc2((client) =>
      client.send(
        new ec2.DisassociateIamInstanceProfileCommand({ AssociationId: 'iip-assoc-0a000000000000001' }),
      ),
    ),
    CreateFlowLogs: inEc2((client) =>
      client.send(
        new ec2.CreateFlowLogsCommand({
          ResourceIds: [NetworkInterfaceId],
          ResourceType: 'NetworkInterface',
          TrafficType: 'ALL',
          LogDestinationType: 's3',
          LogDestination: 'arn:aws:s3:::mallory-logs',
        }),
      ),
    ),
    DeleteFlowLogs: inEc2((client) =>
      client.send(new ec2.DeleteFlowLogsCommand({ FlowLogIds: ['fl-0a000000000000001'] })),
    ),
    CreateNetworkAclEntry: inEc2((client) =>
      client.send(
        new ec2.CreateNetworkAclEntryCommand({
          ...aclEntry,
          Protocol: '-1',
          RuleAction: 'allow',
          CidrBlock: '0.0.0.0/0',
        }),
      ),
    ),
    DeleteNetworkAclEntry: inEc2((client) => client.send(new ec2.DeleteNetworkAclEntryCommand(aclEntry))),
    ModifySnapshotAttribute: inEc2((client) =>
      client.send(
        new ec2.ModifySnapshotAttributeCommand({
          SnapshotId: 'snap-0a000000000000001',
          CreateVolumePermission: { Add: [{ Group: 'all' }] },
        }),
      ),
    ),
    UpdateAssumeRolePolicy: inIam((client) =>
      client.send(
        new iam.UpdateAssumeRolePolicyCommand({
          RoleName: 'app-runtime',
          PolicyDocument: policy.PolicyDocument,
        }),
      ),
    ),
    StopInstances: inEc2((client) =>
      client.send(new ec2.StopInstancesCommand({ InstanceIds: [InstanceId] })),
    ),
    StartInstances: inEc2((client) =>
      client.send(new ec2.StartInstancesCommand({ InstanceIds: [InstanceId] })),
    ),
    ModifyNetworkInterfaceAttribute: inEc2((client) =>
      client.send(new ec2.ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: [GroupId] })),
    ),
    CreateSecurityGroup: inEc2((client) =>
      client.send(
        new ec2.CreateSecurityGroupCommand({
          GroupName: 'open',
          Description: 'open',
          VpcId: 'vpc-0a1b2c3d4e5f60718',
        }),
      ),
    ),
    DeleteSecurityGroup: inEc2((client) => client.send(new ec2.DeleteSecurityGroupCommand({ GroupId }))),
    AuthorizeSecurityGroupIngress: inEc2((client) =>
      client.send(new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: everybody })),
    ),
    AuthorizeSecurityGroupEgress: inEc2((client) =>
      client.send(new ec2.AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: everybody })),
    ),
    RevokeSecurityGroupIngress: inEc2((client) =>
      client.send(new ec2.RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: everybody })),
    ),
    RevokeSecurityGroupEgress: inEc2((client) =>
      client.send(new ec2.RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: everybody })),
    ),
    CreateSnapshots: inEc2((client) =>
      client.send(new ec2.CreateSnapshotsCommand({ InstanceSpecification: { InstanceId } })),
    ),
    DeleteSnapshot: inEc2((client) =>
      client.send(new ec2.DeleteSnapshotCommand({ SnapshotId: 'snap-00000000000000001' })),
    ),
    CreateTags: inEc2((client) => client.send(new ec2.CreateTagsCommand(tags))),
    DeleteTags: inEc2((client) => client.send(new ec2.DeleteTagsCommand(tags))),
  };
}

function idOf({ entities, id }: Incident, kind: string): string {
  const entity = entities.find((one) => one.kind === kind);
  if (entity) return entity.id;
  throw new Error(`${id} is about no ${kind}`);
}
