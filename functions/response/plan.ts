import * as z from 'zod';
import type { Account, Action, AwsCommandClass, Planned } from '../core/account.ts';
import { boundedText } from '../core/bounded.ts';
import { asDenial } from '../core/denial.ts';
import type { EntryNamed, PlanRefusal } from '../core/entry.ts';
import { NotPlannableError } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import { isListed, type Limits } from '../core/limits.ts';
import {
  type Consequence,
  type Manifest,
  manifestHash,
  type PlannedAction,
  type Target,
} from '../core/plan.ts';
import type { Playbook } from '../core/playbook.ts';
import type { HealthProbe, Ledger } from '../core/ports.ts';
import type { Proposal } from '../core/verdict.ts';
import { type Step, step } from './step.ts';

export interface PlanParts {
  readonly ledger: Ledger;
  readonly actions: readonly Action[];
  readonly playbookFor: (incident: Incident) => Playbook;
  readonly limits: Limits;
  readonly health: Pick<HealthProbe, 'baseline'>;
  /** The read-only view of an account for one action's declared operations, on behalf of an incident. */
  readonly accountOf: (
    target: Target,
    reads: readonly AwsCommandClass[],
    incident: string,
  ) => Account<readonly AwsCommandClass[]>;
}

/** Evidence is kept before credentials are cut, and those before the network (reference: order of response). */
const ORDER = ['evidence', 'credentials', 'network'] as const;

/** What one entry of the ledger holds of each (functions/core/entry.ts). */
const MOST_SIGNS = 200;
const MOST_GAPS = 20;

interface Drafted {
  readonly action: Action;
  readonly target: Target;
  readonly params: Proposal['params'];
  readonly planned: Planned;
}

type Draft = Drafted | { readonly refused: PlanRefusal };

/** Turns the verdict's proposals into an exact manifest, read from the account as it stands. */
export async function plan(incidentId: string, parts: PlanParts): Promise<Step> {
  const incident = await parts.ledger.read(incidentId);
  // What makes a plan old: another finding, or a state that was no longer what had been planned for.
  const news = ['finding-received', 'effect-refused'];
  const round = incident.timeline.filter(({ entry }) => news.includes(entry.type)).length;
  const commandId = `plan#${incident.generation}#${round}`;
  const after = await parts.ledger.append(incident, 'fact', commandId, async (state) => {
    const planned = await draft(state, parts);
    return planned.type === 'plan-proposed' ? [planned, ...(await health(planned, state, parts))] : [planned];
  });
  return nextStep(after);
}

function nextStep(incident: Incident): Step {
  const last = incident.timeline.findLast(
    ({ entry }) => entry.type === 'plan-proposed' || entry.type === 'nothing-planned',
  );
  return step(last?.entry.type === 'nothing-planned' ? last.entry.next : 'decide');
}

/** How what the plan touches is doing before anything is done. Nothing where nothing of it is measured at all. */
async function health(
  { generation, manifest, manifestHash: hash }: EntryNamed<'plan-proposed'>,
  incident: Incident,
  parts: PlanParts,
): Promise<EntryNamed<'health-measured'>[]> {
  const watchSeconds = Math.round(parts.playbookFor(incident).watchMinutes * 60);
  if (watchSeconds === 0) return [];
  const { signs, gaps } = await parts.health.baseline(
    manifest.actions.map(({ target }) => target),
    incident.id,
  );
  if (signs.length === 0 && gaps.length === 0) return [];
  return [
    {
      type: 'health-measured',
      generation,
      manifestHash: hash,
      watchSeconds,
      signs: signs.slice(0, MOST_SIGNS),
      gaps: gaps.slice(0, MOST_GAPS),
    },
  ];
}

type PlanEntry = EntryNamed<'plan-proposed'> | EntryNamed<'nothing-planned'>;

