import type { Approver } from '../core/decision.ts';
import type { EntryNamed } from '../core/entry.ts';
import { SallyportError } from '../core/errors.ts';
import { entriesOf, type Incident } from '../core/incident.ts';
import type { PlaybookTerms } from '../core/playbook.ts';
import type { Doorbells, Ledger, Links } from '../core/ports.ts';
import { mustLookAgain } from './late.ts';

export interface RequestParts {
  readonly ledger: Ledger;
  readonly doorbells: Pick<Doorbells, 'hang'>;
  readonly links: Links;
  readonly approvers: readonly Approver[];
  /** Is the finding about this person, who may then not decide on it? */
  readonly isSubject: (approver: Approver, incident: Incident) => boolean;
  readonly playbookFor: (incident: Incident) => PlaybookTerms;
  /** Sends one person their own link; the message is rendered from the ledger. */
  readonly mail: (incident: Incident, approver: Approver, secret: string, expiresAt: string) => Promise<void>;
  /** Posts to the channel, where one is configured. */
  readonly chat?: (incident: Incident, secret: string, expiresAt: string) => Promise<void>;
}

/** Policy asks for people, and nobody is configured who could answer. */
export class NoApproverError extends SallyportError {
  override readonly name = 'NoApproverError';
}

/**
 * Hangs up the task token and asks the people whose roles count. Idempotent: a second token replaces the first, and
 * who was asked is not asked again. An answer, or a finding that is to be looked at first, that came before the token
 * did is heard at once.
 */
export async function requestApproval(
  incidentId: string,
  taskToken: string,
  parts: RequestParts,
): Promise<void> {
  const bell = await parts.doorbells.hang(incidentId, 'approval', taskToken);
  const incident = await parts.ledger.read(incidentId);
  if (!incident.request && !isOverdue(incident)) await ask(incident, parts);
  const latest = await parts.ledger.read(incidentId);
  if (isAnswered(latest) || isOverdue(latest)) await bell.ring();
}

/** Nobody is to wait for people: the plan is looked at again, or the incident goes on as another one. */
function isOverdue(incident: Incident): boolean {
  return incident.status === 'merged' || mustLookAgain(incident);
}

async function ask(incident: Incident, parts: RequestParts): Promise<void> {
  const { ledger } = parts;
  const { plan, decision } = incident;
  if (!plan || decision?.decision.outcome !== 'needs-approval') return;
  const wanted = new Set(decision.decision.required.flat());
  const asked = parts.approvers.filter(
    (approver) => approver.roles.some((role) => wanted.has(role)) && !parts.isSubject(approver, incident),
  );
  if (asked.length === 0)
    throw new NoApproverError(
      `nobody is configured who holds one of: ${[...wanted].join(', ')}, and whom the finding is not about; add such a person to the deployment's approvers`,
    );
  const expiresAt = expiry(incident, parts.playbookFor(incident).approvalHours);
  const channels = await deliver(incident, asked, expiresAt, parts);
  await ledger.append(
    incident.id,
    'decision',
    // With the number of plans: one that was replaced and came back is asked about anew.
    `request#${incident.generation}#${entriesOf(incident, 'plan-proposed').length}#${plan.manifestHash}`,
    ({ generation }) => [
      {
        type: 'approval-requested',
        generation,
        manifestHash: plan.manifestHash,
        approvers: asked.map((approver) => approver.id),
        channels,
        expiresAt,
      },
    ],
  );
}

/** Every channel is tried; that one is down must not keep the others from asking. Throws only when nobody was reached. */
async function deliver(
  incident: Incident,
  asked: readonly Approver[],
  expiresAt: string,
  { links, mail, chat }: RequestParts,
): Promise<('mail' | 'slack')[]> {
  const manifestHash = incident.plan?.manifestHash ?? '';
  const deliveries = asked.map(async (approver, index) => {
    const secret = await links.issue({
      incident: incident.id,
      manifestHash,
      approver: approver.id,
      expiresAt,
    });
    const posted =
      index === 0 && chat ? [chat(incident, secret, expiresAt).then(() => 'slack' as const)] : [];
    return Promise.allSettled([
      mail(incident, approver, secret, expiresAt).then(() => 'mail' as const),
      ...posted,
    ]);
  });
  const outcomes = (await Promise.all(deliveries)).flat();
  const reached = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  for (const failure of failures)
    console.error(JSON.stringify({ message: 'an approver could not be asked', error: String(failure) }));
  if (reached.length === 0)
    throw new AggregateError(failures, 'no approver could be asked through any channel');
  return [...new Set(reached)];
}

/** Counted from the recorded decision, so that a retry gives the same time and so the same link. */
function expiry(incident: Incident, hours: number): string {
  const decided = incident.timeline.findLast(({ entry }) => entry.type === 'decision-made');
  return new Date(Date.parse(decided?.at ?? '') + hours * 3_600_000).toISOString();
}

/** Somebody answered whom the last decision did not hear. */
function isAnswered(incident: Incident): boolean {
  const heard = lastDecision(incident)?.approvers ?? [];
  return (
    incident.denial !== undefined || incident.approvals.some(({ approver }) => !heard.includes(approver))
  );
}

function lastDecision(incident: Incident): EntryNamed<'decision-made'> | undefined {
  return entriesOf(incident, 'decision-made').findLast((made) => made.purpose === 'execute');
}
