import type { Approver, ApproverRole, Decision, Mode } from './decision.ts';
import type { Entity, HandledEntity } from './entity.ts';
import type { EntryOf, Evidence, IncidentChain, Stage, ToolUse, Usage } from './entry.ts';
import type { FeedFile } from './feeds.ts';
import type { Finding, Severity } from './finding.ts';
import type { Sign } from './health.ts';
import type { Incident } from './incident.ts';
import type { StackAnswer } from './infrastructure-as-code.ts';
import type { Knowledge } from './intelligence.ts';
import type { Observable } from './observable.ts';
import type { Offer } from './offer.ts';
import type { Surroundings } from './own-environment.ts';
import type { PlannedAction, Target } from './plan.ts';
import type { Playbook } from './playbook.ts';
import type { Tag } from './reserved-tags.ts';
import type { Disposition } from './verdict.ts';

/** Time as an argument (habit 7). */
export type Clock = () => Date;

/** What the caller wants to append, decided from the incident as it stands; an empty list appends nothing. */
export type Decide<C extends IncidentChain> = (
  incident: Incident,
) => readonly EntryOf<C>[] | Promise<readonly EntryOf<C>[]>;

/** The append-only record. The only way in which anything becomes true. */
export interface Ledger {
  /** Folds the three chains, read consistently. An incident without commits folds to an empty one. */
  read(incident: string): Promise<Incident>;
  /**
   * Appends one commit. A command id that stands in the chain already is success and changes nothing; a lost race
   * folds and decides again. Returns the incident as it then stands. Whoever gives the incident that it has just read,
   * instead of its id, decides on that one first: only a commit that came in between, in the same chain, is noticed.
   */
  append<C extends IncidentChain>(
    incident: string | Incident,
    chain: C,
    commandId: string,
    decide: Decide<C>,
  ): Promise<Incident>;
  /** Appends to a chain that belongs to no incident. */
  appendOutside<C extends 'system' | 'intake'>(
    partition: string,
    commandId: string,
    entry: EntryOf<C>,
  ): Promise<void>;
}

/** By what a finding joins incidents. */
export interface JoinKeys {
  /** Who holds one of them is joined; where several do, they are linked. */
  readonly own: readonly string[];
  /** Taken where they are free. They link nothing, and lead a finding only where nothing else does. */
  readonly roles: readonly string[];
  /** Whether they lead at all: not where the finding names one of the many that may have the role. */
  readonly isLedByRoles: boolean;
}

/** Which incident an entity belongs to. No authority: losing it loses no fact. */
export interface Claims {
  /**
   * Claims the keys for the oldest incident that holds one of them, else for `proposed`, in sorted order. Answers that
   * incident, and then the others that hold one of the finding's own keys.
   */
  claim(keys: JoinKeys, proposed: string, until: Date): Promise<readonly [string, ...string[]]>;
  /** Gives what one incident holds of these keys to another. */
  move(keys: readonly string[], from: string, to: string, until: Date): Promise<void>;
  /** The incidents that hold one of the keys now, each once. Claims nothing. */
  holders(keys: readonly string[]): Promise<readonly string[]>;
}

/** Serialises effects on one resource. */
export interface Locks {
  /** Runs the work while the lock is held, or throws LockedError. The lock outlives the longest that the work may take. */
  hold<T>(resource: string, owner: string, work: () => Promise<T>): Promise<T>;
}

export interface KillSwitch {
  /** Strongly consistent. Absent means `observe`; unreadable means `off`; never throws. */
  read(): Promise<Mode>;
  write(mode: Mode): Promise<void>;
}

/** A task token or link that waits for somebody. */
export interface Doorbells {
  /**
   * Stores (or replaces) the token on which an execution waits. Encrypted at rest. Whoever hung it holds the token, and
   * can ring the bell itself when what it would wait for has happened already.
   */
  hang(incident: string, kind: 'approval' | 'lease', token: string): Promise<{ ring(): Promise<unknown> }>;
  /** Answers the waiting task with `{}` and forgets the token. A task that no longer waits is a normal outcome. */
  ring(incident: string, kind: 'approval' | 'lease'): Promise<'rung' | 'nobody-waits'>;
}

