import type { EntryNamed } from '../core/entry.ts';
import type { Finding } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { Clock, FootholdProbe } from '../core/ports.ts';
import { FOOTHOLD_FOUND, openOf, type Sweep, sweepOf, sweptOf } from '../core/sweep.ts';
import { lookDue } from '../core/watch.ts';
import { proposedIncident } from './correlate.ts';
import { type EnterParts, enter } from './enter.ts';

export interface SweepParts extends EnterParts {
  readonly footholds: FootholdProbe;
  readonly clock: Clock;
}

/** As much as one entry of the ledger holds (functions/core/entry.ts). */
const MOST = 20;

/**
 * Looks, if a look is due, for what the contained principals made before they were cut off, and records what stands
 * open. That becomes an incident of its own, with its own plan, approval and lease (docs/sweep.md); it joins no other,
 * in which nobody might act any more. It is opened from what is recorded, also on a retry: a crash may have come
 * between the two.
 */
export async function sweep(incident: Incident, parts: SweepParts): Promise<void> {
  const due = sweepOf(incident);
  const look = due && lookDue(due, parts.clock());
  const after = due && look !== undefined ? await record(incident, due, look, parts) : incident;
  const latest = sweptOf(after).at(-1);
  if (!latest || latest.found.length === 0) return;
  const finding = findingOf(latest, after);
  await enter(proposedIncident(finding), [{ finding }], parts);
}

async function record(
  incident: Incident,
  { manifestHash, principals }: Sweep,
  look: number,
  { ledger, footholds }: SweepParts,
): Promise<Incident> {
  const { found, gaps } = await footholds.made(principals, incident.id);
  const { generation } = incident;
  return ledger.append(incident, 'fact', `sweep#${generation}#${manifestHash}#${look}`, (state) => {
    const open = openOf(found, state);
    const cut = open.length > MOST ? [`only ${MOST} of ${open.length} are listed`] : [];
    return [
      {
        type: 'footholds-found',
        generation,
        manifestHash,
        look,
        found: open.slice(0, MOST),
        gaps: [...cut, ...gaps].slice(0, MOST),
      },
    ];
  });
}

/**
 * A finding of Sallyport's own. What it says, CloudTrail recorded and our own tool read: nobody but AWS wrote it, names
 * apart. Whoever made it is named as well, so that he approves nothing.
 */
function findingOf(swept: EntryNamed<'footholds-found'>, incident: Incident): Finding {
  const { found, look, manifestHash } = swept;
  const at = incident.timeline.find(({ entry }) => entry === swept)?.at ?? '';
  const principals = sweepOf(incident)?.principals ?? [];
  const [first] = found;
  return {
    class_uid: 2004,
    finding_info: {
      uid: `${incident.id}/${manifestHash}/${look}`,
      title: `Ways back in that the principals of ${incident.id} made`,
      desc: '',
      type: FOOTHOLD_FOUND,
      created_time: at,
      modified_time: at,
    },
    metadata: { source: 'sallyport', product: 'Sallyport', aws_owned: true },
    cloud: { account: first?.account ?? '', region: first?.region ?? '' },
    severity: incident.verdict?.verdict.severity ?? 'High',
    status: 'New',
    sample: incident.findings.some(({ sample }) => sample),
    entities: [
      ...found.map((entity) => ({ ...entity, part: 'target' as const })),
      ...principals.map(({ kind, id, account, region, arn }) => ({
        ...{ kind, id, account, region, part: 'related' as const, trust: 'observed' as const },
        ...(arn ? { arn } : {}),
      })),
    ],
    facts: { incident: incident.id, footholds: found.length },
    tainted: [],
  };
}
