import type { CedarValueJson, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { Approver, Mode } from '../core/decision.ts';
import type { PlannedAction } from '../core/plan.ts';
import type { PolicyQuestion, Vote } from '../core/ports.ts';
import { seatsOf } from './cedar-seats.ts';

type Attributes = Record<string, CedarValueJson>;
interface Uid {
  readonly type: string;
  readonly id: string;
}

/** A request in Cedar's own terms; `attributes` belong to the principal or the resource that they name. */
export interface CedarRequest {
  readonly principal: Uid;
  readonly action: Uid;
  readonly resource: Uid;
  readonly context: Attributes;
  readonly entities: EntityJson[];
}

/** Puts a question about the automaton, backed by these people, into the schema's terms. Throws on a change without an action. */
export function requestOf(question: PolicyQuestion, people: readonly Vote[]): CedarRequest {
  const { purpose, mode, incident, sandbox } = question;
  const asked = {
    principal: uid('Responder', 'sallyport'),
    action: uid('Action', purpose),
  };
  const approval = approvalOf(people);
  const judgement = judgementOf(question);
  if (purpose === 'dismiss') {
    const resource = uid('Incident', incident);
    return { ...asked, resource, context: { mode, judgement, approval }, entities: [] };
  }
  if (!question.action) throw new TypeError(`a question about ${purpose} must name the planned action`);
  const target = targetOf(question.action);
  const change = changeOf(question.action, question);
  const context = { mode, sandbox, judgement, change, approval };
  return { ...asked, resource: target.uid, context, entities: [target] };
}

/** Puts a question about who may move the kill switch into the schema's terms. */
export function modeRequestOf(
  person: Approver,
  direction: 'raise' | 'lower',
  to: Mode,
  signIn: boolean,
): CedarRequest {
  const principal = uid('Person', person.id);
  return {
    principal,
    action: uid('Action', `${direction}-mode`),
    resource: uid('Deployment', 'this'),
    context: { to, signIn },
    entities: [{ uid: principal, attrs: { roles: person.roles }, parents: [] }],
  };
}

/** Puts a question about who may keep a containment past its lease into the schema's terms. */
export function leaseRequestOf(person: Approver, incident: string, isForever: boolean): CedarRequest {
  const principal = uid('Person', person.id);
  return {
    principal,
    action: uid('Action', isForever ? 'make-permanent' : 'renew-lease'),
    resource: uid('Incident', incident),
    context: {},
    entities: [{ uid: principal, attrs: { roles: person.roles }, parents: [] }],
  };
}

function uid(type: string, id: string): Uid {
  return { type: `Sallyport::${type}`, id };
}

function approvalOf(people: readonly Vote[]): Attributes {
  return {
    people: people.map(({ approver, roles }) => ({ id: approver, roles: [...roles] })),
    count: people.length,
    seats: seatsOf(people),
  };
}

function judgementOf(question: PolicyQuestion): Attributes {
  const { disposition, severity, confidence, untainted, newerFinding, sample } = question;
  return { disposition, severity, confidence: percent(confidence), untainted, newerFinding, sample };
}

/** Rounds down, so that 89.9% is not taken for 90%; the tiny addend undoes what binary fractions lose (0.29 · 100). */
function percent(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}

function targetOf({ target, protectedTarget, crownJewel }: PlannedAction) {
  const { kind, trust, madeBy } = target;
  const attrs = {
    kind,
    trust,
    protected: protectedTarget,
    crownJewel: crownJewel !== undefined,
    made: madeBy !== undefined,
  };
  return { uid: uid('Target', target.arn ?? `${target.kind}/${target.id}`), attrs, parents: [] };
}

/** An unmeasured reach is left out, and policies then take it for large. */
function changeOf(
  { action, danger, cannotRestore, undoing }: PlannedAction,
  { blastRadius: reach = null, withinBudget = false, afterRegression = false }: PolicyQuestion,
): Attributes {
  const change = {
    action,
    danger,
    undoing: undoing ?? 'gives-access',
    cannotRestore: cannotRestore.length,
    withinBudget,
    afterRegression,
  };
  return reach === null ? change : { ...change, reach };
}
