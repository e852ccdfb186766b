import { describe, expect, test } from 'vitest';
import { bareFinding } from '../sources/bare.ts';
import {
  describedInstance,
  foreignActivity,
  instanceFinding,
  keyFinding,
  ordinaryPermissions,
} from './findings.ts';
import { judge, only, proposedOn } from './judge.ts';
import { surroundings } from './surroundings.ts';

describe('an attack sequence', () => {
  const user = { name: 'ci-deploy', type: 'IAMUser', credentialUid: 'AKIAIOSFODNN7EXAMPLE' };
  const sequenceWith = (service: object, ...users: readonly object[]) =>
    only({
      ...bareFinding(),
      type: 'AttackSequence:IAM/CompromisedCredentials',
      severity: 9,
      resource: { resourceType: 'AttackSequence' },
      service: {
        ...service,
        detection: {
          sequence: {
            actors: users.map((one, index) => ({ id: `a${index}`, user: one })),
            endpoints: [{ id: 'e', ip: '203.0.113.77' }],
          },
        },
      },
    });
  const sequenceOf = (...users: readonly object[]) => sequenceWith({}, ...users);
  const finding = sequenceOf(user);
  const known = { 'principal-activity': foreignActivity };

  test("leaves the user the owner's networks", async () => {
    expect((await judge(finding, known)).proposed).toEqual([
      'deactivate-access-key access-key',
      'revoke-sessions user',
      'restrict-principal-networks user {"networks":"192.0.2.0/24,198.51.100.0/24"}',
    ]);
  });

  const permitted = (powers: object) => ({
    ...known,
    'role-permissions': { ...ordinaryPermissions, ...powers },
  });

  test.each([{ administrator: true }, { changesIam: true }])(
    'of a user who is %j is denied from above the account, and in it',
    async (powers) => {
      expect((await judge(finding, permitted(powers))).proposed).toEqual([
        'deny-principal-by-organization user',
        'deactivate-access-key access-key',
        'quarantine-user user',
      ]);
    },
  );

  test('of a role that changes IAM ends its sessions as well', async () => {
    const role = sequenceOf({ name: 'deploy', type: 'AssumedRole', credentialUid: 'ASIAEXAMPLE' });
    expect((await judge(role, permitted({ changesIam: true }))).proposed).toEqual([
      'deny-principal-by-organization role',
      'deactivate-access-key access-key',
      'revoke-sessions role',
    ]);
  });

  test.each([
    ['who made a user is denied, whatever policies were read', 0, 'deny-principal-by-organization user'],
    ['who only tried to is not', 1, 'deactivate-access-key access-key'],
  ])('of a user %s', async (_, errors, first) => {
    const operations = [{ service: 'iam', name: 'CreateUser', count: 1, errors }];
    const answers = { ...permitted({}), 'principal-activity': { ...foreignActivity, operations } };
    expect((await judge(finding, answers)).proposed[0]).toBe(first);
  });

  test('of who changes nothing in IAM stays in the account', async () => {
    const { proposed } = await judge(finding, permitted({}));
    expect(proposed).not.toContain('deny-principal-by-organization user');
  });

  test('of several denies nobody from above: whose permissions they are is not certain', async () => {
    const two = sequenceOf(user, { name: 'editor', type: 'IAMUser', credentialUid: 'AKIAEXAMPLEEDITOR00' });
    const { proposed } = await judge(two, permitted({ administrator: true }));
    expect(proposed).not.toContain('deny-principal-by-organization user');
  });

  test("of who changes IAM is answered the same where a call's parameters name others", async () => {
    const affected = { 'AWS::IAM::User': 'somebody-else' };
    const service = { action: { awsApiCallAction: { affectedResources: affected } } };
    const { proposed } = await judge(sequenceWith(service, user), permitted({ administrator: true }));
    expect(proposed).toContain('deny-principal-by-organization user');
    expect(proposed).toHaveLength(3);
  });

  test('restricts nobody to networks that the owner has not named', async () => {
    const environment = surroundings();
    expect((await judge(finding, known, { environment })).proposed).toEqual([
      'deactivate-access-key access-key',
      'revoke-sessions user',
    ]);
  });
});

