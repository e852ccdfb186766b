import { describe, expect, test } from 'vitest';
import type { StageParts } from '../../functions/analyst/loop.ts';
import { bareControl } from '../sources/bare.ts';
import {
  activeKey,
  closedGroup,
  describedInstance,
  foreignActivity,
  instanceFinding,
  keyFinding,
} from './findings.ts';
import { judge, only } from './judge.ts';
import { surroundings } from './surroundings.ts';

const openOn = (...ports: readonly number[]) => ({
  ...describedInstance,
  openRules: ports.map((port) => rule(port, port)),
});
const rule = (fromPort: number | null, toPort: number | null) => ({
  groupId: 'sg-0abc0000000000001',
  protocol: fromPort === null ? 'all' : 'tcp',
  fromPort,
  toPort,
  source: '0.0.0.0/0',
});

describe('a probed port', () => {
  const probeOf = (port: number) =>
    instanceFinding('Recon:EC2/PortProbeUnprotectedPort', {
      severity: 2,
      service: {
        action: {
          actionType: 'PORT_PROBE',
          portProbeAction: {
            blocked: false,
            portProbeDetails: [
              {
                localPortDetails: { port, portName: 'Unknown' },
                remoteIpDetails: { ipAddressV4: '203.0.113.77' },
              },
            ],
          },
        },
      },
    });

  test('that is open to the world is closed, and no other', async () => {
    expect(await judge(probeOf(6379), { 'describe-instance': openOn(443, 6379) })).toEqual({
      disposition: 'true-positive',
      confidence: 0.8,
      proposed: ['revoke-ingress-rule security-group {"port":6379}'],
    });
  });

  test.each([
    ['of a web server', 443, openOn(443)],
    ['that no rule opens', 6379, openOn(443)],
  ])('%s is for a person to look at', async (_, port, described) => {
    const judged = await judge(probeOf(port), { 'describe-instance': described });
    expect(judged).toMatchObject({ disposition: 'undetermined', proposed: [] });
  });
});

describe('a guessed password', () => {
  const forced = (address: object) =>
    instanceFinding('UnauthorizedAccess:EC2/SSHBruteForce', {
      severity: 2,
      service: {
        action: {
          actionType: 'NETWORK_CONNECTION',
          networkConnectionAction: {
            connectionDirection: 'INBOUND',
            localPortDetails: { port: 22, portName: 'SSH' },
            remoteIpDetails: address,
          },
        },
      },
    });

  test.each([
    [{ ipAddressV4: '203.0.113.77' }, '203.0.113.77/32', openOn(22)],
    [{ ipAddressV6: '2001:db8::77' }, '2001:db8::77/128', { ...openOn(22), openRules: [rule(null, null)] }],
  ])('from %j shuts out that address alone, and closes the port', async (address, cidr, described) => {
    const { proposed } = await judge(forced(address), { 'describe-instance': described });
    expect(proposed).toEqual([
      `deny-network-acl instance {"cidr":"${cidr}"}`,
      'revoke-ingress-rule security-group {"port":22}',
    ]);
  });

  test('at a port that only some networks reach changes nothing alone', async () => {
    const judged = await judge(forced({ ipAddressV4: '203.0.113.77' }), { 'describe-instance': openOn(443) });
    expect(judged).toMatchObject({ disposition: 'undetermined', proposed: [] });
  });
});

describe('logging that was ended', () => {
  const disabled = (type: string, evidence: object = {}) =>
    keyFinding(type, {
      severity: 2,
      evidence,
      service: {
        resourceRole: 'TARGET',
        evidence,
        action: {
          actionType: 'AWS_API_CALL',
          awsApiCallAction: {
            api: 'StopLogging',
            remoteIpDetails: { ipAddressV4: '203.0.113.77' },
            affectedResources: { 'AWS::CloudTrail::Trail': 'audit' },
          },
        },
      },
    });
  const trail = 'Stealth:IAMUser/CloudTrailLoggingDisabled';
  const known = { 'access-key-last-used': activeKey, 'principal-activity': foreignActivity };

  test('by somebody unknown is started again, and he is left alone', async () => {
    expect(await judge(disabled(trail), known)).toEqual({
      disposition: 'true-positive',
      confidence: 0.7,
      proposed: ['start-trail-logging trail'],
    });
  });

  test('by a caller of a threat list is started again, and he loses the key', async () => {
    const listed = {
      threatIntelligenceDetails: [{ threatListName: 'ProofPoint', threatNames: ['Scanner'] }],
    };
    expect((await judge(disabled(trail, listed), known)).proposed).toEqual([
      'start-trail-logging trail',
      'deactivate-access-key access-key',
      'revoke-sessions user',
    ]);
  });

  test("of Bedrock goes into the owner's bucket, and nowhere where none is named", async () => {
    const bedrock = disabled('DefenseEvasion:IAMUser/BedrockLoggingDisabled');
    expect((await judge(bedrock, known)).proposed).toEqual([
      'enable-bedrock-logging account {"bucket":"logs"}',
    ]);
    const environment = surroundings();
    expect((await judge(bedrock, known, { environment })).proposed).toEqual([]);
  });

  test('is no reason to start a trail that another type of finding names', async () => {
    const { proposed } = await judge(disabled('Impact:IAMUser/AnomalousBehavior'), known);
    expect(proposed).not.toContain('start-trail-logging trail');
  });
});