async function draft(incident: Incident, parts: PlanParts): Promise<PlanEntry> {
  const { generation } = incident;
  const verdict = incident.verdict?.verdict;
  const nothing = (reason: string, next: 'close' | 'escalate'): PlanEntry => ({
    type: 'nothing-planned',
    generation,
    reason,
    next,
  });
  if (!verdict) return nothing('no verdict was reached', 'escalate');
  if (verdict.disposition === 'benign' || verdict.disposition === 'false-positive')
    return nothing(`${verdict.disposition}: ${verdict.summary}`, 'close');
  if (verdict.proposals.length === 0)
    return nothing(`no action was proposed: ${verdict.summary}`, 'escalate');

  const drafts = await Promise.all(verdict.proposals.map((proposal) => draftOne(proposal, incident, parts)));
  const drafted = distinct(drafts.filter((one): one is Drafted => 'planned' in one));
  const refused = drafts.flatMap((one) => ('refused' in one ? [one.refused] : []));
  if (drafted.length === 0)
    return nothing(`nothing can be done: ${refused.map(({ message }) => message).join('; ')}`, 'escalate');
  return { ...propose(incident, drafted, parts), ...(refused.length > 0 ? { refused } : {}) };
}

async function draftOne(
  { action: id, target: handle, params }: Proposal,
  incident: Incident,
  parts: PlanParts,
): Promise<Draft> {
  const refuse = (error: string, message: string, on = handle): Draft => ({
    refused: {
      action: boundedText(id, 128),
      target: boundedText(on, 256),
      error,
      message: boundedText(message, 1000),
    },
  });
  const action = parts.actions.find((one) => one.id === id);
  const entity = incident.entities.find((one) => one.handle === handle);
  if (!action || !entity)
    return refuse('UnknownProposal', `${id} on ${handle} is not in the catalogue and the incident`);
  if (entity.trust === 'claimed')
    return refuse('ClaimedTarget', `${handle} is only claimed, and a claim cannot choose a target`);
  if (!action.targets.includes(entity.kind))
    return refuse('WrongKind', `${id} cannot act on a ${entity.kind}`, entity.id);
  const checked = action.params.safeParse(params);
  if (!checked.success)
    return refuse(
      'InvalidParameters',
      `parameters of ${id} on ${handle}: ${z.prettifyError(checked.error)}`,
      entity.id,
    );
  const { kind, id: name, arn, account, region, trust } = entity;
  const target: Target = { handle, kind, id: name, ...(arn ? { arn } : {}), account, region, trust };
  try {
    const reader = parts.accountOf(target, action.reads, incident.id);
    const planned = await action.plan(target, checked.data, reader);
    const observed: Target = { ...target, ...planned.observed, trust: 'observed' };
    return { action, target: observed, params: checked.data, planned };
  } catch (error) {
    // What is gone or contained needs no containing; anything else that keeps an action from being planned is for a person to see.
    const reason = asDenial(error, `${kind} ${name}`);
    if (reason instanceof NotPlannableError) return refuse(reason.name, reason.message, name);
    throw error;
  }
}

/** One action on one thing once: a second one would find its state changed by the first, and stop the plan. */
function distinct(drafted: readonly Drafted[]): Drafted[] {
  const byTarget = new Map<string, Drafted>();
  for (const one of drafted) {
    const { kind, account, region, id } = one.target;
    const key = [one.action.id, kind, account, region, id].join(' ');
    if (!byTarget.has(key)) byTarget.set(key, one);
  }
  return [...byTarget.values()];
}

function propose(
  incident: Incident,
  drafted: readonly Drafted[],
  { playbookFor, limits }: PlanParts,
): EntryNamed<'plan-proposed'> {
  const ordered = drafted.toSorted((a, b) => ORDER.indexOf(a.action.order) - ORDER.indexOf(b.action.order));
  const blastRadius: Record<string, readonly Consequence[]> = {};
  const actions = ordered.map(({ action, target, params, planned }, index): PlannedAction => {
    const id = `a${index + 1}`;
    blastRadius[id] = planned.blastRadius;
    const { before, expected, change, undo, cannotRestore, protectedTarget } = planned;
    return {
      id,
      action: action.id,
      target,
      params,
      danger: action.danger,
      ...(action.undoing ? { undoing: action.undoing } : {}),
      protectedTarget: protectedTarget || isListed(target, limits),
      before,
      expected,
      change,
      undo,
      cannotRestore: [...cannotRestore],
    };
  });
  const manifest: Manifest = {
    version: 1,
    incident: incident.id,
    generation: incident.generation,
    actions,
    leaseSeconds: Math.round(playbookFor(incident).leaseHours * 3600),
  };
  return {
    type: 'plan-proposed',
    generation: incident.generation,
    manifest,
    manifestHash: manifestHash(manifest),
    blastRadius: Object.fromEntries(Object.entries(blastRadius).map(([id, all]) => [id, [...all]])),
  };
}
