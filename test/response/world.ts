import { cedarEngine } from '../../functions/adapters/cedar.ts';
import type { Action } from '../../functions/core/account.ts';
import type { ApproverRole, Mode } from '../../functions/core/decision.ts';
import type { Entity } from '../../functions/core/entity.ts';
import type { EntryNamed, EntryOf, IncidentChain } from '../../functions/core/entry.ts';
import type { Family, FamilyOfAction } from '../../functions/core/family.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Sign } from '../../functions/core/health.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { StackAnswer } from '../../functions/core/infrastructure-as-code.ts';
import type { Limits } from '../../functions/core/limits.ts';
import type { OwnEnvironment } from '../../functions/core/own-environment.ts';
import type { Playbook } from '../../functions/core/playbook.ts';
import type {
  Budgets,
  FootholdProbe,
  HealthProbe,
  Ledger,
  Locks,
  PolicyEngine,
  Workflow,
} from '../../functions/core/ports.ts';
import type { Tag } from '../../functions/core/reserved-tags.ts';
import type { Proposal, Verdict } from '../../functions/core/verdict.ts';
import { guardrails, limits } from '../../functions/generated/policies.gen.ts';
import { close } from '../../functions/response/close.ts';
import { type DecideParts, decideExecution, decideLease } from '../../functions/response/decide.ts';
import { type PlanParts, plan } from '../../functions/response/plan.ts';
import { type RemediateParts, remediate } from '../../functions/response/remediate.ts';
import type { Step } from '../../functions/response/step.ts';
import { type WatchHealthParts, watchHealth } from '../../functions/response/watch-health.ts';
import { MemoryLedger } from '../analyst/memory-ledger.ts';
import { ownedBy } from '../analyst/surroundings.ts';
import { catalogue, Resources } from './catalogue.ts';

export const INCIDENT = 'INC-0123456789ABCDEF';
export const account = '111122223333';
const region = 'eu-central-1';

/** The guardrails as they are deployed, in the real engine. */
export const policy: PolicyEngine = cedarEngine(guardrails.policies, guardrails.schema);

export function thing(kind: Entity['kind'], id: string, changes: Partial<Entity> = {}): Entity {
  return { kind, id, account, region, part: 'target', trust: 'asserted', ...changes };
}

/** e1 … e4: one target for each action of the catalogue. */
export const things = [
  thing('volume', 'vol-1'),
  thing('access-key', 'AKIA1'),
  thing('user', 'ci-deploy'),
  thing('instance', 'i-1'),
];
export const open = { 'vol-1': 'bare', AKIA1: 'active', 'ci-deploy': 'allowed', 'i-1': 'connected' };

export function finding(uid = 'f-1', changes: Partial<Finding> & { modified?: string } = {}): Finding {
  const { modified = '2026-11-21T11:00:00.000Z', ...rest } = changes;
  return {
    class_uid: 2004,
    finding_info: {
      uid,
      title: 'A title',
      desc: '',
      type: 'Backdoor:EC2/C&CActivity.B',
      created_time: '2026-11-21T11:00:00.000Z',
      modified_time: modified,
    },
    metadata: { source: 'guardduty', product: 'GuardDuty', aws_owned: true },
    cloud: { account, region },
    severity: 'High',
    status: 'New',
    sample: false,
    entities: things,
    facts: {},
    tainted: [],
    ...rest,
  };
}

export const HOUR_MS = 60 * 60 * 1000;

export const propose = (action: string, target: string, params: Proposal['params'] = {}): Proposal => ({
  action,
  target,
  params,
});
/** Every action of the catalogue, in an order in which they must not be carried out. */
export const everything = [
  propose('isolate', 'e4'),
  propose('deny-user', 'e3'),
  propose('cut-key', 'e2'),
  propose('copy-disk', 'e1'),
];

export function verdict(
  changes: Partial<Verdict> & { untainted?: number; generation?: number } = {},
): EntryNamed<'verdict-reached'> {
  const { untainted = 1, generation = 1, ...rest } = changes;
  return {
    type: 'verdict-reached',
    generation,
    stage: 'investigate',
    analyst: 'rules',
    verdict: {
      disposition: 'true-positive',
      severity: 'High',
      confidence: 0.95,
      attack: [],
      summary: 'It is what it looks like.',
      claims: [],
      proposals: [],
      ...rest,
    },
    struck: 0,
    untainted,
    madeWith: {},
    next: 'plan',
  };
}

const playbook = { approvalHours: 4, leaseHours: 24, watchMinutes: 30, sweepMinutes: 0 } as Playbook;

