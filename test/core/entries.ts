import type { Heads } from '../../functions/core/commit.ts';
import { type Commit, GENESIS, partitionOf, seal } from '../../functions/core/commit.ts';
import type { Entity } from '../../functions/core/entity.ts';
import type { EntryOf, IncidentChain } from '../../functions/core/entry.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { type Manifest, manifestHash } from '../../functions/core/plan.ts';

export const INCIDENT = 'INC-0123456789ABCDEF';
const none: Heads = { fact: 0, decision: 0, effect: 0 };

/** Builds one chain of an incident, commit by commit. */
export function chainOf<C extends IncidentChain>(
  chain: C,
  commits: readonly { readonly seen?: Partial<Heads>; readonly entries: readonly EntryOf<C>[] }[],
): Commit[] {
  const sealed: Commit[] = [];
  for (const [index, { seen, entries }] of commits.entries())
    sealed.push(
      seal({
        partition: partitionOf(INCIDENT, chain),
        sequence: index + 1,
        commandId: `${chain}#${index + 1}`,
        previousHash: sealed.at(-1)?.hash ?? GENESIS,
        at: new Date(Date.UTC(2026, 10, 21, 12, 0, index)).toISOString(),
        by: 'test',
        seen: { ...none, ...seen },
        entries: [...entries],
      }),
    );
  return sealed;
}

export const entity = (changes: Partial<Entity> = {}): Entity => ({
  kind: 'instance',
  id: 'i-0abc0000000000001',
  account: '111122223333',
  region: 'eu-central-1',
  part: 'target',
  trust: 'asserted',
  ...changes,
});

export function received(
  uid: string,
  entities: readonly Entity[] = [entity()],
  generation = 1,
): EntryOf<'fact'> {
  const finding: Finding = {
    class_uid: 2004,
    finding_info: {
      uid,
      title: 'A title',
      desc: '',
      type: 'Backdoor:EC2/C&CActivity.B',
      created_time: '2026-11-21T11:00:00.000Z',
      modified_time: '2026-11-21T11:00:00.000Z',
    },
    metadata: { source: 'guardduty', product: 'GuardDuty', aws_owned: true },
    cloud: { account: '111122223333', region: 'eu-central-1' },
    severity: 'High',
    status: 'New',
    sample: false,
    entities: [...entities],
    facts: { count: 1 },
    tainted: [],
  };
  return { type: 'finding-received', generation, finding };
}

const manifest: Manifest = {
  version: 1,
  incident: INCIDENT,
  generation: 1,
  leaseSeconds: 3600,
  actions: [
    {
      id: 'a1',
      action: 'isolate-instance',
      target: {
        handle: 'e1',
        kind: 'instance',
        id: 'i-1',
        account: '111122223333',
        region: 'eu-central-1',
        trust: 'observed',
      },
      params: {},
      danger: 'high',
      protectedTarget: false,
      before: {},
      expected: {},
      change: 'is isolated',
      undo: 'is connected',
      cannotRestore: [],
    },
  ],
};
export const hash = manifestHash(manifest);

export function planned(leaseSeconds = manifest.leaseSeconds): EntryOf<'fact'> {
  const changed = { ...manifest, leaseSeconds };
  return {
    type: 'plan-proposed',
    generation: 1,
    manifest: changed,
    manifestHash: manifestHash(changed),
    blastRadius: {},
  };
}
export const approved: EntryOf<'decision'> = {
  type: 'approval-given',
  generation: 1,
  purpose: 'execute',
  manifestHash: hash,
  approver: 'dana',
  roles: ['responder'],
  channel: 'cli',
  reason: 'looks right',
};
export const requested: EntryOf<'decision'> = {
  type: 'approval-requested',
  generation: 1,
  manifestHash: hash,
  approvers: ['dana'],
  channels: ['mail'],
  expiresAt: '2026-11-21T16:00:00.000Z',
};
export const denied: EntryOf<'decision'> = {
  type: 'approval-denied',
  generation: 1,
  manifestHash: hash,
  approver: 'dana',
  channel: 'cli',
  reason: 'not today',
};
export const stillNeedsTwo: EntryOf<'decision'> = {
  type: 'decision-made',
  generation: 1,
  purpose: 'execute',
  subject: hash,
  decision: { outcome: 'needs-approval', policies: ['two-people'], required: [['owner', 'responder']] },
  mode: 'act',
  approvers: ['dana'],
  policyDigest: hash,
};
export const closed: EntryOf<'decision'> = { type: 'incident-closed', generation: 1, reason: 'done' };
export const intent: EntryOf<'effect'> = {
  type: 'intent-recorded',
  generation: 1,
  manifestHash: hash,
  actionId: 'a1',
  direction: 'execute',
  action: 'isolate-instance',
  decision: hash,
};
export const held: EntryOf<'effect'> = {
  type: 'containment-held',
  generation: 1,
  manifestHash: hash,
  leaseEndsAt: '2026-11-22T12:00:00.000Z',
};
export const merged: EntryOf<'fact'> = {
  type: 'merged-into',
  generation: 1,
  incident: 'INC-FEDCBA9876543210',
};