/** What a link leads to. Knowing the link is the right to look, never to decide. */
export interface ApprovalLink {
  readonly incident: string;
  readonly manifestHash: string;
  readonly approver: string;
  readonly expiresAt: string;
}
export interface Links {
  /** The same link for the same incident, manifest and approver, however often it is asked for. */
  issue(link: ApprovalLink): Promise<string>;
  find(secret: string): Promise<ApprovalLink | undefined>;
}

export interface Workflow {
  /** Starts the incident's execution; one that was started before with the same input is success. */
  start(input: {
    incidentId: string;
    generation: number;
    event: 'finding' | 'rollback' | 'look-again';
    attempt: number;
  }): Promise<void>;
}

/** A message to people, already rendered. */
export interface Message {
  readonly to: readonly Approver[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
export interface Mailer {
  send(message: Message): Promise<void>;
}
export interface Chat {
  post(message: { readonly text: string; readonly blocks: readonly unknown[] }): Promise<void>;
}

/** What the policy engine is asked (design, idea 3). Every field is typed and none holds free text. */
export interface PolicyQuestion {
  readonly purpose: 'execute' | 'rollback' | 'dismiss';
  readonly incident: string;
  readonly mode: Mode;
  readonly sandbox: boolean;
  readonly sample: boolean;
  readonly disposition: Disposition;
  readonly severity: Severity;
  readonly confidence: number;
  /** Claims that rest on what no attacker can write. */
  readonly untainted: number;
  /** A finding about the entity arrived after the plan was made (rollback), or after the verdict (dismiss). */
  readonly newerFinding: boolean;
  /** Absent for a dismissal. */
  readonly action?: PlannedAction;
  /** The largest consequence counted; null where something could not be measured. */
  readonly blastRadius?: number | null;
  /** Today's budget has a place for the action; absent counts as no. */
  readonly withinBudget?: boolean;
  /** A rollback for no other reason than that health got worse after the change. */
  readonly afterRegression?: boolean;
  /** The people behind the finding: they may not approve. */
  readonly subjects: readonly string[];
}
export interface Vote {
  readonly approver: string;
  readonly roles: readonly ApproverRole[];
}
export interface PolicyEngine {
  /** Digest over every policy and the schema. */
  readonly digest: string;
  /**
   * Decides on all of these at once, as on the actions of a plan: whoever is asked for satisfies every one. Says what
   * more is needed than these votes. Never throws: an error is `forbidden`.
   */
  decide(questions: readonly PolicyQuestion[], votes: readonly Vote[]): Decision;
}

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** What an analyst is told about the incident: structured for rules, rendered into text for a model. */
export interface Briefing {
  readonly incident: string;
  readonly stage: Stage;
  readonly playbook: Playbook;
  /** The actions that the playbook allows. */
  readonly offers: readonly Offer[];
  readonly environment: Surroundings;
  readonly findings: readonly Finding[];
  readonly entities: readonly HandledEntity[];
  readonly evidence: readonly Evidence[];
}

export interface Turn {
  readonly text: string;
  readonly toolUses: readonly ToolUse[];
  readonly results: readonly { readonly toolUseId: string; readonly content: string }[];
}

export interface ModelRequest {
  readonly system: string;
  readonly opening: string;
  readonly turns: readonly Turn[];
  readonly tools: readonly ToolSpec[];
  /** The tool that must be called now: the last turn forces the answer. */
  readonly force?: string;
  readonly maxOutputTokens: number;
  readonly briefing: Briefing;
}

export interface ModelReply {
  readonly text: string;
  readonly toolUses: readonly ToolUse[];
  readonly usage: Usage;
  readonly stopReason: string;
}

/** Places for the changes of one action in one account on one day (UTC). `use` names a change: the same one takes one place. */
export interface Budgets {
  uses(budget: { readonly account: string; readonly action: string }): Promise<readonly string[]>;
  /** Whether there was a place among the first `most`, or the change has one already. */
  take(
    budget: { readonly account: string; readonly action: string },
    use: string,
    most: number,
  ): Promise<boolean>;
}

/** Keeps files for good. A name that stands is success: every name holds the hash of what lies under it. */
export interface EvidenceVault {
  /** The URI of a folder. */
  uriOf(prefix: string): string;
  put(key: string, content: string | Uint8Array): Promise<void>;
}

/** Signs with a key that never leaves its keeper. */
export interface EvidenceSigner {
  /** The key's ARN. */
  readonly key: string;
  /** ECDSA on P-256 over the SHA-256 of the text, in DER. */
  sign(text: string): Promise<Uint8Array>;
}

/**
 * Reads how what a plan touches is doing. Never throws: what cannot be looked for is a gap, and what cannot be read is
 * a sign without a value.
 */
export interface HealthProbe {
  /** Everything by which the health of these targets can be told, as it is now. */
  baseline(
    targets: readonly Target[],
    incident: string,
  ): Promise<{ readonly signs: readonly Sign[]; readonly gaps: readonly string[] }>;
  /** The same signs again, after a change. */
  look(
    signs: readonly Sign[],
    when: { readonly measuredAt: Date; readonly changedAt: Date },
    incident: string,
  ): Promise<readonly Sign[]>;
}

/** Finds what principals made by which they, or whoever holds their credentials, can come back. */
export interface FootholdProbe {
  /** What they made in the last 24 h and is still there. Never throws: what cannot be read is a gap. */
  made(
    principals: readonly Target[],
    incident: string,
  ): Promise<{ readonly found: readonly Entity[]; readonly gaps: readonly string[] }>;
}

/** Reads a resource's tags back from AWS. Throws TagsUnreadableError for what has none, or is not read; AWS's errors pass. */
export interface TagProbe {
  tagsOf(resource: TaggedResource, incident: string): Promise<readonly Tag[]>;
}
export type TaggedResource = Pick<Entity, 'kind' | 'id' | 'account' | 'region'>;

/** Reads which stack of CloudFormation keeps a resource, and how the stack is. Never throws: what fails is unread. */
export interface StackProbe {
  keeping(target: Target, incident: string): Promise<StackAnswer>;
}

/** A language model, or the rules analyst. */
export interface Model {
  readonly id: string;
  converse(request: ModelRequest): Promise<ModelReply>;
}

/** What was seen of an entity before: from the projection, so it informs and never decides. */
export interface PastIncident {
  readonly incident: string;
  readonly status: string;
  readonly disposition: Disposition | 'none';
  readonly severity: Severity;
  readonly findingTypes: readonly string[];
  readonly openedAt: string;
}
export interface History {
  of(entityKey: string): Promise<readonly PastIncident[]>;
}

/** The files of the threat feeds, and what was compiled of them. */
export interface FeedStore {
  /** By feed and name. */
  files(): Promise<readonly FeedFile[]>;
  /** Throws where it was replaced since it was listed. */
  read(file: FeedFile): Promise<string>;
  /** The latest compiled file; undefined before the first. */
  compiled(): Promise<Uint8Array | undefined>;
  keep(compiled: Uint8Array): Promise<void>;
}

/** What threat feeds say. It is asked in memory: no question leaves the account. */
export interface Intelligence {
  /** Undefined while nothing was compiled. */
  about(observable: Observable): Promise<Knowledge | undefined>;
}

/** What was seen in the incidents of late: from the projection, so it informs and never decides. */
export interface Observations {
  /** Of each incident that changed since then, the addresses, domains and hashes as `parseObservable` reads them. */
  since(
    time: Date,
  ): Promise<readonly { readonly incident: string; readonly observables: readonly string[] }[]>;
}

/** The way of a finding of our own to an incident. */
export interface FindingQueue {
  send(finding: Finding): Promise<void>;
}
