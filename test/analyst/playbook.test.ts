import { describe, expect, test } from 'vitest';
import { offers } from '../../functions/actions/offers.gen.ts';
import { compileCondition, compileExpression, type View } from '../../functions/analyst/condition.ts';
import { matchPlaybook } from '../../functions/analyst/playbook.ts';
import { verdictByRules } from '../../functions/analyst/verdict.ts';
import type { HandledEntity } from '../../functions/core/entity.ts';
import type { FootholdCall } from '../../functions/core/foothold-call.ts';
import type { Playbook, Rule } from '../../functions/core/playbook.ts';
import type { Briefing } from '../../functions/core/ports.ts';
import { INCIDENT, now, playbooks } from './bench.ts';
import { instanceFinding } from './findings.ts';
import { surroundings } from './surroundings.ts';

describe('the playbook of a finding type', () => {
  test.each([
    ['Backdoor:EC2/C&CActivity.B', 'compromised-instance'],
    ['Impact:EC2/PortSweep', 'network-probe'],
    ['Impact:EC2/MaliciousDomainRequest.Reputation', 'compromised-instance'],
    ['UnauthorizedAccess:EC2/SSHBruteForce', 'network-probe'],
    ['UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', 'own-threat-list'],
    ['UnauthorizedAccess:IAMUser/MaliciousIPCaller', 'compromised-credentials'],
    [
      'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
      'instance-credential-exfiltration',
    ],
    ['Exfiltration:S3/AnomalousBehavior', 'data-access'],
    ['Execution:Kubernetes/ExecInKubeSystemPod', 'workload'],
    ['CredentialAccess:RDS/TorIPCaller.SuccessfulLogin', 'databases'],
    ['Backdoor:Lambda/C&CActivity.B', 'functions'],
    ['SecurityHub:Control/S3.8', 'posture'],
    ['SecurityHub:Control/EC2.19', 'posture-ec2'],
    ['SecurityHub:access-analyzer/External-Access-Granted', 'external-access'],
    ['AccessAnalyzer:ExternalAccess/IAMRole', 'external-access'],
    ['AccessAnalyzer:UnusedAccess/UnusedIAMRole', 'access-review'],
    ['Policy:IAMUser/S3BucketPublic', 'sensitive-data'],
    ['Policy:IAMUser/RootCredentialUsage', 'root-user'],
    ['SensitiveData:S3Object/Credentials', 'sensitive-data'],
    ['Inspector:NetworkReachability/AwsEc2Instance', 'vulnerability'],
    ['Config:Compliance/S3Bucket', 'config-rule'],
    ['CloudWatch:Alarm/Metric', 'alarm'],
    ['SecurityHub:health/Finding', 'service-report'],
    ['Custom:prowler/prowler/Backdoor:EC2', 'outside-report'],
    ['Something:Next/Year', 'fallback'],
  ])('%s is %s', (type, id) => {
    expect(matchPlaybook(type, playbooks).id).toBe(id);
  });
});

const rule = (changes: Partial<Rule>): Rule => ({
  id: 'a-rule',
  when: 'true',
  disposition: 'benign',
  confidence: 0.9,
  claims: [{ text: 'It is {0}.', cites: [{ tool: 'finding', pointer: '/facts/resourceRole' }] }],
  propose: [],
  ...changes,
});

function judge(rules: readonly Rule[], changes: Partial<Briefing> = {}) {
  const finding = instanceFinding('Backdoor:EC2/C&CActivity.B');
  const playbook: Playbook = {
    ...matchPlaybook('*', playbooks),
    actions: ['isolate-instance'],
    rules: [...rules],
  };
  const entities = finding.entities.map((entity, index) => ({ ...entity, handle: `e${index + 1}` }));
  return verdictByRules(
    {
      incident: INCIDENT,
      stage: 'triage',
      playbook,
      offers,
      environment: surroundings(),
      findings: [finding],
      entities,
      evidence: [],
      ...changes,
    },
    now(),
  );
}

