import type { Approver } from '../core/decision.ts';
import type { EntryOf } from '../core/entry.ts';
import type { Incident } from '../core/incident.ts';
import type { Clock, Doorbells, KillSwitch, Ledger } from '../core/ports.ts';
import { type Refusal, refusalOf } from './answerable.ts';

export interface DecideParts {
  readonly ledger: Ledger;
  readonly doorbells: Pick<Doorbells, 'ring'>;
  readonly killSwitch: Pick<KillSwitch, 'read'>;
  readonly clock: Clock;
}

/** What a person said about one plan. The approver is whom the authorizer named, never what a form says. */
export interface PersonAnswer {
  readonly incident: string;
  readonly manifestHash: string;
  readonly approver: Approver;
  readonly outcome: 'approve' | 'deny';
  /** May be empty for an approval; a denial says why. At most 1,000 characters. */
  readonly reason: string;
  readonly channel: 'page' | 'cli';
}

export type Recording =
  | { readonly status: 'recorded'; readonly outcome: 'approve' | 'deny'; readonly incident: Incident }
  | Refusal;

/**
 * Records one person's answer to one plan, once, and rings the doorbell. Whoever comes second, late, or with another
 * plan in mind is told so, and nothing is recorded. Answering again rings again: a crash between the record and the
 * bell heals by a second click.
 */
export async function recordDecision(answer: PersonAnswer, parts: DecideParts): Promise<Recording> {
  const mode = await parts.killSwitch.read();
  let refusal: Refusal | undefined;
  let taken = false;
  const incident = await parts.ledger.append(
    answer.incident,
    'decision',
    `answer#${answer.manifestHash}#${answer.approver.id}`,
    (state) => {
      refusal = refusalOf(state, answer, parts.clock(), mode);
      taken = refusal === undefined;
      return refusal ? [] : [entryOf(answer, state.generation)];
    },
  );
  if (taken || !refusal || refusal.cause === 'already-decided')
    await parts.doorbells.ring(answer.incident, 'approval');
  if (taken) return { status: 'recorded', outcome: answer.outcome, incident };
  return refusal ?? answeredBefore(incident, answer);
}

/** The command stood in the ledger already: this person has answered this plan. */
function answeredBefore(incident: Incident, { approver, manifestHash }: PersonAnswer): Refusal {
  const own = incident.timeline.find(
    ({ entry }) =>
      (entry.type === 'approval-given' || entry.type === 'approval-denied') &&
      entry.approver === approver.id &&
      entry.manifestHash === manifestHash,
  );
  const said = own?.entry.type === 'approval-denied' ? 'denied' : 'approved';
  return {
    status: 'refused',
    cause: 'already-decided',
    message: `You ${said} this plan already${own ? `, at ${own.at}` : ''}. The first answer stands.`,
  };
}

function entryOf(answer: PersonAnswer, generation: number): EntryOf<'decision'> {
  const { manifestHash, approver, channel, reason, outcome } = answer;
  const said = { generation, manifestHash, approver: approver.id, channel, reason };
  if (outcome === 'deny') return { type: 'approval-denied', ...said };
  return { type: 'approval-given', purpose: 'execute', roles: [...approver.roles], ...said };
}
