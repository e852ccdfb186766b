import type { Approver, Decision } from '../../functions/core/decision.ts';
import type { EntryOf, PlanRefusal } from '../../functions/core/entry.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { type Manifest, manifestHash } from '../../functions/core/plan.ts';
import { MemoryLedger } from './memory-ledger.ts';

export const INCIDENT = 'INC-01K9ZX3V7Q2M5B8D';
export const account = '111122223333';
export const instance = 'i-0a1b2c3d4e5f67890';

export const rosa: Approver = {
  id: 'rosa',
  name: 'Rosa Diaz',
  email: 'rosa@example.com',
  roles: ['responder', 'owner'],
  principalArn: `arn:aws:iam::${account}:role/OnCall`,
};
export const lena: Approver = {
  id: 'lena',
  name: 'Lena Berg',
  email: 'lena@example.com',
  roles: ['lead'],
  principalArn: `arn:aws:iam::${account}:user/lena`,
};
export const tim: Approver = { id: 'tim', name: 'Tim Okoro', email: 'tim@example.com', roles: ['responder'] };
export const approvers = [rosa, lena, tim];

export const finding: Finding = {
  class_uid: 2004,
  finding_info: {
    uid: 'f-1',
    title: 'EC2 instance is talking to a known command-and-control server',
    desc: 'The instance queried an address that is used to control malware.',
    type: 'Backdoor:EC2/C&CActivity.B',
    created_time: '2026-11-21T02:51:00.000Z',
    modified_time: '2026-11-21T02:51:00.000Z',
  },
  metadata: { source: 'guardduty', product: 'GuardDuty', aws_owned: true },
  cloud: { account, region: 'eu-west-1' },
  severity: 'High',
  status: 'New',
  sample: false,
  entities: [
    {
      kind: 'instance',
      id: instance,
      account,
      region: 'eu-west-1',
      part: 'target',
      trust: 'asserted',
    },
  ],
  facts: {},
  tainted: [],
};

const target = {
  handle: 'e1',
  kind: 'instance',
  id: instance,
  arn: `arn:aws:ec2:eu-west-1:${account}:instance/${instance}`,
  account,
  region: 'eu-west-1',
  trust: 'observed',
} as const;

export const manifest: Manifest = {
  version: 1,
  incident: INCIDENT,
  generation: 1,
  actions: [
    {
      id: 'a1',
      action: 'snapshot-volumes',
      target,
      params: {},
      danger: 'low',
      undoing: 'loses-evidence',
      protectedTarget: false,
      before: { volumes: [{ id: 'vol-0aa11', deleteOnTermination: true }], terminationProtection: false },
      expected: {
        volumes: [{ id: 'vol-0aa11', deleteOnTermination: false }],
        terminationProtection: true,
        snapshots: ['vol-0aa11'],
      },
      change: 'Takes a snapshot of its volume and keeps it from being deleted, so that evidence survives.',
      undo: 'The snapshot is deleted; termination protection is as it was.',
      cannotRestore: [],
    },
    {
      id: 'a2',
      action: 'isolate-instance',
      target,
      params: {},
      danger: 'high',
      protectedTarget: false,
      before: { interfaces: [{ id: 'eni-04d5e6', vpc: 'vpc-0c0ffee', groups: ['sg-0web', 'sg-0default'] }] },
      expected: { interfaces: [{ id: 'eni-04d5e6', groups: ['one without any rule'] }] },
      change:
        'Moves its network interface to a group that lets nothing in or out, and cuts open connections.',
      undo: 'The interface gets its former groups back.',
      cannotRestore: ['Connections that were open are cut for good'],
    },
  ],
  leaseSeconds: 86_400,
};

export const needsOwnerOrLead: Decision = {
  outcome: 'needs-approval',
  policies: ['irreversible-needs-a-person', 'wide-reach-needs-a-person', 'owner-or-lead-approves-change'],
  required: [['lead'], ['owner']],
};

/** Proposed as well, of a role that nobody here may change. */
export const leftOut: PlanRefusal = {
  action: 'revoke-sessions',
  target: 'AWSServiceRoleForX',
  error: 'NotOursError',
  message: 'role AWSServiceRoleForX is not ours to change: it is linked to a service of AWS',
};

export interface Story {
  readonly finding?: Finding;
  readonly manifest?: Manifest;
  readonly decision?: Decision;
  readonly summary?: string;
  readonly expiresAt?: string;
}

/** An incident that waits for a person, as the functions before the console would have written it. */
export async function waiting(story: Story = {}): Promise<{ ledger: MemoryLedger; hash: string }> {
  const ledger = new MemoryLedger();
  const told = { finding, manifest, decision: needsOwnerOrLead, ...story };
  const hash = manifestHash(told.manifest);
  await ledger.append(INCIDENT, 'fact', 'facts', () => facts(told, hash));
  await ledger.append(INCIDENT, 'decision', 'decided', () => decided(told, hash));
  return { ledger, hash };
}

type Told = Story & { readonly finding: Finding; readonly manifest: Manifest; readonly decision: Decision };

function facts(told: Told, hash: string): EntryOf<'fact'>[] {
  return [
    { type: 'finding-received', generation: 1, finding: told.finding },
    {
      type: 'tool-called',
      generation: 1,
      stage: 'investigate',
      turn: 1,
      toolUseId: 'tu-1',
      evidence: {
        id: 'ev-0123456789ab',
        tool: 'describe-instance',
        target: instance,
        status: 'found',
        output: { publicAddress: true },
        tainted: [],
        truncated: false,
      },
    },
    {
      type: 'verdict-reached',
      generation: 1,
      stage: 'investigate',
      analyst: 'rules',
      verdict: {
        disposition: 'true-positive',
        severity: 'High',
        confidence: 0.95,
        attack: ['T1071'],
        summary: told.summary ?? 'The instance is exposed to the internet and beacons to a control server.',
        claims: [
          {
            text: 'The instance has a public address.',
            cites: [{ evidence: 'ev-0123456789ab', pointer: '/publicAddress', value: true }],
          },
        ],
        proposals: [],
      },
      struck: 0,
      untainted: 1,
      madeWith: { playbook: 'compromised-instance' },
      next: 'plan',
    },
    proposal(told.manifest, hash),
  ];
}

export function proposal(planned: Manifest, hash = manifestHash(planned)): EntryOf<'fact'> {
  return {
    type: 'plan-proposed',
    generation: 1,
    manifest: planned,
    manifestHash: hash,
    blastRadius: {
      a1: [{ what: 'Volumes copied', count: 1, evidence: 'ec2:DescribeVolumes' }],
      a2: [
        { what: 'Load balancers that send traffic to it', count: 1, evidence: 'elbv2:DescribeTargetHealth' },
        { what: 'Callers in the last 24 hours', count: null, evidence: 'no flow logs on the interface' },
      ],
    },
    refused: [leftOut],
  };
}

function decided(told: Told, hash: string): EntryOf<'decision'>[] {
  return [
    {
      type: 'decision-made',
      generation: 1,
      purpose: 'execute',
      subject: hash,
      decision: told.decision,
      mode: 'act',
      approvers: [],
      policyDigest: 'a'.repeat(64),
    },
    {
      type: 'approval-requested',
      generation: 1,
      manifestHash: hash,
      approvers: ['rosa', 'lena'],
      channels: ['mail'],
      expiresAt: told.expiresAt ?? '2026-11-21T07:00:00.000Z',
    },
  ];
}