describe('rules', () => {
  test('the first that holds decides, and quotes what it cites', () => {
    const { verdict, because } = judge([rule({ id: 'never', when: 'false' }), rule({ id: 'this-one' })]);
    expect(verdict).toMatchObject({ disposition: 'benign', claims: [{ text: 'It is TARGET.' }] });
    expect(because).toContain('this-one');
  });

  test.each([
    ['does not parse', 'facts.count >'],
    ['names what is not there', 'facts.nothing > 1'],
    ['answers no bool', 'facts.count'],
    ['calls what is no function', 'shell("id")'],
  ])('one that %s is recorded, and nothing is dismissed', (_, when) => {
    for (const rules of [
      [rule({ id: 'broken', when }), rule({})],
      [rule({}), rule({ id: 'broken', when })],
    ]) {
      const { verdict, because } = judge(rules);
      expect(verdict).toMatchObject({ disposition: 'undetermined', proposals: [] });
      expect(because).toContain('rule broken: ');
      expect(verdict.summary).toContain('A person must look');
    }
  });

  test('an alarm sounds also where another rule is broken', () => {
    const { verdict } = judge([
      rule({ id: 'broken', when: '1/0 == 1' }),
      rule({ disposition: 'true-positive' }),
    ]);
    expect(verdict.disposition).toBe('true-positive');
  });

  test('tainted text may raise, and a rule that would dismiss by it does not even compile', () => {
    const when = 'tainted.exists(text, text.contains("web-1"))';
    expect(judge([rule({ when, disposition: 'true-positive' })]).verdict.disposition).toBe('true-positive');
    expect(() => compileCondition(rule({ when }))).toThrow('tainted');
    expect(judge([rule({ when })]).verdict.disposition).toBe('undetermined');
  });

  test('evidence reaches conditions without what an attacker may have written in it', () => {
    const evidence = [
      {
        id: 'ev-0123456789ab',
        tool: 'describe-instance',
        target: 'e1',
        status: 'found' as const,
        output: { state: 'running', tags: [{ key: 'harmless', value: 'yes' }] },
        tainted: ['/tags/*/key', '/tags/*/value'],
        truncated: false,
      },
    ];
    const harmless = rule({
      when: 'evidence["describe-instance"].tags.exists(t, has(t.key) && t.key == "harmless")',
    });
    expect(judge([harmless], { evidence }).verdict.disposition).toBe('undetermined');
    const state = rule({ when: 'evidence["describe-instance"].state == "running"' });
    expect(judge([state], { evidence }).verdict.disposition).toBe('benign');
    // What was cut may have held the alarm.
    const cut = evidence.map((piece) => ({ ...piece, truncated: true }));
    expect(judge([state], { evidence: cut }).verdict.disposition).toBe('undetermined');
    // Evidence about an entity that was only claimed answers a question that an attacker may have chosen.
    const aboutClaim = evidence.map((piece) => ({ ...piece, target: 'e2' }));
    expect(judge([state], { evidence: aboutClaim }).verdict.disposition).toBe('undetermined');
  });

  test('what dismisses must hold for every finding; what raises, for one', () => {
    const inbound = instanceFinding('Backdoor:EC2/C&CActivity.B');
    const outbound = instanceFinding('Backdoor:EC2/C&CActivity.B', {
      id: 'b',
      service: { resourceRole: 'ACTOR' },
    });
    const when = 'facts.resourceRole == "TARGET"';
    for (const findings of [
      [inbound, outbound],
      [outbound, inbound],
    ]) {
      expect(judge([rule({ when })], { findings }).verdict.disposition).toBe('undetermined');
      const raised = judge([rule({ when, disposition: 'true-positive' })], { findings });
      expect(raised.verdict.disposition).toBe('true-positive');
    }
    expect(judge([rule({ when })], { findings: [inbound] }).verdict.disposition).toBe('benign');
  });

  test("an object's key is hidden from conditions and claims, also where AWS asserts the object", () => {
    const finding = instanceFinding('Object:S3/MaliciousFile', {
      resource: {
        resourceType: 'S3Object',
        s3BucketDetails: [{ name: 'uploads', s3ObjectDetails: [{ key: 'harmless' }] }],
      },
    });
    const entities = finding.entities.map((entity, index) => ({ ...entity, handle: `e${index + 1}` }));
    const index = finding.entities.findIndex(({ kind }) => kind === 'object');
    const when = 'entities.exists(e, e.kind == "object" && e.trust == "asserted" && !has(e.id))';
    const claims = [{ text: 'It is {0}.', cites: [{ tool: 'finding', pointer: `/entities/${index}/id` }] }];
    const { verdict } = judge([rule({ when, claims, disposition: 'true-positive' })], {
      findings: [finding],
      entities,
    });
    expect(verdict.claims.map(({ text }) => text)).toEqual(['It is (text from outside).']);
  });

  test('proposals go to entities that are more than claims', () => {
    const propose = [{ action: 'revoke-sessions', target: { kind: 'role' as const }, params: {}, from: {} }];
    expect(judge([rule({ disposition: 'true-positive', propose })]).verdict.proposals).toEqual([]);
  });

  test('what was made is taken away by what answers it, and is meant by no other selector', () => {
    const made = (call: FootholdCall) => ({
      by: 'user:111122223333:dana',
      calls: [{ call, at: '2026-11-21T11:00:00Z', event: call }],
    });
    const user: Omit<HandledEntity, 'handle' | 'id'> = {
      kind: 'user',
      account: '111122223333',
      region: 'eu-central-1',
      part: 'related',
      trust: 'recorded',
    };
    const entities = [
      { ...user, handle: 'e1', id: 'helper', made: made('CreateUser') },
      { ...user, handle: 'e2', id: 'olga', made: made('CreateLoginProfile') },
    ];
    const propose = [{ action: 'revoke-sessions', target: { kind: 'user' as const }, params: {}, from: {} }];
    const proposals = (disposition: Rule['disposition']) =>
      judge([rule({ disposition, propose })], { entities }).verdict.proposals;
    expect(proposals('true-positive')).toEqual([
      { action: 'quarantine-user', target: 'e1', params: {} },
      { action: 'remove-console-login', target: 'e2', params: {} },
    ]);
    expect(proposals('undetermined')).toEqual([]);
  });

  describe('a parameter that is worked out', () => {
    const proposing = (from: Rule['propose'][number]['from'], logBucket: string | null = 'logs') => {
      const action = 'create-flow-logs';
      const propose = [{ action, target: { kind: 'instance' as const }, params: { scope: 'vpc' }, from }];
      const environment = surroundings({ networks: ['192.0.2.0/24', '198.51.100.0/24'], logBucket });
      const { verdict, because } = judge([rule({ disposition: 'true-positive', propose })], { environment });
      return { params: verdict.proposals.map(({ params }) => params), because };
    };

    test('comes from the owner’s environment and from what is known', () => {
      expect(proposing({ bucket: 'environment.logBucket' }).params).toEqual([
        { scope: 'vpc', bucket: 'logs' },
      ]);
      expect(proposing({ bucket: 'environment.networks.join(",")' }).params).toEqual([
        { scope: 'vpc', bucket: '192.0.2.0/24,198.51.100.0/24' },
      ]);
      expect(proposing({ bucket: 'size(environment.networks)' }).params).toEqual([
        { scope: 'vpc', bucket: 2 },
      ]);
    });

    test('leaves the action out where it is not known, and says so', () => {
      expect(proposing({ bucket: 'environment.logBucket' }, null)).toEqual({
        params: [],
        because: expect.stringContaining('create-flow-logs is left out: bucket is not known'),
      });
      expect(proposing({ bucket: 'facts.nowhere' })).toEqual({
        params: [],
        because: expect.stringContaining('create-flow-logs is left out: bucket: No such key'),
      });
      expect(proposing({ bucket: 'environment.networks' })).toMatchObject({ params: [] });
    });

    test('is never text that an attacker wrote', () => {
      expect(() => compileExpression('tainted[0]')).toThrow(/tainted/);
    });
  });

  test('a condition sees no more than its view', () => {
    const view = {
      finding: {},
      facts: {},
      entities: [],
      evidence: {},
      missing: [],
      failed: [],
      tainted: [],
      environment: surroundings(),
      openChangeWindows: [],
      now: now(),
    };
    const condition = compileCondition({
      when: 'now > timestamp("2026-01-01T00:00:00Z")',
      disposition: 'benign',
    });
    expect(condition(view satisfies View)).toEqual({ holds: true });
    expect(() => compileCondition({ when: 'process.exit(1) == 0', disposition: 'benign' })).toThrow();
  });
});