describe('a session of IAM Identity Center', () => {
  const role = 'AWSReservedSSO_Admin_0123456789abcdef';
  const sessionOf = (accessKeyId: string, type: string, evidence: object | undefined, id = 'f1') =>
    keyFinding(type, { id, key: { accessKeyId, userType: 'AssumedRole', userName: role }, evidence });
  const reserved = { ...ordinaryPermissions, administrator: true, identityCenter: true };
  const known = { 'principal-activity': foreignActivity, 'role-permissions': reserved };
  const listed = 'UnauthorizedAccess:IAMUser/MaliciousIPCaller';

  test('that somebody on a threat list uses costs its person the permission set, and the role nothing', async () => {
    expect(await judge(sessionOf('ASIAONE', listed, undefined), known)).toEqual({
      disposition: 'true-positive',
      confidence: 0.9,
      proposed: ['remove-account-assignment access-key'],
    });
  });

  test("costs no other person the permission set, though the role joins both's findings", async () => {
    const unusual = sessionOf('ASIATWO', 'Discovery:IAMUser/AnomalousBehavior', {}, 'f2');
    for (const findings of [
      [sessionOf('ASIAONE', listed, undefined), unusual],
      [unusual, sessionOf('ASIAONE', listed, undefined)],
    ])
      expect(await proposedOn(findings, known)).toEqual(['remove-account-assignment ASIAONE']);
  });

  const sequenceOf = (...keys: readonly string[]) =>
    only({
      ...bareFinding(),
      type: 'AttackSequence:IAM/CompromisedCredentials',
      resource: { resourceType: 'AttackSequence' },
      service: {
        detection: {
          sequence: {
            actors: keys.map((credentialUid) => ({
              user: { name: role, type: 'AssumedRole', credentialUid },
            })),
            endpoints: [{ id: 'e', ip: '203.0.113.77' }],
          },
        },
      },
    });

  test.each([
    [
      'of one session costs its person the permission set',
      ['ASIAONE'],
      ['remove-account-assignment access-key'],
    ],
    ['of two sessions is for a person to take apart', ['ASIAONE', 'ASIATWO'], []],
  ])('an attack sequence %s', async (_, keys, proposed) => {
    const judged = await judge(sequenceOf(...keys), known);
    expect(judged).toMatchObject({ disposition: 'true-positive', proposed });
  });

  test('that is only unusual is for a person to look at', async () => {
    const unusual = sessionOf('ASIATWO', 'Discovery:IAMUser/AnomalousBehavior', {});
    expect(await judge(unusual, known)).toMatchObject({ disposition: 'undetermined', proposed: [] });
  });

  test("of a role that only bears such a name is ended as any other's", async () => {
    const impostor = { ...known, 'role-permissions': { ...reserved, identityCenter: false } };
    const { proposed } = await judge(sessionOf('ASIAONE', listed, undefined), impostor);
    expect(proposed).toEqual(['revoke-sessions role']);
  });
});

describe('a name that an instance asks for', () => {
  const asked = (type: string, action: object = { domain: 'c2.example.net' }) =>
    instanceFinding(type, { service: { action: { actionType: 'DNS_REQUEST', dnsRequestAction: action } } });
  const known = { 'describe-instance': describedInstance };

  test.each([
    'Backdoor:EC2/C&CActivity.B!DNS',
    'Trojan:EC2/DropPoint!DNS',
    'Backdoor:Runtime/C&CActivity.B!DNS',
  ])('of %s is blocked for the whole VPC, beside the instance', async (type) => {
    const { proposed } = await judge(asked(type), known);
    expect(proposed).toEqual([
      'snapshot-volumes instance',
      'isolate-instance instance',
      'block-domain domain',
    ]);
  });

  test('of bad reputation is blocked, and the instance left alone', async () => {
    expect(await judge(asked('Impact:EC2/MaliciousDomainRequest.Reputation'), known)).toEqual({
      disposition: 'true-positive',
      confidence: 0.75,
      proposed: ['block-domain domain'],
    });
  });

  test.each([
    ['Trojan:EC2/DGADomainRequest.C!DNS', { domain: 'qpxhzk.example.net' }],
    ['Trojan:EC2/DNSDataExfiltration', { domain: 'mfzwizltoq.example.net' }],
    ['Impact:EC2/AbusedDomainRequest.Reputation', { domain: 'shared.example.net' }],
    ['Backdoor:EC2/C&CActivity.B!DNS', { domainWithSuffix: 'example.net' }],
  ])('of %s is not blocked: %j', async (type, action) => {
    const { proposed } = await judge(asked(type, action), known);
    expect(proposed.filter((one) => one.startsWith('block-domain'))).toEqual([]);
  });
});

