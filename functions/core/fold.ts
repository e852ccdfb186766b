import type { ChainCommit, Heads } from './commit.ts';
import {
  type Entity,
  entityKey,
  type HandledEntity,
  isBroughtIn,
  type Made,
  MOST_CALLS,
  Trust,
} from './entity.ts';
import type { EntryNamed, EntryOf, IncidentChain } from './entry.ts';
import { LedgerCorruptError } from './errors.ts';
import {
  type Effect,
  type EffectEntry,
  emptyIncident,
  type Incident,
  type IncidentStatus,
  isDecided,
  isOpen,
  sameEffect,
} from './incident.ts';

export type IncidentCommits = { readonly [C in IncidentChain]: readonly ChainCommit<C>[] };
type AnyCommit = ChainCommit<IncidentChain> & { readonly chain: IncidentChain };

/** Folds three verified chains into the incident. Throws LedgerCorruptError when no order satisfies what each commit saw. */
export function foldIncident(id: string, commits: IncidentCommits): Incident {
  return inOrder(id, commits).reduce(applyCommit, emptyIncident(id));
}

/** The incident after one more commit, whose writer had seen all of it. */
export function withCommit<C extends IncidentChain>(
  incident: Incident,
  chain: C,
  commit: ChainCommit<C>,
): Incident {
  return applyCommit(incident, { ...commit, chain } as AnyCommit);
}

/** The order in which commits saw each other: facts before decisions before effects where they saw nothing of one another. */
function inOrder(id: string, commits: IncidentCommits): AnyCommit[] {
  const chains: IncidentChain[] = ['fact', 'decision', 'effect'];
  const at: Heads = { fact: 0, decision: 0, effect: 0 };
  const ordered: AnyCommit[] = [];
  const total = commits.fact.length + commits.decision.length + commits.effect.length;
  while (ordered.length < total) {
    const chain = chains.find((name) => {
      const next = commits[name][at[name]];
      return next !== undefined && chains.every((other) => other === name || next.seen[other] <= at[other]);
    });
    const next = chain && commits[chain][at[chain]];
    if (!chain || !next)
      throw new LedgerCorruptError(id, 'a commit names one that is missing: a chain was cut short');
    ordered.push({ ...next, chain } as AnyCommit);
    at[chain] += 1;
  }
  return ordered;
}

function applyCommit(incident: Incident, commit: AnyCommit): Incident {
  const seen: Incident = {
    ...incident,
    heads: { ...incident.heads, [commit.chain]: commit.sequence },
    hashes: { ...incident.hashes, [commit.chain]: commit.hash },
    commands: new Set(incident.commands).add(commit.commandId),
    timeline: [
      ...incident.timeline,
      ...commit.entries.map((entry) => ({
        entry,
        chain: commit.chain,
        sequence: commit.sequence,
        at: commit.at,
        by: commit.by,
      })),
    ],
  };
  return commit.entries.reduce((state, entry) => applyEntry(state, entry, commit.at), seen);
}

function applyEntry(incident: Incident, entry: EntryOf<IncidentChain>, at: string): Incident {
  switch (entry.type) {
    case 'finding-received':
      return receive(incident, entry);
    case 'merged-into':
      return merge(incident, entry);
    case 'tool-called':
      return {
        ...incident,
        evidence: [...incident.evidence, entry.evidence],
        entities: handled([...incident.entities, ...(entry.evidence.found ?? [])]),
      };
    case 'evidence-preserved':
    case 'evidence-unavailable':
      return { ...incident, custody: [...incident.custody, entry] };
    case 'verdict-reached':
      return { ...incident, verdict: entry };
    case 'plan-proposed':
      return propose(incident, entry);
    case 'decision-made':
      return entry.purpose === 'dismiss' ? incident : decide(unmerged(incident), entry);
    case 'approval-requested':
      return { ...unmerged(incident), request: entry, status: 'awaiting-approval' };
    case 'approval-given':
      return approve(unmerged(incident), entry);
    case 'approval-denied':
      return { ...unmerged(incident), denial: entry, status: resumed(incident) };
    case 'intent-recorded':
      return withEffect({ ...unmerged(incident), status: 'working' }, entry, { intentAt: at });
    case 'effect-finished':
      return withEffect(incident, entry, { finished: entry.outcome });
    case 'effect-verified':
      return withEffect(incident, entry, { verified: entry.verified });
    case 'containment-held':
      return { ...incident, status: 'contained', leaseEndsAt: entry.leaseEndsAt };
    case 'incident-closed':
      return { ...incident, status: 'closed', ending: { how: 'closed', reason: entry.reason } };
    case 'incident-escalated':
      return { ...incident, status: 'escalated', ending: { how: 'escalated', reason: entry.reason } };
    case 'lease-renewed':
      return renew(incident, entry);
    case 'lease-ended':
      return { ...incident, status: 'working' };
    case 'incident-linked':
    case 'model-turn':
    case 'nothing-planned':
    case 'health-measured':
    case 'health-observed':
    case 'footholds-found':
    case 'rollback-offered':
    case 'effect-refused':
    case 'lease-reminded':
      return incident;
  }
}