/** An incident on its way through the response steps, over parts in memory and the real policy engine. */
export class World {
  now = new Date('2026-11-21T12:00:00.000Z');
  mode: Mode = 'act';
  sandbox = false;
  policy: PolicyEngine = policy;
  limits: Limits = limits;
  budgets: Budgets = memoryBudgets();
  actions: readonly Action[] = catalogue;
  /** What the health of the targets looks like, now and in every look. */
  signs: readonly Sign[] = [];
  gaps: readonly string[] = [];
  /** For how long what principals made is looked for; not at all, unless a test says so. */
  sweepMinutes = 0;
  /** What CloudFormation says of every target. */
  stack: StackAnswer = { status: 'none' };
  /** What the owner wrote of the account, and what tags AWS answers for an id. */
  environment: OwnEnvironment = ownedBy();
  tags: (id: string) => readonly Tag[] = () => [];
  readonly health: HealthProbe = {
    baseline: async () => ({ signs: this.signs, gaps: this.gaps }),
    look: async () => this.signs,
  };
  /** What principals made, whoever is asked about. */
  made: readonly Entity[] = [];
  readonly askedAbout: string[] = [];
  readonly footholds: FootholdProbe = {
    made: async (principals) => {
      this.askedAbout.push(...principals.map(({ id }) => id));
      return { found: this.made, gaps: this.gaps };
    },
  };
  /** Incidents whose execution was asked for. */
  readonly started: string[] = [];
  readonly workflow: Workflow = {
    start: async ({ incidentId }) => void this.started.push(incidentId),
  };
  readonly ledger = new MemoryLedger(() => this.tick());
  readonly resources: Resources;
  readonly pauses: number[] = [];
  /** Who holds which resource; a second holder is turned away. */
  readonly held = new Map<string, string>();
  readonly locks: Locks = {
    hold: async (resource, owner, work) => {
      if (this.held.has(resource)) throw new Error(`${resource} is being changed`);
      this.held.set(resource, owner);
      try {
        return await work();
      } finally {
        this.held.delete(resource);
      }
    },
  };
  private commands = 0;

  constructor(states: Readonly<Record<string, string>> = open) {
    this.resources = new Resources(states);
  }

  /** Every commit a second later than the one before it. */
  private tick(): Date {
    this.now = new Date(this.now.getTime() + 1000);
    return this.now;
  }

  /** Appends entries as another function would, each call under a command of its own. */
  async tell<C extends IncidentChain>(chain: C, ...entries: EntryOf<C>[]): Promise<Incident> {
    this.commands += 1;
    return this.ledger.append(INCIDENT, chain, `told#${this.commands}`, () => entries);
  }

  read(): Promise<Incident> {
    return this.ledger.read(INCIDENT);
  }

  /** A finding and a verdict that proposes something about it. */
  async investigated(proposals: readonly Proposal[] = everything, found = finding()): Promise<this> {
    await this.tell('fact', { type: 'finding-received', generation: 1, finding: found });
    await this.tell('fact', verdict({ proposals: [...proposals] }));
    return this;
  }

  planParts(ledger: Ledger = this.ledger): PlanParts {
    return {
      ledger,
      actions: this.actions,
      playbookFor: () => ({ ...playbook, sweepMinutes: this.sweepMinutes }),
      limits: this.limits,
      health: this.health,
      stacks: { keeping: async () => this.stack },
      environment: this.environment,
      tags: { tagsOf: async ({ id }) => this.tags(id) },
      accountOf: () => this.resources.asAccount(),
    };
  }

  decideParts(ledger: Ledger = this.ledger): DecideParts {
    const { actions, policy: engine, sandbox } = this;
    return {
      ledger,
      policy: engine,
      killSwitch: { read: async () => this.mode },
      sandbox,
      clock: () => this.now,
      familyOfAction: familiesOf(actions),
      budgets: this.budgets,
      limits: this.limits,
      playbookFor: () => playbook,
    };
  }

  remediateParts(family: Family = 'compute', ledger: Ledger = this.ledger): RemediateParts {
    const { actions, policy: engine, sandbox, locks } = this;
    return {
      ledger,
      policy: engine,
      killSwitch: { read: async () => this.mode },
      locks,
      sandbox,
      clock: () => this.now,
      pause: async (milliseconds) => void this.pauses.push(milliseconds),
      actions: actions.filter((action) => action.family === family),
      familyOfAction: familiesOf(actions),
      budgets: this.budgets,
      limits: this.limits,
      assume: async () => this.resources.asAccount(),
    };
  }

  plan(): Promise<Step> {
    return plan(INCIDENT, this.planParts());
  }

  decide(): Promise<Step> {
    return decideExecution(INCIDENT, this.decideParts());
  }

  decideLease(): Promise<Step> {
    return decideLease(INCIDENT, this.decideParts());
  }

