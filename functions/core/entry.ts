import * as z from 'zod';
import { ApproverRole, Decision, Mode } from './decision.ts';
import { Entity } from './entity.ts';
import { KeptFile, SIGNING_ALGORITHM, Unavailable } from './evidence-bundle.ts';
import { Occasion } from './exhibit.ts';
import { Finding } from './finding.ts';
import { Regression, Sign } from './health.ts';
import { OwnersKnowledge } from './owners-knowledge.ts';
import { Consequence, Manifest, State } from './plan.ts';
import { Verdict } from './verdict.ts';

export const Hash = z.string().regex(/^[0-9a-f]{64}$/);
export const Stage = z.enum(['triage', 'investigate']);
export type Stage = z.infer<typeof Stage>;

/** The result of one tool call, content-addressed, with its provenance. */
export const Evidence = z.strictObject({
  id: z.string().regex(/^ev-[0-9a-f]{12}$/),
  tool: z.string(),
  target: z.string(),
  /** `found`: output holds the answer; `not-found` and `failed` carry only a reason. */
  status: z.enum(['found', 'not-found', 'failed']),
  output: State,
  /** JSON pointers (with `*` for array indices) of the strings that an attacker may have written. */
  tainted: z.array(z.string()),
  truncated: z.boolean(),
  /** What it found beside its target: entities of the incident from then on. */
  found: z.array(Entity).max(20).optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** Tokens as the model's provider counted them, and what they cost. Rules count zero. */
export const Usage = z.strictObject({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  cacheReadTokens: z.number().int().nonnegative(),
  cacheWriteTokens: z.number().int().nonnegative(),
  usd: z.number().nonnegative(),
});
export type Usage = z.infer<typeof Usage>;

export const ToolUse = z.strictObject({ id: z.string(), tool: z.string(), input: State });
export type ToolUse = z.infer<typeof ToolUse>;

const IncidentId = z.string().regex(/^INC-[0-9A-Z]{16}$/);
const findingReceived = z.strictObject({
  type: z.literal('finding-received'),
  generation: z.number().int().positive(),
  finding: Finding,
  /** When its event was sent: what people change in Security Hub leaves the finding's own time as it was. */
  sentAt: z.iso.datetime().exactOptional(),
});
/** Another incident that this one has to do with. */
const incidentLinked = z.strictObject({
  type: z.literal('incident-linked'),
  generation: z.number().int().positive(),
  incident: IncidentId,
  /**
   * `took-in`: the other was merged into this one. `beside`: a finding is about both, and each goes its way.
   * `supplements`: this one answers what came in after the other's plan was fixed, `supplemented-by` is the other side.
   */
  how: z.enum(['took-in', 'beside', 'supplements', 'supplemented-by']),
});
/** This incident goes on as the other one, which has every finding of it. */
const mergedInto = z.strictObject({
  type: z.literal('merged-into'),
  generation: z.number().int().positive(),
  incident: IncidentId,
});
const modelTurn = z.strictObject({
  type: z.literal('model-turn'),
  generation: z.number().int().positive(),
  stage: Stage,
  turn: z.number().int().positive(),
  model: z.string(),
  /** What exactly the model was asked (functions/analyst/think.ts, `inputDigest`). */
  inputDigest: Hash,
  text: z.string(),
  toolUses: z.array(ToolUse),
  usage: Usage,
  latencyMs: z.number().nonnegative(),
  stopReason: z.string(),
});
const toolCalled = z.strictObject({
  type: z.literal('tool-called'),
  generation: z.number().int().positive(),
  stage: Stage,
  turn: z.number().int().positive(),
  toolUseId: z.string(),
  evidence: Evidence,
});
const verdictReached = z.strictObject({
  type: z.literal('verdict-reached'),
  generation: z.number().int().positive(),
  stage: Stage,
  analyst: z.string(),
  verdict: Verdict,
  /** Claims that were struck because their citation does not hold what they say. */
  struck: z.number().int().nonnegative(),
  /** Claims that rest on at least one value that no attacker can write. */
  untainted: z.number().int().nonnegative(),
  /** What was decided with: playbook, prompts and model, as content hashes and ids. */
  madeWith: z.record(z.string(), z.string()),
  next: z.enum(['investigate', 'plan', 'close']),
});
/** What was proposed and could not be planned: `error` is the name of its class, `message` says what to do. */
const PlanRefusal = z.strictObject({
  action: z.string().max(128),
  target: z.string().max(256),
  error: z.string().max(128),
  message: z.string().max(1000),
});
export type PlanRefusal = z.infer<typeof PlanRefusal>;
const planProposed = z.strictObject({
  type: z.literal('plan-proposed'),
  generation: z.number().int().positive(),
  manifest: Manifest,
  manifestHash: Hash,
  /** Per action of the manifest, by its id. Measured at plan time; not part of what is approved. */
  blastRadius: z.record(z.string(), z.array(Consequence)),
  /** For how long after the containment what the plan's principals made is looked for. */
  sweepSeconds: z.number().nonnegative().optional(),
  /** Proposed, and not in the manifest. Absent in plans of before this was kept. */
  refused: z.array(PlanRefusal).max(12).exactOptional(),
  /** What the owner knows of it, for people; absent where that is nothing. */
  known: OwnersKnowledge.exactOptional(),
});
/** How what the plan touches was doing before anything was done, in the same commit as the plan. */
const healthMeasured = z.strictObject({
  type: z.literal('health-measured'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  /** For how long after the containment these signs are looked at again. */
  watchSeconds: z.number().nonnegative(),
  signs: z.array(Sign).max(200),
  /** What could not be looked for, and why. */
  gaps: z.array(z.string().max(300)).max(20),
});
/** One look during the watch that follows a containment. */
const healthObserved = z.strictObject({
  type: z.literal('health-observed'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  /** Which of the looks it is, from 1; one that was missed is not made up for. */
  look: z.number().int().positive(),
  signs: z.array(Sign).max(200),
  regressions: z.array(Regression).max(200),
});
/** Ways back in that stand after a containment, though the principals that made them are cut off. */
const footholdsFound = z.strictObject({
  type: z.literal('footholds-found'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  /** Which of the looks it is, from 1; one that was missed is not made up for. */
  look: z.number().int().positive(),
  found: z.array(Entity).max(20),
  /** What could not be read, and that there is more. */
  gaps: z.array(z.string().max(300)).max(20),
});
const nothingPlanned = z.strictObject({
  type: z.literal('nothing-planned'),
  generation: z.number().int().positive(),
  reason: z.string(),
  next: z.enum(['close', 'escalate']),
  known: OwnersKnowledge.exactOptional(),
});
/** The chain of custody: what was kept, under which hashes, signed with which key, by whom; when is in the commit. */
const evidencePreserved = z.strictObject({
  type: z.literal('evidence-preserved'),
  generation: z.number().int().positive(),
  occasion: Occasion,
  /** The hash of the plan before or after whose changes it was kept. */
  plan: Hash,
  /** The S3 URI of the bundle's folder. */
  bundle: z.string(),
  /** SHA-256 of the bytes of `manifest.json`, which the signature is over. */
  manifestSha256: Hash,
  signingKey: z.string(),
  signingAlgorithm: z.literal(SIGNING_ALGORITHM),
  custodian: z.string(),
  files: z.array(KeptFile),
  unavailable: z.array(Unavailable),
});
const evidenceUnavailable = z.strictObject({
  type: z.literal('evidence-unavailable'),
  generation: z.number().int().positive(),
  occasion: Occasion,
  plan: Hash,
  reason: z.string().max(600),
});

const decisionMade = z.strictObject({
  type: z.literal('decision-made'),
  generation: z.number().int().positive(),
  purpose: z.enum(['execute', 'rollback', 'dismiss']),
  /** The manifest that it is about; for a dismissal, the digest of the verdict. */
  subject: Hash,
  decision: Decision,
  mode: Mode,
  approvers: z.array(z.string()),
  policyDigest: Hash,
});
const approvalRequested = z.strictObject({
  type: z.literal('approval-requested'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  approvers: z.array(z.string()),
  channels: z.array(z.enum(['mail', 'slack'])),
  expiresAt: z.iso.datetime(),
});
const approvalGiven = z.strictObject({
  type: z.literal('approval-given'),
  generation: z.number().int().positive(),
  purpose: z.enum(['execute', 'rollback']),
  manifestHash: Hash,
  approver: z.string(),
  roles: z.array(ApproverRole),
  channel: z.enum(['page', 'cli']),
  reason: z.string().max(1000),
});
const approvalDenied = z.strictObject({
  type: z.literal('approval-denied'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  approver: z.string(),
  channel: z.enum(['page', 'cli']),
  reason: z.string().min(1).max(1000),
});
const leaseEnded = z.strictObject({
  type: z.literal('lease-ended'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
});
/** Shortly before the end of a lease, once for each end that it is given. */
const leaseReminded = z.strictObject({
  type: z.literal('lease-reminded'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  leaseEndsAt: z.iso.datetime(),
});
/** A person keeps what is contained: until then, or for good. */
const leaseRenewed = z.strictObject({
  type: z.literal('lease-renewed'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  approver: z.string(),
  roles: z.array(ApproverRole),
  channel: z.enum(['page', 'cli']),
  reason: z.string().min(1).max(1000),
  leaseEndsAt: z.iso.datetime().nullable(),
});
/** Health got worse after the change, and policy does not let it be undone alone: people are told, once for each set. */
const rollbackOffered = z.strictObject({
  type: z.literal('rollback-offered'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  regressions: z.array(Regression).min(1).max(200),
});
const incidentClosed = z.strictObject({
  type: z.literal('incident-closed'),
  generation: z.number().int().positive(),
  reason: z.string(),
});
const incidentEscalated = z.strictObject({
  type: z.literal('incident-escalated'),
  generation: z.number().int().positive(),
  reason: z.string(),
});

const effectBase = {
  generation: z.number().int().positive(),
  manifestHash: Hash,
  actionId: z.string(),
  direction: z.enum(['execute', 'rollback']),
};
const intentRecorded = z.strictObject({
  type: z.literal('intent-recorded'),
  ...effectBase,
  action: z.string(),
  decision: Hash,
});
const effectFinished = z.strictObject({
  type: z.literal('effect-finished'),
  ...effectBase,
  outcome: z.discriminatedUnion('status', [
    z.strictObject({ status: z.literal('done') }),
    z.strictObject({ status: z.literal('failed'), error: z.string(), message: z.string() }),
  ]),
});
const effectVerified = z.strictObject({
  type: z.literal('effect-verified'),
  ...effectBase,
  verified: z.boolean(),
  observed: z.string(),
});
/** The world moved, or power was taken away, before anything was done. */
const effectRefused = z.strictObject({
  type: z.literal('effect-refused'),
  ...effectBase,
  cause: z.enum(['stale', 'mode', 'policy', 'hash', 'locked']),
  message: z.string(),
});
const containmentHeld = z.strictObject({
  type: z.literal('containment-held'),
  generation: z.number().int().positive(),
  manifestHash: Hash,
  leaseEndsAt: z.iso.datetime(),
});

const modeChanged = z.strictObject({
  type: z.literal('mode-changed'),
  from: Mode,
  to: Mode,
  by: z.string(),
  reason: z.string().max(1000),
});
const findingRejected = z.strictObject({
  type: z.literal('finding-rejected'),
  eventId: z.string(),
  reason: z.string(),
  bodyDigest: Hash,
});
/** A finding that needs no answer, whole, and by whose rule: `digest` is that of the rule as it read then. */
const findingSuppressed = z.strictObject({
  type: z.literal('finding-suppressed'),
  eventId: z.string(),
  rule: z.strictObject({ id: z.string(), owner: z.string(), expires: z.iso.date(), digest: Hash }),
  finding: Finding,
});

/** What was made of the threat feeds' files, and what was not understood: names and examples are the publishers' text. */
const intelligenceCompiled = z.strictObject({
  type: z.literal('intelligence-compiled'),
  inputs: Hash,
  /** Of the compiled data. */
  sha256: Hash,
  rows: z.number().int().nonnegative(),
  /** Findings of our own that new indicators led to. */
  matches: z.number().int().nonnegative(),
  files: z.array(
    z.strictObject({
      feed: z.string().max(64),
      file: z.string().max(200),
      indicators: z.number().int().nonnegative(),
      notUnderstood: z.number().int().nonnegative(),
      examples: z.array(z.strictObject({ at: z.string().max(80), reason: z.string().max(200) })).max(10),
    }),
  ),
});
const feedStale = z.strictObject({
  type: z.literal('feed-stale'),
  feed: z.string(),
  newest: z.iso.datetime(),
  maxAgeDays: z.number().int().positive(),
});

/** The chains (design, section 8): who may write which entry is decided by the chain that it belongs to. */
export const chains = {
  fact: z.discriminatedUnion('type', [
    findingReceived,
    incidentLinked,
    mergedInto,
    modelTurn,
    toolCalled,
    verdictReached,
    planProposed,
    healthMeasured,
    healthObserved,
    footholdsFound,
    nothingPlanned,
    evidencePreserved,
    evidenceUnavailable,
  ]),
  decision: z.discriminatedUnion('type', [
    decisionMade,
    approvalRequested,
    approvalGiven,
    approvalDenied,
    leaseEnded,
    leaseReminded,
    leaseRenewed,
    rollbackOffered,
    incidentClosed,
    incidentEscalated,
  ]),
  effect: z.discriminatedUnion('type', [
    intentRecorded,
    effectFinished,
    effectVerified,
    effectRefused,
    containmentHeld,
  ]),
  system: z.discriminatedUnion('type', [modeChanged]),
  intake: z.discriminatedUnion('type', [findingRejected, findingSuppressed, intelligenceCompiled, feedStale]),
} as const;
export type Chain = keyof typeof chains;
export type EntryOf<C extends Chain> = z.infer<(typeof chains)[C]>;
export type IncidentChain = 'fact' | 'decision' | 'effect';
export const incidentChains: readonly IncidentChain[] = ['fact', 'decision', 'effect'];
export type Entry = EntryOf<Chain>;
export type EntryNamed<T extends Entry['type']> = Extract<Entry, { type: T }>;
