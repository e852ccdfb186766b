import { boundedText } from '../core/bounded.ts';
import { digest } from '../core/canonical.ts';
import type { EntryOf } from '../core/entry.ts';
import type { Incident } from '../core/incident.ts';
import type { KillSwitch, Ledger, PolicyEngine } from '../core/ports.ts';
import { latestLook } from '../core/watch.ts';
import { rollbackDecided } from './attempt.ts';
import { madePermanent } from './lease.ts';
import { questionOf, votesFor } from './question.ts';
import { rolledBack } from './remediation-steps.ts';
import { endingCommand, isSettled } from './settled.ts';

export interface CloseParts {
  readonly ledger: Ledger;
  readonly policy: PolicyEngine;
  readonly killSwitch: Pick<KillSwitch, 'read'>;
  readonly sandbox: boolean;
}

/**
 * Ends an incident. Calling something harmless is an action to policy like any other: what may not be dismissed
 * is escalated instead. Decided at the head that the commit goes to, so a finding that races is never lost. One that was
 * merged is not dismissed: it goes on as another one.
 */
export async function close(incidentId: string, parts: CloseParts): Promise<Incident> {
  const mode = await parts.killSwitch.read();
  const command = endingCommand(await parts.ledger.read(incidentId));
  return parts.ledger.append(incidentId, 'decision', command, (incident) => {
    if (isSettled(incident) || incident.status === 'merged') return [];
    const reason = settledReason(incident);
    if (reason) return [{ type: 'incident-closed', generation: incident.generation, reason }];
    return dismissal(incident, { mode, sandbox: parts.sandbox }, parts.policy);
  });
}

/** A reason that a person or a finished rollback gave: nothing is left to be judged. */
function settledReason(incident: Incident): string | undefined {
  if (incident.denial) return `denied by ${incident.denial.approver}: ${incident.denial.reason}`;
  if (rollbackDecided(incident) && rolledBack(incident)) return rollbackReason(incident);
  const kept = madePermanent(incident);
  return kept && `made permanent by ${kept.approver}: ${kept.reason}`;
}

/** A rollback that nobody asked for says why it was made. */
function rollbackReason(incident: Incident): string {
  const worse = latestLook(incident)?.regressions ?? [];
  if (worse.length === 0 || votesFor(incident, 'rollback').length > 0)
    return 'the containment was rolled back';
  const reasons = worse.map(({ of, what }) => `${what} (${of})`).join('; ');
  return boundedText(`the containment was rolled back, since health got worse: ${reasons}`, 1000);
}

function dismissal(
  incident: Incident,
  world: Parameters<typeof questionOf>[2],
  policy: PolicyEngine,
): EntryOf<'decision'>[] {
  const { generation, verdict } = incident;
  const decision = policy.decide([questionOf(incident, 'dismiss', world)], []);
  const reached = verdict
    ? `${verdict.verdict.disposition}: ${verdict.verdict.summary}`
    : 'no verdict was reached';
  const ending: EntryOf<'decision'> =
    decision.outcome === 'autonomous'
      ? { type: 'incident-closed', generation, reason: reached }
      : {
          type: 'incident-escalated',
          generation,
          reason: `policy does not let this be dismissed alone; ${reached}`,
        };
  const made: EntryOf<'decision'> = {
    type: 'decision-made',
    generation,
    purpose: 'dismiss',
    subject: digest(verdict ?? {}),
    decision,
    mode: world.mode,
    approvers: [],
    policyDigest: policy.digest,
  };
  return [made, ending];
}
