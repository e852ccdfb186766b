import { entityKey } from '../core/entity.ts';
import { severityRank } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { History, PastIncident } from '../core/ports.ts';
import type { CoordinationTable, Fields } from './coordination-table.ts';

/** One line of the incident list. */
export interface IncidentSummary extends PastIncident {
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
    updatedAt: incident.timeline.at(-1)?.at ?? '',
    account: incident.findings[0]?.cloud.account ?? '',
    findings: incident.findings.length,
    entities: incident.entities.map(entityKey),
  };
}

/** The incident list and each entity's history: a projection that can be deleted and rebuilt, and decides nothing. */
export function projection(table: CoordinationTable): History & {
  keep(incident: Incident): Promise<void>;
  /** Forgets the list; entities' histories are overwritten as incidents are kept again. */
  clear(): Promise<void>;
  list(): Promise<IncidentSummary[]>;
} {
  return {
    async keep(incident) {
      const summary = summarise(incident);
      const fields = { summary: JSON.stringify(summary), updatedAt: summary.updatedAt };
      await table.put('incident', incident.id, fields);
      for (const key of summary.entities) await table.put(`entity#${key}`, incident.id, fields);
    },
    async clear() {
      for (const { sk } of await table.list('incident')) await table.remove('incident', String(sk));
    },
    async list() {
      return (await table.list('incident'))
        .map(parse)
        .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
    },
    async of(key) {
      return (await table.list(`entity#${key}`))
        .map(parse)
        .map(({ account, findings, entities, ...past }) => past);
    },
  };
}

function parse(fields: Fields): IncidentSummary {
  return JSON.parse(String(fields.summary)) as IncidentSummary;
}
