import * as ec2 from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudState } from '../../sandbox/account/state.ts';
import { account, type Fixture, region, startFixture, stolen } from './account-fixture.ts';

let fixture: Fixture;
let fresh: CloudState;
let client: ec2.EC2Client;

beforeAll(async () => {
  fixture = await startFixture();
  fresh = fixture.cloud.snapshot();
  client = fixture.ec2();
});
beforeEach(() => fixture.cloud.restore(fresh));
afterAll(() => fixture.server.close());

const instance = 'i-0a000000000000001';
const eni = 'eni-0a000000000000001';
const vpc = 'vpc-0a000000000000001';
const web = 'sg-0a000000000000001';
const bastion = 'sg-0a000000000000002';

async function instanceNow(): Promise<ec2.Instance | undefined> {
  const { Reservations } = await client.send(new ec2.DescribeInstancesCommand({ InstanceIds: [instance] }));
  return Reservations?.[0]?.Instances?.[0];
}

async function groupNow(GroupId: string): Promise<ec2.SecurityGroup | undefined> {
  const { SecurityGroups } = await client.send(
    new ec2.DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }),
  );
  return SecurityGroups?.[0];
}

describe('instances', () => {
  it('are described with network, storage, profile and tags', async () => {
    expect(await instanceNow()).toMatchObject({
      State: { Code: 16, Name: 'running' },
      VpcId: vpc,
      PublicIpAddress: '203.0.113.10',
      SecurityGroups: [{ GroupId: web, GroupName: 'web' }],
      IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/web` },
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda' }, { Ebs: { DeleteOnTermination: false } }],
      LaunchTime: new Date('2026-09-14T09:30:00Z'),
    });
  });

  it.each([
    [{ Name: 'tag:owner', Values: ['sh*'] }, 1],
    [{ Name: 'instance-state-name', Values: ['stopped', 'running'] }, 1],
    [{ Name: 'network-interface.group-id', Values: [web] }, 1],
    [{ Name: 'tag:owner', Values: ['someone'] }, 0],
    [{ Name: 'tag-key', Values: ['owner'] }, 1],
  ])('are found by filter %j: %i', async (filter, count) => {
    const { Reservations } = await client.send(new ec2.DescribeInstancesCommand({ Filters: [filter] }));
    expect(Reservations).toHaveLength(count);
  });

  it('that do not exist, malformed ids and unknown filters are errors', async () => {
    const describeIds = (id: string) => client.send(new ec2.DescribeInstancesCommand({ InstanceIds: [id] }));
    await expect(describeIds('i-0000000000000dead')).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    await expect(describeIds('web-1')).rejects.toMatchObject({ name: 'InvalidInstanceID.Malformed' });
    const odd = new ec2.DescribeInstancesCommand({ Filters: [{ Name: 'odd', Values: ['x'] }] });
    await expect(client.send(odd)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('can be protected against termination, and their disks kept', async () => {
    await client.send(
      new ec2.ModifyInstanceAttributeCommand({
        InstanceId: instance,
        DisableApiTermination: { Value: true },
      }),
    );
    const protection = await client.send(
      new ec2.DescribeInstanceAttributeCommand({ InstanceId: instance, Attribute: 'disableApiTermination' }),
    );
    expect(protection.DisableApiTermination?.Value).toBe(true);
    const keep = [{ DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: false } }];
    await client.send(
      new ec2.ModifyInstanceAttributeCommand({ InstanceId: instance, BlockDeviceMappings: keep }),
    );
    expect((await instanceNow())?.BlockDeviceMappings?.[0]?.Ebs?.DeleteOnTermination).toBe(false);
  });

  it('show their profile associations, volumes and addresses', async () => {
    const filter = [{ Name: 'instance-id', Values: [instance] }];
    const profiles = await client.send(
      new ec2.DescribeIamInstanceProfileAssociationsCommand({ Filters: filter }),
    );
    expect(profiles.IamInstanceProfileAssociations).toMatchObject([
      { InstanceId: instance, State: 'associated' },
    ]);
    const attached = [{ Name: 'attachment.instance-id', Values: [instance] }];
    const { Volumes } = await client.send(new ec2.DescribeVolumesCommand({ Filters: attached }));
    expect(Volumes?.map((volume) => volume.Size)).toEqual([20, 100]);
    const { Addresses } = await client.send(new ec2.DescribeAddressesCommand({ Filters: filter }));
    expect(Addresses).toMatchObject([{ PublicIp: '203.0.113.10', InstanceId: instance }]);
  });
});

describe('the network', () => {
  it('is described', async () => {
    expect((await client.send(new ec2.DescribeVpcsCommand({ VpcIds: [vpc] }))).Vpcs).toMatchObject([
      { CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'main' }] },
    ]);
    expect((await client.send(new ec2.DescribeSubnetsCommand({}))).Subnets).toHaveLength(1);
    const main = [{ Name: 'association.main', Values: ['true'] }];
    const { RouteTables } = await client.send(new ec2.DescribeRouteTablesCommand({ Filters: main }));
    expect(RouteTables?.[0]?.Routes?.[0]?.GatewayId).toBe('igw-0a000000000000001');
  });

  it('pages', async () => {
    const first = await client.send(new ec2.DescribeSecurityGroupsCommand({ MaxResults: 1 }));
    expect(first.SecurityGroups).toHaveLength(1);
    const second = await client.send(new ec2.DescribeSecurityGroupsCommand({ NextToken: first.NextToken }));
    expect(second.SecurityGroups?.map((group) => group.GroupName)).toEqual(['bastion']);
  });

  it('moves an interface into other groups', async () => {
    const modify = (Groups: string[]) =>
      client.send(new ec2.ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: eni, Groups }));
    await modify([bastion]);
    expect((await instanceNow())?.SecurityGroups).toEqual([{ GroupId: bastion, GroupName: 'bastion' }]);
    const inGroup = [{ Name: 'group-id', Values: [bastion] }];
    const { NetworkInterfaces } = await client.send(
      new ec2.DescribeNetworkInterfacesCommand({ Filters: inGroup }),
    );
    expect(NetworkInterfaces).toMatchObject([
      { NetworkInterfaceId: eni, Attachment: { InstanceId: instance } },
    ]);
    await expect(modify(['sg-0000000000000dead'])).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
  });
});

describe('security groups', () => {
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

  async function create(GroupName: string): Promise<string> {
    const tags = [
      { ResourceType: 'security-group' as const, Tags: [{ Key: 'sallyport', Value: 'isolation' }] },
    ];
    const input = { GroupName, Description: 'isolation', VpcId: vpc, TagSpecifications: tags };
    return (await client.send(new ec2.CreateSecurityGroupCommand(input))).GroupId ?? '';
  }

  it('are born with an allow-all egress rule, lose it, and are deleted', async () => {
    const GroupId = await create('isolated');
    expect(GroupId).toMatch(/^sg-0[0-9a-f]{16}$/);
    expect(await groupNow(GroupId)).toMatchObject({
      IpPermissions: [],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      Tags: [{ Key: 'sallyport', Value: 'isolation' }],
    });
    await client.send(new ec2.RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [all] }));
    expect((await groupNow(GroupId))?.IpPermissionsEgress).toEqual([]);
    await client.send(new ec2.DeleteSecurityGroupCommand({ GroupId }));
    await expect(groupNow(GroupId)).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
  });

  it('open and close by permission and by rule id', async () => {
    const http = { ...https, FromPort: 80, ToPort: 80 };
    const { SecurityGroupRules } = await client.send(
      new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId: web, IpPermissions: [http] }),
    );
    expect(SecurityGroupRules).toMatchObject([{ IsEgress: false, FromPort: 80, CidrIpv4: '0.0.0.0/0' }]);
    const ids = SecurityGroupRules?.map((rule) => rule.SecurityGroupRuleId ?? '');
    const revoked = await client.send(
      new ec2.RevokeSecurityGroupIngressCommand({ GroupId: web, SecurityGroupRuleIds: ids }),
    );
    expect(revoked.RevokedSecurityGroupRules).toMatchObject([{ FromPort: 80 }]);
    await client.send(new ec2.RevokeSecurityGroupIngressCommand({ GroupId: web, IpPermissions: [https] }));
    const left = (await groupNow(web))?.IpPermissions;
    expect(left?.flatMap((permission) => permission.UserIdGroupPairs ?? [])).toMatchObject([
      { GroupId: bastion },
    ]);
    const egress = { ...https, FromPort: 53, ToPort: 53, IpProtocol: 'udp' };
    await client.send(new ec2.AuthorizeSecurityGroupEgressCommand({ GroupId: web, IpPermissions: [egress] }));
    const inGroup = [{ Name: 'group-id', Values: [web] }];
    const rules = await client.send(new ec2.DescribeSecurityGroupRulesCommand({ Filters: inGroup }));
    expect(rules.SecurityGroupRules?.map((rule) => rule.IpProtocol)).toEqual(['tcp', '-1', 'udp']);
  });

  it('refuse duplicates and unknown rules, and then have not changed', async () => {
    const before = await groupNow(web);
    const fresh = { ...https, FromPort: 8443, ToPort: 8443 };
    await expect(
      client.send(
        new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId: web, IpPermissions: [fresh, https] }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
    await expect(
      client.send(new ec2.RevokeSecurityGroupIngressCommand({ GroupId: web, IpPermissions: [https, fresh] })),
    ).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
    const SecurityGroupRuleIds = ['sgr-0000000000000dead'];
    await expect(
      client.send(new ec2.RevokeSecurityGroupIngressCommand({ GroupId: web, SecurityGroupRuleIds })),
    ).rejects.toMatchObject({ name: 'InvalidSecurityGroupRuleId.NotFound' });
    expect(await groupNow(web)).toEqual(before);
  });

  it.each([
    ['a broken range', { ...https, IpRanges: [{ CidrIp: '10.0.0.300/8' }] }, 'InvalidParameterValue'],
    ['ports the wrong way round', { ...https, FromPort: 90, ToPort: 80 }, 'InvalidParameterValue'],
    ['an unknown protocol', { ...https, IpProtocol: 'smoke' }, 'InvalidParameterValue'],
    [
      'an unknown group',
      { ...https, IpRanges: [], UserIdGroupPairs: [{ GroupId: 'sg-0000000000000dead' }] },
      'InvalidGroup.NotFound',
    ],
  ])('refuse a rule with %s', async (_what, permission, name) => {
    const input = { GroupId: web, IpPermissions: [permission] };
    await expect(client.send(new ec2.AuthorizeSecurityGroupIngressCommand(input))).rejects.toMatchObject({
      name,
    });
  });

  it('cannot share a name, nor go while something uses them', async () => {
    await expect(create('web')).rejects.toMatchObject({ name: 'InvalidGroup.Duplicate' });
    for (const GroupId of [web, bastion])
      await expect(client.send(new ec2.DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
        name: 'DependencyViolation',
      });
  });
});

describe('snapshots and tags', () => {
  it('are made of all volumes of an instance, tagged, and deleted', async () => {
    const TagSpecifications = [
      { ResourceType: 'snapshot' as const, Tags: [{ Key: 'incident', Value: '1' }] },
    ];
    const made = await client.send(
      new ec2.CreateSnapshotsCommand({
        InstanceSpecification: { InstanceId: instance },
        Description: 'evidence',
        TagSpecifications,
      }),
    );
    expect(made.Snapshots?.map((one) => one.VolumeSize)).toEqual([20, 100]);
    const tagged = [{ Name: 'tag:incident', Values: ['1'] }];
    const { Snapshots } = await client.send(
      new ec2.DescribeSnapshotsCommand({ Filters: tagged, OwnerIds: ['self'] }),
    );
    expect(Snapshots).toMatchObject([{ State: 'completed', Description: 'evidence' }, {}]);
    const SnapshotId = Snapshots?.[0]?.SnapshotId;
    await client.send(new ec2.DeleteSnapshotCommand({ SnapshotId }));
    await expect(client.send(new ec2.DeleteSnapshotCommand({ SnapshotId }))).rejects.toMatchObject({
      name: 'InvalidSnapshot.NotFound',
    });
  });

  it('are put, listed and taken away', async () => {
    const quarantine = { Resources: [instance], Tags: [{ Key: 'quarantine', Value: 'yes' }] };
    await client.send(new ec2.CreateTagsCommand(quarantine));
    const filter = [{ Name: 'resource-id', Values: [instance] }];
    const { Tags } = await client.send(new ec2.DescribeTagsCommand({ Filters: filter }));
    expect(Tags).toContainEqual({
      ResourceId: instance,
      ResourceType: 'instance',
      Key: 'quarantine',
      Value: 'yes',
    });
    const wrongValue = { Resources: [instance], Tags: [{ Key: 'quarantine', Value: 'no' }] };
    await client.send(new ec2.DeleteTagsCommand(wrongValue));
    expect((await instanceNow())?.Tags).toHaveLength(3);
    await client.send(new ec2.DeleteTagsCommand(quarantine));
    expect((await instanceNow())?.Tags).toHaveLength(2);
    const reserved = { Resources: [instance], Tags: [{ Key: 'aws:x', Value: '' }] };
    await expect(client.send(new ec2.CreateTagsCommand(reserved))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('authorisation', () => {
  it('refuses what a policy does not allow, in the words of EC2', async () => {
    const attacker = fixture.ec2(stolen);
    await attacker.send(new ec2.DescribeInstancesCommand({}));
    const tag = new ec2.CreateTagsCommand({ Resources: [instance], Tags: [{ Key: 'a', Value: 'b' }] });
    await expect(attacker.send(tag)).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining(
        `is not authorized to perform: ec2:CreateTags on resource: arn:aws:ec2:${region}:${account}:instance/${instance}`,
      ),
    });
  });

  it('a dry run says whether it would be allowed, and changes nothing', async () => {
    const input = { NetworkInterfaceId: eni, Groups: [bastion], DryRun: true };
    const dry = (who: ec2.EC2Client) => who.send(new ec2.ModifyNetworkInterfaceAttributeCommand(input));
    await expect(dry(client)).rejects.toMatchObject({ name: 'DryRunOperation' });
    await expect(dry(fixture.ec2(stolen))).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    expect((await instanceNow())?.SecurityGroups).toMatchObject([{ GroupId: web }]);
  });

  it('carries tags and the creating action as condition keys', async () => {
    const TagSpecifications = [
      { ResourceType: 'snapshot' as const, Tags: [{ Key: 'Incident', Value: '1' }] },
    ];
    await client.send(
      new ec2.CreateSnapshotsCommand({ InstanceSpecification: { InstanceId: instance }, TagSpecifications }),
    );
    expect(fixture.calls.at(-1)?.requirements).toMatchObject([
      { action: 'ec2:CreateSnapshots', context: { 'aws:resourcetag/owner': 'shop' } },
      { resource: `arn:aws:ec2:${region}:${account}:volume/vol-0a000000000000001` },
      { resource: `arn:aws:ec2:${region}:${account}:volume/vol-0a000000000000002` },
      { resource: `arn:aws:ec2:${region}::snapshot/*`, context: { 'aws:requesttag/incident': '1' } },
      { action: 'ec2:CreateTags', context: { 'ec2:createaction': 'CreateSnapshots' } },
    ]);
  });
});
