import { type Entity, type HandledEntity, joinsIncidents } from '../core/entity.ts';
import { type Finding, type Severity, severityRank } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { Sighting } from '../core/intelligence.ts';
import { observableOf, observableText, parseObservable } from '../core/observable.ts';

const DAY = 24 * 60 * 60 * 1000;
const types = {
  address: 'ThreatIntelligence:Match/Address',
  domain: 'ThreatIntelligence:Match/Domain',
  hash: 'ThreatIntelligence:Match/Hash',
} as const;
/** A finding holds 200 (functions/core/finding.ts). */
const MOST_ENTITIES = 100;

/**
 * A finding of our own: something that was seen in an incident is on a threat list now. It names the incident's own
 * entities, each as trusted as it was, so that it joins that incident, and stays in its world: what only custom
 * products or samples said does not become more by it. What the list and the domain are called is the feed's text.
 */
export function matchFinding(incident: Incident, text: string, sighting: Sighting, changedAt: Date): Finding {
  const [first] = incident.findings;
  const { account = '', region = '' } = first?.cloud ?? {};
  const kind = parseObservable(text)?.kind ?? 'hash';
  const { feed, confidence } = sighting;
  const firstSeen = sighting.firstSeen * 1000;
  return {
    class_uid: 2004,
    finding_info: {
      uid: `${incident.id}/threat-intelligence/${text}`,
      title: `What was seen in ${incident.id} is on a threat list now`,
      desc: '',
      type: types[kind],
      created_time: changedAt.toISOString(),
      modified_time: changedAt.toISOString(),
    },
    metadata: {
      source: 'sallyport',
      product: 'Sallyport',
      aws_owned: incident.findings.some(({ metadata }) => metadata.aws_owned),
    },
    cloud: { account, region },
    severity: severityOf(incident),
    status: 'New',
    sample: incident.findings.some(({ sample }) => sample),
    entities: entitiesOf(incident, text, { account, region }),
    facts: {
      incident: incident.id,
      feed,
      confidence,
      ageDays: Math.max(0, Math.floor((changedAt.getTime() - firstSeen) / DAY)),
      // An address's or a hash's spelling is ours; a domain's is its owner's.
      ...(kind === 'domain' ? {} : { matched: sighting.matched }),
    },
    tainted: [
      { field: 'sighting.list', text: sighting.list },
      { field: 'sighting.matched', text: sighting.matched },
    ].filter((one) => one.text !== ''),
  };
}

/** Below the gravest, so that the playbook of what was seen goes on deciding; and Medium where that is less. */
function severityOf({ findings }: Incident): Severity {
  const gravest = Math.max(...findings.map(({ severity }) => severityRank(severity)));
  return gravest === severityRank('Medium') ? 'Low' : 'Medium';
}

function entitiesOf(incident: Incident, text: string, place: Pick<Entity, 'account' | 'region'>): Entity[] {
  const named = incident.entities.filter((entity) => isSeen(entity, text));
  const joining = incident.entities.filter((entity) => joinsIncidents(entity) && entity.part !== 'related');
  const known = [...joining, ...named].slice(0, MOST_ENTITIES).map(withoutHandle);
  return named.length > 0 ? known : [...known, ...seenInEvidence(text, place)];
}

function isSeen(entity: HandledEntity, text: string): boolean {
  const observable = observableOf(entity);
  return observable !== undefined && observableText(observable) === text;
}

function withoutHandle({ handle: _, ...entity }: HandledEntity): Entity {
  return entity;
}

/** Of what stands in evidence nobody has said that it is an actor: a claim, which no plan acts on. */
function seenInEvidence(text: string, place: Pick<Entity, 'account' | 'region'>): Entity[] {
  const kind = parseObservable(text)?.kind;
  if (kind !== 'address' && kind !== 'domain') return [];
  return [{ kind, id: text, ...place, part: 'related', trust: 'claimed' }];
}