describe('an instance that is reported again', () => {
  const finding = instanceFinding('Execution:EC2/MaliciousFile', { severity: 8 });
  const contained = { state: 'running', isolated: true, volumes: 2, volumesKept: 2, truncated: false };
  const asked = (containment: object, rest: Partial<StageParts> = {}) =>
    judge(
      finding,
      {
        'describe-instance': describedInstance,
        'security-group-exposure': closedGroup,
        'instance-containment': { ...contained, ...containment },
      },
      rest,
    );
  const contain = ['snapshot-volumes instance', 'isolate-instance instance'];

  test.each([
    ['is cut off', {}],
    ['is stopped', { state: 'stopped', isolated: false }],
  ])('once it %s, has the copies of its disks shared with the forensics account', async (_, containment) => {
    expect((await asked(containment)).proposed).toEqual(['share-snapshots instance']);
  });

  test.each([
    ['is not cut off', { isolated: false }],
    ['has a disk without a copy', { volumesKept: 1 }],
    ['has no disks', { volumes: 0, volumesKept: 0 }],
  ])('is contained first where it %s', async (_, containment) => {
    expect((await asked(containment)).proposed).toEqual(contain);
  });

  test('has nothing shared where no account is configured', async () => {
    const environment = surroundings();
    expect((await asked({}, { environment })).proposed).toEqual(contain);
  });
});

describe('a control on a security group', () => {
  const control = (id: string) =>
    only({
      ...bareControl(),
      Compliance: { Status: 'FAILED', SecurityControlId: id },
      Resources: [
        {
          Type: 'AwsEc2SecurityGroup',
          Id: 'arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0abc0000000000001',
        },
      ],
    });
  const group = (...openRules: readonly object[]) => ({
    'security-group-exposure': { ...closedGroup, openRules },
  });
  const everything = 'revoke-ingress-rule security-group';

  test.each([
    ['EC2.13', [rule(22, 22)], [`${everything} {"port":22}`]],
    ['EC2.13', [rule(null, null)], [`${everything} {"port":22}`]],
    ['EC2.13', [rule(3389, 3389)], []],
    ['EC2.14', [rule(3000, 4000)], [`${everything} {"port":3389}`]],
    ['EC2.18', [rule(443, 443), rule(8443, 8443)], [everything]],
    ['EC2.18', [rule(443, 443)], []],
    ['EC2.19', [rule(443, 443), rule(5432, 5432)], [everything]],
    // Nobody asked to close 8443.
    ['EC2.19', [rule(8443, 8443), rule(5432, 5432)], []],
    ['EC2.2', [rule(8443, 8443)], [everything]],
    ['EC2.6', [rule(8443, 8443)], []],
  ])('%s, with %j open, proposes %j', async (id, openRules, proposed) => {
    expect(await judge(control(id), group(...openRules))).toMatchObject({
      disposition: 'true-positive',
      proposed,
    });
  });
});

describe('a role that outsiders may take', () => {
  const finding = only({
    ...bareControl(),
    ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/access-analyzer',
    GeneratorId: 'aws/access-analyzer',
    Types: ['Software and Configuration Checks/AWS Security Best Practices/External Access Granted'],
    Compliance: undefined,
    Resources: [{ Type: 'AwsIamRole', Id: 'arn:aws:iam::111122223333:role/partner' }],
  });
  const permissions = (trust: object) => ({
    kind: 'role',
    name: 'partner',
    arn: 'arn:aws:iam::111122223333:role/partner',
    createdAt: '2026-10-01T08:00:00.000Z',
    serviceLinked: false,
    identityCenter: false,
    protected: false,
    permissionsBoundary: null,
    trust: { principals: [], externalAccounts: [], anyone: false, truncated: false, ...trust },
    attachedPolicies: [],
    inlinePolicies: [],
    groups: [],
    administrator: false,
    changesIam: false,
    unread: [],
    truncated: false,
  });

  test.each([
    ['anybody', { anyone: true }, 'true-positive', ['restrict-role-trust role', 'revoke-sessions role']],
    ['a partner', { externalAccounts: ['444455556666'] }, 'undetermined', ['restrict-role-trust role']],
    ['nobody by now', {}, 'undetermined', []],
  ])('is judged by who that is: %s', async (_, trust, disposition, proposed) => {
    const judged = await judge(finding, { 'role-permissions': permissions(trust) });
    expect(judged).toMatchObject({ disposition, proposed });
  });
});

describe('credentials of an instance that are used elsewhere', () => {
  const role = { userType: 'AssumedRole', userName: 'web', accessKeyId: 'ASIAIOSFODNN7EXAMPLE' };
  const type = 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS';
  const known = {
    'principal-activity': foreignActivity,
    'describe-instance': {
      ...describedInstance,
      role: { name: 'web', arn: 'arn:aws:iam::111122223333:role/web' },
    },
  };
  const resource = {
    resourceType: 'AccessKey',
    accessKeyDetails: role,
    instanceDetails: { instanceId: 'i-0abc0000000000001' },
  };

  test('end, and the instance that gives them out loses the role', async () => {
    expect((await judge(keyFinding(type, { resource }), known)).proposed).toEqual([
      'protect-instance instance',
      'revoke-sessions role',
      'detach-instance-profile instance',
    ]);
  });

  test('end where the finding does not name the instance', async () => {
    expect((await judge(keyFinding(type, { key: role }), known)).proposed).toEqual(['revoke-sessions role']);
  });
});