describe("an address of the owner's threat list", () => {
  const visit = (action: object, address = '203.0.113.77', id = 'f1') =>
    instanceFinding('UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', {
      id,
      severity: 5,
      service: {
        action: {
          actionType: 'NETWORK_CONNECTION',
          networkConnectionAction: {
            connectionDirection: 'INBOUND',
            localPortDetails: { port: 443, portName: 'HTTPS' },
            remoteIpDetails: { [address.includes(':') ? 'ipAddressV6' : 'ipAddressV4']: address },
            ...action,
          },
        },
      },
    });
  const known = { 'describe-instance': describedInstance };

  test.each([
    ['203.0.113.77', '203.0.113.77/32'],
    ['2001:db8::77', '2001:db8::77/128'],
  ])('%s, which visits a web server, is blocked at both doors', async (address, cidr) => {
    expect(await judge(visit({}, address), known)).toEqual({
      disposition: 'true-positive',
      confidence: 0.8,
      proposed: ['block-address address', `deny-network-acl instance {"cidr":"${cidr}"}`],
    });
  });

  test('is blocked alone, whatever other addresses the incident holds', async () => {
    const probe = instanceFinding('Recon:EC2/Portscan', {
      id: 'f2',
      severity: 4,
      service: { action: { networkConnectionAction: { remoteIpDetails: { ipAddressV4: '203.0.113.9' } } } },
    });
    expect(await proposedOn([probe, visit({})], known)).toEqual([
      'block-address 203.0.113.77',
      'deny-network-acl i-0abc0000000000001',
    ]);
  });

  test.each([
    ['that the instance calls', visit({ connectionDirection: 'OUTBOUND' })],
    ['at another port than the web', visit({ localPortDetails: { port: 22 } })],
    ['in a network of the owner', visit({}, '198.51.100.7')],
    ['that is none', visit({}, 'nowhere')],
  ])('%s is for a person to look at', async (_, finding) => {
    expect(await judge(finding, known)).toMatchObject({ disposition: 'undetermined', proposed: [] });
  });
});

describe('a metadata service that a name leads to', () => {
  const rebound = instanceFinding('UnauthorizedAccess:EC2/MetadataDNSRebind');
  const described = (answer: object) => ({ 'describe-instance': { ...describedInstance, ...answer } });
  const role = { name: 'web', arn: 'arn:aws:iam::111122223333:role/web' };

  test('demands a token from now on', async () => {
    const { proposed } = await judge(rebound, described({ role }));
    expect(proposed).toEqual(['require-imdsv2 instance']);
  });

  test('and demands one already is shut off on the instance', async () => {
    const answer = described({ role, metadataTokensRequired: true });
    expect(await judge(rebound, answer)).toMatchObject({
      confidence: 0.7,
      proposed: ['run-document instance {"document":"block-instance-metadata"}'],
    });
  });

  test.each([
    ['has no credentials to give', { role: null }],
    ['is of an instance that is stopped', { role, state: 'stopped' }],
  ])('and %s is for a person to look at', async (_, answer) => {
    const judged = await judge(rebound, described({ metadataTokensRequired: true, ...answer }));
    expect(judged).toMatchObject({ disposition: 'undetermined', proposed: [] });
  });
});
