import type { LeaseGate } from '../adapters/cedar.ts';
import type { Approver } from '../core/decision.ts';
import type { Incident } from '../core/incident.ts';
import type { Clock, Doorbells, Ledger } from '../core/ports.ts';

interface LeaseParts {
  readonly ledger: Ledger;
  readonly doorbells: Pick<Doorbells, 'ring'>;
  readonly policy: LeaseGate;
  readonly clock: Clock;
}

interface LeaseRequest {
  readonly incident: string;
  readonly manifestHash: string;
  readonly approver: Approver;
  readonly reason: string;
  readonly channel: 'page' | 'cli';
  /** From now on; for good when absent. */
  readonly hours?: number | undefined;
}

type LeaseOutcome =
  | { readonly status: 'renewed'; readonly leaseEndsAt: string | null }
  | {
      readonly status: 'refused';
      readonly cause: 'plan-changed' | 'not-contained' | 'policy';
      readonly message: string;
    };
type Refused = Extract<LeaseOutcome, { status: 'refused' }>;

const HOUR_MS = 60 * 60 * 1000;

/** A person's word that what is contained stays so: for some more hours, or for good. Policy says who may. */
export async function renewLease(
  request: LeaseRequest,
  { ledger, doorbells, policy, clock }: LeaseParts,
): Promise<LeaseOutcome> {
  const { hours, approver, reason, channel, manifestHash } = request;
  const allowed = policy.mayKeep(approver, request.incident, hours === undefined);
  if (!allowed.allowed) return refused('policy', allowed.reason);
  const leaseEndsAt =
    hours === undefined ? null : new Date(clock().getTime() + hours * HOUR_MS).toISOString();
  let refusal: Refused | undefined;
  const command = `renew#${manifestHash}#${approver.id}#${leaseEndsAt}`;
  await ledger.append(request.incident, 'decision', command, (state) => {
    refusal = refusalOf(state, manifestHash);
    if (refusal) return [];
    const { generation } = state;
    const said = { manifestHash, approver: approver.id, roles: [...approver.roles], channel, reason };
    return [{ type: 'lease-renewed', generation, ...said, leaseEndsAt }];
  });
  if (refusal) return refusal;
  await doorbells.ring(request.incident, 'lease');
  return { status: 'renewed', leaseEndsAt };
}

function refusalOf(incident: Incident, manifestHash: string): Refused | undefined {
  if (incident.plan && incident.plan.manifestHash !== manifestHash)
    return refused('plan-changed', 'The plan has changed since you looked. Look again and ask again.');
  if (incident.status === 'contained') return undefined;
  return refused(
    'not-contained',
    `The incident is ${incident.status}: only a containment that stands has a lease to renew.`,
  );
}

function refused(cause: Refused['cause'], message: string): Refused {
  return { status: 'refused', cause, message };
}
