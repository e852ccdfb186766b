import { digest } from '../core/canonical.ts';
import type { Approver } from '../core/decision.ts';
import type { EntryOf } from '../core/entry.ts';
import type { Incident, Recorded } from '../core/incident.ts';
import type { Clock, Doorbells, KillSwitch, Ledger } from '../core/ports.ts';
import { type Refusal, refusalOf } from './answerable.ts';
import { readable } from './readable.ts';

export interface DecideParts {
  readonly ledger: Ledger;
  readonly doorbells: Pick<Doorbells, 'ring'>;
  readonly killSwitch: Pick<KillSwitch, 'read'>;
  readonly clock: Clock;
}

/** What a person said about one plan. The approver is whom the authorizer named, never what a form says. */
interface PersonAnswer {
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
  let wasOffered = false;
  // A plan that was replaced and came back is another question, and is answered anew.
  const asked = questionsOf(await parts.ledger.read(answer.incident)).length;
  const command = `answer#${asked}#${answer.manifestHash}#${answer.approver.id}`;
  const incident = await parts.ledger.append(answer.incident, 'decision', command, (state) => {
    wasOffered = true;
    refusal = refusalOf(state, answer, parts.clock(), mode);
    return refusal ? [] : [entryOf(answer, state.generation)];
  });
  const standing = standingAnswer(incident, answer);
  if (standing || refusal?.cause === 'already-decided')
    await parts.doorbells.ring(answer.incident, 'approval');
  if (!standing) return refusal ?? gone(incident);
  // A lost race may have been lost to the same person's other click: what the ledger holds is what is told.
  const isThis = wasOffered && digest(standing.entry) === digest(entryOf(answer, incident.generation));
  return isThis ? { status: 'recorded', outcome: answer.outcome, incident } : answeredBefore(standing);
}

/** Where in the timeline people were asked. */
function questionsOf({ timeline }: Incident): number[] {
  return timeline.flatMap(({ entry }, index) => (entry.type === 'approval-requested' ? [index] : []));
}

/** What this person said about this plan since people were last asked, as the ledger holds it. */
function standingAnswer(incident: Incident, { approver, manifestHash }: PersonAnswer): Recorded | undefined {
  return incident.timeline
    .slice(questionsOf(incident).at(-1) ?? 0)
    .find(
      ({ entry }) =>
        (entry.type === 'approval-denied' ||
          (entry.type === 'approval-given' && entry.purpose === 'execute')) &&
        entry.approver === approver.id &&
        entry.manifestHash === manifestHash,
    );
}

function answeredBefore({ entry, at }: Recorded): Refusal {
  const said = entry.type === 'approval-denied' ? 'denied' : 'approved';
  const message = `You ${said} this plan already, at ${readable(at)}. The first answer stands.`;
  return { status: 'refused', cause: 'already-decided', message };
}

/** Neither refused nor standing cannot be; if it is, nobody is told that it was recorded. */
function gone({ id }: Incident): Refusal {
  return { status: 'refused', cause: 'not-awaiting', message: `Your answer is not in the ledger of ${id}.` };
}

function entryOf(answer: PersonAnswer, generation: number): EntryOf<'decision'> {
  const { manifestHash, approver, channel, reason, outcome } = answer;
  const said = { generation, manifestHash, approver: approver.id, channel, reason };
  if (outcome === 'deny') return { type: 'approval-denied', ...said };
  return { type: 'approval-given', purpose: 'execute', roles: [...approver.roles], ...said };
}
