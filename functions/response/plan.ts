import * as z from 'zod';
import type { Account, Action, AwsCommandClass, Planned } from '../core/account.ts';
import { boundedText } from '../core/bounded.ts';
import { asDenial } from '../core/denial.ts';
import { callsOf, entityKey, type HandledEntity, isAnswered, mayBeChanged } from '../core/entity.ts';
import type { EntryNamed, PlanRefusal } from '../core/entry.ts';
import { NotPlannableError } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import { withStack } from '../core/infrastructure-as-code.ts';
import { isListed, type Limits } from '../core/limits.ts';
import {
  type Consequence,
  type Manifest,
  manifestHash,
  type PlannedAction,
  type Target,
} from '../core/plan.ts';
import type { PlaybookTerms } from '../core/playbook.ts';
import type { HealthProbe, Ledger, StackProbe } from '../core/ports.ts';
import { isPrincipal } from '../core/sweep.ts';
import type { Proposal } from '../core/verdict.ts';
import { type Appraisal, type AppraiseParts, appraise, appraiseAll, knowledgeOf } from './appraise.ts';
import { type Step, step } from './step.ts';

export interface PlanParts extends AppraiseParts {
  readonly ledger: Ledger;
  readonly actions: readonly Action[];
  readonly playbookFor: (incident: Incident) => PlaybookTerms;
  readonly limits: Limits;
  readonly health: Pick<HealthProbe, 'baseline'>;
  readonly stacks: StackProbe;
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

type Appraised = Drafted & { readonly appraisal: Appraisal };
type Draft = Drafted | { readonly refused: PlanRefusal };

/** Turns the verdict's proposals into an exact manifest, read from the account as it stands. */
export async function plan(incidentId: string, parts: PlanParts): Promise<Step> {
  const incident = await parts.ledger.read(incidentId);
  if (incident.status === 'merged') return step('close');
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
  const nothing = async (reason: string): Promise<PlanEntry> => ({
    type: 'nothing-planned',
    generation,
    reason,
    next: 'escalate',
    ...knowledgeOf(incident, await appraiseAll(incident, parts), parts.environment),
  });
  if (!verdict) return nothing('no verdict was reached');
  if (verdict.disposition === 'benign' || verdict.disposition === 'false-positive') {
    const reason = `${verdict.disposition}: ${verdict.summary}`;
    return { type: 'nothing-planned', generation, reason, next: 'close' };
  }
  if (verdict.proposals.length === 0) return nothing(`no action was proposed: ${verdict.summary}`);

  const drafts = await Promise.all(verdict.proposals.map((proposal) => draftOne(proposal, incident, parts)));
  const drafted = withTheirMakers(
    distinct(drafts.filter((one): one is Drafted => 'planned' in one)),
    incident,
  );
  const refused = drafts.flatMap((one) => refusalOf(one, drafted) ?? []);
  if (drafted.length === 0)
    return nothing(`nothing can be done: ${refused.map(({ message }) => message).join('; ')}`);
  const measured = await Promise.all(drafted.map((one) => measure(one, incident, parts)));
  return { ...propose(incident, measured, parts), ...(refused.length > 0 ? { refused } : {}) };
}

/** Whether code keeps a target, and what its owner says of it, is asked once for all actions. */
async function measure(one: Drafted, { id }: Incident, parts: PlanParts): Promise<Appraised> {
  const blastRadius = withStack(one.planned.blastRadius, await parts.stacks.keeping(one.target, id));
  const appraisal = await appraise(one.target, id, parts);
  return { ...one, planned: { ...one.planned, blastRadius }, appraisal };
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
  if (!mayBeChanged(entity, action.answers))
    return refuse('NotItsWork', `${id} does not answer what was made of ${handle}: ${callsOf(entity)}`);
  if (!action.targets.includes(entity.kind))
    return refuse('WrongKind', `${id} cannot act on a ${entity.kind}`, entity.id);
  const checked = action.params.safeParse(params);
  if (!checked.success)
    return refuse(
      'InvalidParameters',
      `parameters of ${id} on ${handle}: ${z.prettifyError(checked.error)}`,
      entity.id,
    );
  const target = targetOf(entity, action);
  try {
    const reader = parts.accountOf(target, action.reads, incident.id);
    const planned = await action.plan(target, checked.data, reader);
    const observed: Target = { ...target, ...planned.observed, trust: 'observed' };
    return { action, target: observed, params: checked.data, planned };
  } catch (error) {
    // What is gone or contained needs no containing; anything else that keeps an action from being planned is for a person to see.
    const reason = asDenial(error, `${entity.kind} ${entity.id}`);
    if (reason instanceof NotPlannableError) return refuse(reason.name, reason.message, entity.id);
    throw error;
  }
}

/**
 * What was made is taken away only together with the principal that made it, or after it: a principal that nobody cuts
 * off made it with good right. A session's key is cut off with its role.
 */
function withTheirMakers(drafted: readonly Drafted[], { entities }: Incident): Drafted[] {
  const contained = entities.filter(({ trust }) => trust === 'observed').map(entityKey);
  const parents = new Map(entities.map((entity) => [entityKey(entity), entity.parent ?? '']));
  // AWS may have answered another spelling of the name than the finding's.
  const keys = new Map(entities.map((entity) => [entity.handle, entityKey(entity)]));
  let kept = drafted.filter(({ target }) => !target.madeBy);
  for (;;) {
    const cutOff = new Set([...contained, ...kept.map(({ target }) => keys.get(target.handle))]);
    const more = drafted.filter(
      ({ target: { madeBy } }) => !madeBy || cutOff.has(madeBy) || cutOff.has(parents.get(madeBy) ?? ''),
    );
    if (more.length === kept.length) return kept;
    kept = more;
  }
}

function refusalOf(draft: Draft, kept: readonly Drafted[]): PlanRefusal | undefined {
  if ('refused' in draft) return draft.refused;
  const { madeBy, id } = draft.target;
  if (!madeBy || kept.some(({ target }) => target.id === id)) return undefined;
  const message = boundedText(`${id} is taken away only together with ${madeBy}, which made it`, 1000);
  return { action: draft.action.id, target: boundedText(id, 256), error: 'MakerNotContained', message };
}

function targetOf({ handle, kind, id, arn, account, region, trust, made }: HandledEntity, action: Action) {
  const madeBy = isAnswered(made, action.answers) ? made?.by : undefined;
  const target: Target = { handle, kind, id, account, region, trust };
  return { ...target, ...(arn ? { arn } : {}), ...(madeBy ? { madeBy } : {}) };
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

/** What a principal made comes right after the principals, who could otherwise make it again. */
function place({ action, target }: Drafted): number {
  return ORDER.indexOf(action.order) * 2 + (target.madeBy ? 1 : 0);
}

function propose(
  incident: Incident,
  drafted: readonly Appraised[],
  { playbookFor, limits, environment }: PlanParts,
): EntryNamed<'plan-proposed'> {
  const playbook = playbookFor(incident);
  const ordered = drafted.toSorted((a, b) => place(a) - place(b));
  const blastRadius: Record<string, readonly Consequence[]> = {};
  const actions = ordered.map(({ action, target, params, planned, appraisal }, index): PlannedAction => {
    const id = `a${index + 1}`;
    blastRadius[id] = planned.blastRadius;
    const { before, expected, change, undo, cannotRestore, protectedTarget } = planned;
    const { crownJewel } = appraisal;
    return {
      id,
      action: action.id,
      target,
      params,
      danger: action.danger,
      ...(action.undoing ? { undoing: action.undoing } : {}),
      protectedTarget: protectedTarget || isListed(target, limits) || crownJewel !== undefined,
      ...(crownJewel !== undefined ? { crownJewel } : {}),
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
    leaseSeconds: Math.round(playbook.leaseHours * 3600),
  };
  const sweepSeconds = Math.round(playbook.sweepMinutes * 60);
  return {
    type: 'plan-proposed',
    generation: incident.generation,
    manifest,
    manifestHash: manifestHash(manifest),
    blastRadius: Object.fromEntries(Object.entries(blastRadius).map(([id, all]) => [id, [...all]])),
    ...(sweepSeconds > 0 && actions.some(({ target }) => isPrincipal(target)) ? { sweepSeconds } : {}),
    ...knowledgeOf(
      incident,
      ordered.map(({ appraisal }) => appraisal),
      environment,
    ),
  };
}
