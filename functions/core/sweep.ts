import { type Entity, entityKey } from './entity.ts';
import type { EntryNamed } from './entry.ts';
import { effectOf, entriesOf, type Incident } from './incident.ts';
import type { Target } from './plan.ts';

/**
 * When the sweep looks, as shares of its time. CloudTrail tells of a call after about 5 minutes on average, and promises
 * no time (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html).
 */
const LOOKS = [0.5, 1] as const;

/** The type of the finding that a sweep opens an incident with; `policies/playbooks/footholds.yaml` takes it. */
export const FOOTHOLD_FOUND = 'Sallyport:IAM/FootholdFound';

/** The search, after a containment, for what the contained principals made before they were cut off. */
export interface Sweep {
  readonly manifestHash: string;
  /** Users and access keys that the current plan cut off. */
  readonly principals: readonly Target[];
  /** In epoch milliseconds, one for each look, in order. */
  readonly looks: readonly number[];
  /** How many looks were made, the ones that were missed included. */
  readonly made: number;
}

/** Undefined while nothing is contained, and where no principal was: then nobody is woken up for a look. */
export function sweepOf(incident: Incident): Sweep | undefined {
  const { plan } = incident;
  const heldAt = heldSince(incident);
  const principals = cutOff(incident).filter(isPrincipal);
  if (!plan?.sweepSeconds || heldAt === undefined || principals.length === 0) return undefined;
  const { manifestHash, sweepSeconds } = plan;
  const made = sweptOf(incident).at(-1)?.look ?? 0;
  return {
    manifestHash,
    principals,
    looks: LOOKS.map((share) => heldAt + share * sweepSeconds * 1000),
    made,
  };
}

/** Whether calls of this principal can be told from those of others. */
export function isPrincipal({ kind }: Pick<Target, 'kind'>): boolean {
  return kind === 'user' || kind === 'access-key';
}

/** What the looks after the current containment found. */
export function sweptOf(incident: Incident): EntryNamed<'footholds-found'>[] {
  return entriesOf(incident, 'footholds-found').filter(
    ({ manifestHash }) => manifestHash === incident.plan?.manifestHash,
  );
}

/** What of this stands open: the current plan has not taken it away, and no look has told of it before. */
export function openOf(found: readonly Entity[], incident: Incident): Entity[] {
  const taken = new Set(cutOff(incident).flatMap((target) => (target.madeBy ? [entityKey(target)] : [])));
  const told = new Set(
    sweptOf(incident).flatMap((entry) => entry.found.flatMap(({ made }) => eventsOf(made))),
  );
  return found.filter(
    (entity) => !taken.has(entityKey(entity)) && eventsOf(entity.made).some((event) => !told.has(event)),
  );
}

function eventsOf(made: Entity['made']): string[] {
  return made?.calls.map(({ event }) => event) ?? [];
}

function cutOff(incident: Incident): Target[] {
  const actions = incident.plan?.manifest.actions ?? [];
  return actions.filter(({ id }) => effectOf(incident, id, 'execute')?.verified).map(({ target }) => target);
}

function heldSince({ timeline, plan }: Incident): number | undefined {
  const held = timeline.findLast(
    ({ entry }) => entry.type === 'containment-held' && entry.manifestHash === plan?.manifestHash,
  );
  return held && Date.parse(held.at);
}