/** A decision by a person sends a waiting incident on its way; it does not move one that is contained. */
function resumed({ status }: Incident): IncidentStatus {
  return status === 'awaiting-approval' || status === 'merged' ? 'working' : status;
}

function approve(incident: Incident, entry: EntryNamed<'approval-given'>): Incident {
  return { ...incident, approvals: [...incident.approvals, entry], status: resumed(incident) };
}

/** What is decided on, or has ended, stays an incident of its own. */
function merge(incident: Incident, entry: EntryNamed<'merged-into'>): Incident {
  if (isDecided(incident) || !isOpen(incident)) return incident;
  return { ...incident, status: 'merged', mergedInto: entry.incident };
}

/**
 * A decision that did not see the merge stands, and the two incidents are only linked. Facts go first where two commits
 * saw nothing of each other, so that it comes to the same whichever was written first.
 */
function unmerged(incident: Incident): Incident {
  const { mergedInto: _, ...own } = incident;
  return incident.status === 'merged' ? { ...own, status: 'working' } : incident;
}

/** Who was asked already goes on being waited for when one answer was not enough. */
function decide(incident: Incident, entry: EntryNamed<'decision-made'>): Incident {
  if (entry.purpose !== 'execute') return incident;
  const waits = entry.decision.outcome === 'needs-approval' && incident.request !== undefined;
  return { ...incident, decision: entry, status: waits ? 'awaiting-approval' : incident.status };
}

function receive(incident: Incident, { finding, generation }: EntryNamed<'finding-received'>): Incident {
  const earlier = incident.findings.filter((known) => known.finding_info.uid !== finding.finding_info.uid);
  const reopened = generation > incident.generation;
  return {
    ...(reopened ? reopen(incident) : incident),
    generation,
    status: reopened ? 'working' : incident.status,
    findings: [...earlier, finding],
    entities: handled([...incident.entities, ...finding.entities]),
  };
}

/** What people and policy said belongs to the generation that they said it in. */
function reopen(incident: Incident): Incident {
  const { ending: _ending, decision: _decision, denial: _denial, request: _request, ...open } = incident;
  return { ...open, approvals: [] };
}

/** Handles in the order of first mention. */
function handled(entities: readonly Entity[]): HandledEntity[] {
  const byKey = new Map<string, HandledEntity>();
  for (const entity of entities) {
    const key = entityKey(entity);
    const known = byKey.get(key);
    byKey.set(key, known ? { ...merged(known, entity), handle: known.handle } : newlyHandled(entity, byKey));
  }
  return [...byKey.values()];
}

function newlyHandled(entity: Entity, { size }: ReadonlyMap<string, HandledEntity>): HandledEntity {
  return { ...entity, handle: `e${size + 1}` };
}

/** A later, better-trusted mention upgrades what is known, never the reverse. What was made of it adds up. */
function merged(known: Entity, later: Entity): Entity {
  const better = isBroughtIn(known) && isVouchedMore(later, known) ? later : known;
  const made = withCalls(known.made, later.made);
  return made ? { ...better, made } : better;
}

function isVouchedMore(later: Entity, known: Entity): boolean {
  return Trust.options.indexOf(later.trust) < Trust.options.indexOf(known.trust);
}

/** Two principals may have been asked about the same call. */
function withCalls(known: Made | undefined, later: Made | undefined): Made | undefined {
  if (!known || !later) return known ?? later;
  const calls = new Map([...known.calls, ...later.calls].map((one) => [one.event, one]));
  return { by: known.by, calls: [...calls.values()].slice(0, MOST_CALLS) };
}

/** Approvals stand only while the manifest's hash does. */
function propose(incident: Incident, plan: EntryNamed<'plan-proposed'>): Incident {
  if (incident.plan?.manifestHash === plan.manifestHash) return { ...incident, plan };
  const { leaseEndsAt: _leaseEndsAt, ...undecided } = reopen(incident);
  return { ...undecided, plan };
}

/** For good when the entry names no end. */
function renew(incident: Incident, { leaseEndsAt, manifestHash }: EntryNamed<'lease-renewed'>): Incident {
  if (manifestHash !== incident.plan?.manifestHash) return incident;
  const { leaseEndsAt: _ended, ...kept } = incident;
  return leaseEndsAt === null ? kept : { ...kept, leaseEndsAt };
}

function withEffect(incident: Incident, entry: EffectEntry, change: Partial<Effect>): Incident {
  const same = (effect: Effect) => sameEffect(effect, entry);
  const known = incident.effects.find(same);
  const { manifestHash, actionId, direction } = entry;
  const effect: Effect = { manifestHash, actionId, direction, intentAt: '', ...known, ...change };
  return {
    ...incident,
    effects: known
      ? incident.effects.map((one) => (same(one) ? effect : one))
      : [...incident.effects, effect],
  };
}
