import { type EntityKind, entityKey } from '../core/entity.ts';
import { severityRank } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import { hashesOf, observableOf, observablesIn, observableText } from '../core/observable.ts';
import type { History, Observations, PastIncident } from '../core/ports.ts';
import { type CoordinationTable, type Fields, seconds } from './coordination-table.ts';

/** One line of the incident list. */
export interface IncidentSummary extends PastIncident {
  readonly updatedAt: string;
  readonly account: string;
  readonly findings: number;
  readonly entities: readonly string[];
}

/** What the list shows of an incident. */
export function summarise(incident: Incident): IncidentSummary {
  const severities = incident.findings.map((finding) => finding.severity);
  const worst = severities.toSorted((a, b) => severityRank(b) - severityRank(a))[0] ?? 'Informational';
  return {
    incident: incident.id,
    status: incident.status,
    disposition: incident.verdict?.verdict.disposition ?? 'none',
    severity: incident.verdict?.verdict.severity ?? worst,
    findingTypes: [...new Set(incident.findings.map((finding) => finding.finding_info.type))],
    openedAt: incident.timeline[0]?.at ?? '',
    updatedAt: incident.timeline.at(-1)?.at ?? '',
    account: incident.findings[0]?.cloud.account ?? '',
    findings: incident.findings.length,
    entities: incident.entities.map(entityKey),
  };
}

/** What an entity's history tells of an incident: it changes far less often than the incident does. */
function pastOf(summary: IncidentSummary): PastIncident {
  const { incident, status, disposition, severity, findingTypes, openedAt } = summary;
  return { incident, status, disposition, severity, findingTypes, openedAt };
}

/** As many observables of one incident as fit into an item. */
const MOST_OBSERVABLES = 1000;
/** How long what was seen in an incident is kept for new indicators, after its last entry. */
const OBSERVED_DAYS = 31;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Evidence about these tells from where they were used; about anything else, of the owner's own addresses. */
const PRINCIPALS: readonly EntityKind[] = ['access-key', 'user', 'role', 'root'];

/**
 * What feeds may come to know later: addresses of actors and domains, hashes, and what evidence tells of where
 * principals were used. What an address of the owner's is called by a feed is no news of an attack.
 */
function observablesOf({ entities, findings, evidence }: Incident): string[] {
  const others = entities.filter(({ kind, part }) => kind === 'domain' || part === 'actor');
  const named = others.map(observableOf).filter((one) => one !== undefined);
  const principals = new Set(
    entities.filter(({ kind }) => PRINCIPALS.includes(kind)).map(({ handle }) => handle),
  );
  const found = evidence.filter(({ status, target }) => status === 'found' && principals.has(target));
  return [
    ...new Set([
      ...named.map(observableText),
      ...findings.flatMap(hashesOf),
      ...found.flatMap(({ output }) => observablesIn(output)),
    ]),
  ].slice(0, MOST_OBSERVABLES);
}

/** Incidents of which a warm function remembers what it wrote. */
const MOST_REMEMBERED = 1000;

/** The incident list and each entity's history: a projection that can be deleted and rebuilt, and decides nothing. */
export function projection(table: CoordinationTable): History &
  Observations & {
    keep(incident: Incident): Promise<void>;
    /** Forgets the list, and what its lines tell to entities' histories. */
    clear(): Promise<void>;
    list(): Promise<IncidentSummary[]>;
  } {
  const latest = new Map<string, string>();
  const remember = (incident: string, told: string) => {
    latest.delete(incident);
    latest.set(incident, told);
    const [oldest] = latest.keys();
    if (latest.size > MOST_REMEMBERED && oldest) latest.delete(oldest);
  };
  return {
    async keep(incident) {
      const summary = summarise(incident);
      const version = incident.timeline.length;
      const put = (pk: string, content: object) =>
        table.put(pk, incident.id, { summary: JSON.stringify(content), version }, { upTo: version });
      await put('incident', summary);
      const past = pastOf(summary);
      const observables = observablesOf(incident);
      const told = JSON.stringify([past, summary.entities, observables]);
      if (latest.get(incident.id) === told) return;
      await keepObserved(table, summary, observables, version);
      await Promise.all(summary.entities.map((key) => put(`entity#${key}`, past)));
      remember(incident.id, told);
    },
    async clear() {
      latest.clear();
      for (const { incident, entities } of (await table.list('incident')).map(parse)) {
        await table.remove('incident', incident);
        await table.remove('observed', incident);
        for (const key of entities) await table.remove(`entity#${key}`, incident);
      }
    },
    async list() {
      return (await table.list('incident'))
        .map(parse)
        .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
    },
    async since(time) {
      return (await table.list('observed'))
        .filter(({ updatedAt }) => String(updatedAt) >= time.toISOString())
        .map(({ incident, observables }) => ({
          incident: String(incident),
          observables: JSON.parse(String(observables)) as string[],
        }));
    },
    async of(key) {
      return (await table.list(`entity#${key}`)).map(({ summary }) => JSON.parse(String(summary)));
    },
  };
}

async function keepObserved(
  table: CoordinationTable,
  { incident, updatedAt }: IncidentSummary,
  observables: readonly string[],
  version: number,
): Promise<void> {
  if (observables.length === 0) return;
  const expires = seconds(new Date(Date.parse(updatedAt) + OBSERVED_DAYS * DAY_MS));
  const fields = { incident, observables: JSON.stringify(observables), updatedAt, version, expires };
  await table.put('observed', incident, fields, { upTo: version });
}

function parse(fields: Fields): IncidentSummary {
  return JSON.parse(String(fields.summary)) as IncidentSummary;
}