  watchParts(ledger: Ledger = this.ledger): WatchHealthParts {
    const { health, footholds, workflow } = this;
    return { ledger, health, footholds, workflow, clock: () => this.now };
  }

  watch(): Promise<Step> {
    return watchHealth(INCIDENT, this.watchParts());
  }

  close(): Promise<Incident> {
    const { ledger, policy: engine, mode, sandbox } = this;
    return close(INCIDENT, { ledger, policy: engine, killSwitch: { read: async () => mode }, sandbox });
  }

  remediate(family: Family = 'compute'): Promise<Step> {
    return remediate(INCIDENT, this.remediateParts(family));
  }

  /** The remediating functions in turn, as the state machine calls them, until it goes elsewhere. */
  async remediateAll(): Promise<Step> {
    let next = (await this.remediate()).next;
    let last: Step = { next, timeoutSeconds: 0 };
    for (let calls = 0; calls < 20 && next.startsWith('remediate'); calls += 1) {
      last = await this.remediate(next.replace('remediate-', '') as Family);
      next = last.next;
    }
    return last;
  }

  async vote(
    purpose: 'execute' | 'rollback' = 'execute',
    approver = 'lena',
    roles: ApproverRole[] = ['lead'],
  ): Promise<Incident> {
    const { plan: planned, generation } = await this.read();
    const manifestHash = planned?.manifestHash ?? '';
    const said = { generation, manifestHash, approver, roles, channel: 'page' as const, reason: '' };
    return this.tell('decision', { type: 'approval-given', purpose, ...said });
  }

  async deny(): Promise<Incident> {
    const { plan: planned, generation } = await this.read();
    const manifestHash = planned?.manifestHash ?? '';
    const said = { generation, manifestHash, approver: 'lena', channel: 'page' as const };
    return this.tell('decision', { type: 'approval-denied', ...said, reason: 'a drill' });
  }

  /** For so many hours from now, or for good. */
  async renew(hours: number | null): Promise<Incident> {
    const { plan: planned, generation } = await this.read();
    const manifestHash = planned?.manifestHash ?? '';
    const said = { generation, manifestHash, approver: 'olga', channel: 'cli' as const };
    const leaseEndsAt = hours === null ? null : new Date(this.now.getTime() + hours * HOUR_MS).toISOString();
    return this.tell('decision', {
      type: 'lease-renewed',
      ...said,
      roles: ['owner'],
      reason: 'still looking',
      leaseEndsAt,
    });
  }

  async ask(): Promise<Incident> {
    const { plan: planned, generation } = await this.read();
    return this.tell('decision', {
      type: 'approval-requested',
      generation,
      manifestHash: planned?.manifestHash ?? '',
      approvers: ['lena'],
      channels: ['mail'],
      expiresAt: '2026-11-21T16:00:00.000Z',
    });
  }

  /** Planned, approved by a lead and decided on: ready for remediation. */
  async approved(proposals: readonly Proposal[] = everything): Promise<this> {
    await this.investigated(proposals);
    await this.plan();
    await this.vote();
    await this.decide();
    return this;
  }

  /** Carried out and under its lease. */
  async contained(proposals: readonly Proposal[] = everything): Promise<this> {
    await this.approved(proposals);
    await this.remediateAll();
    return this;
  }

  /** What the effect chain holds, as `type action direction`. */
  async effects(): Promise<string[]> {
    const { timeline } = await this.read();
    return timeline.flatMap(({ entry }) =>
      'actionId' in entry ? [`${entry.type} ${entry.actionId} ${entry.direction}`] : [],
    );
  }

  states(): Record<string, string> {
    return Object.fromEntries(this.resources.states);
  }
}

/** The entries of one type, in order. */
export function entries<T extends EntryOf<IncidentChain>['type']>(
  { timeline }: Incident,
  type: T,
): EntryNamed<T>[] {
  return timeline.map(({ entry }) => entry).filter((entry): entry is EntryNamed<T> => entry.type === type);
}

function familiesOf(actions: readonly Action[]): FamilyOfAction {
  return new Map(actions.map(({ id, family }) => [id, family]));
}

/** One day's budgets. */
export function memoryBudgets(): Budgets {
  const uses = new Map<string, string[]>();
  const usesOf = ({ account, action }: { account: string; action: string }) => {
    const key = `${account} ${action}`;
    uses.set(key, uses.get(key) ?? []);
    return uses.get(key) ?? [];
  };
  return {
    uses: async (budget) => [...usesOf(budget)],
    async take(budget, use, most) {
      const taken = usesOf(budget);
      if (!taken.includes(use) && taken.length >= most) return false;
      if (!taken.includes(use)) taken.push(use);
      return true;
    },
  };
}
