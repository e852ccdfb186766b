import { entriesOf, type Incident } from '../core/incident.ts';

/** People are reminded so long before a lease ends, or a quarter of the lease where that is less. */
const REMIND_BEFORE_MS = 4 * 60 * 60 * 1000;

/** When the lease of the current plan ends; counted from now while nothing is held yet. In epoch milliseconds. */
export function leaseEnd({ leaseEndsAt, plan }: Incident, now: Date): number {
  return leaseEndsAt ? Date.parse(leaseEndsAt) : now.getTime() + (plan?.manifest.leaseSeconds ?? 1) * 1000;
}

/** In epoch milliseconds. */
export function remindAt(incident: Incident, now: Date): number {
  const lease = (incident.plan?.manifest.leaseSeconds ?? 0) * 1000;
  return leaseEnd(incident, now) - Math.min(REMIND_BEFORE_MS, lease / 4);
}

/** People were told that the lease ends when it does: a renewed one is told of anew. */
export function isReminded(incident: Incident): boolean {
  return entriesOf(incident, 'lease-reminded').at(-1)?.leaseEndsAt === incident.leaseEndsAt;
}

/** Who made what is contained permanent, as long as it is. */
export function madePermanent(incident: Incident) {
  const renewed = entriesOf(incident, 'lease-renewed').findLast(
    ({ manifestHash }) => manifestHash === incident.plan?.manifestHash,
  );
  return renewed?.leaseEndsAt === null ? renewed : undefined;
}
