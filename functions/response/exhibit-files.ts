import type { Account, AwsCommandClass } from '../core/account.ts';
import { boundedText } from '../core/bounded.ts';
import { canonicalJson, sha256 } from '../core/canonical.ts';
import type { HandledEntity } from '../core/entity.ts';
import { SallyportError } from '../core/errors.ts';
import type { ManifestFile, Unavailable } from '../core/evidence-bundle.ts';
import type { Exhibit, Window } from '../core/exhibit.ts';
import type { Finding } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import { operationOf } from '../core/operation.ts';
import type { Clock } from '../core/ports.ts';
import { redact } from '../core/redact.ts';
import type { Place } from '../core/resource-pattern.ts';

/** Ends with the work, or rejects when that takes too long. */
export type Patience = <T>(work: Promise<T>) => Promise<T>;

/** An entity with the exhibits that are kept of it. */
export interface Subject {
  readonly entity: HandledEntity;
  readonly exhibits: readonly Exhibit[];
}

/** What came of a subject: files, and the names of those that could not be had. */
export interface Kept {
  readonly files: readonly { readonly listed: ManifestFile; readonly text: string }[];
  readonly unavailable: readonly Unavailable[];
}

export interface KeepParts {
  readonly accountOf: (
    place: Place,
    reads: readonly AwsCommandClass[],
    incident: string,
  ) => Account<readonly AwsCommandClass[]>;
  readonly patience: Patience;
  readonly clock: Clock;
}

const HOUR = 60 * 60 * 1000;

/** Reads every exhibit of a subject. One that fails takes no other with it. */
export async function keepSubject(subject: Subject, incident: Incident, parts: KeepParts): Promise<Kept> {
  const window = windowOf(incident.findings, parts.clock());
  const kept = await Promise.all(
    subject.exhibits.map((exhibit) =>
      keepOne(exhibit, subject.entity, { incident: incident.id, window }, parts),
    ),
  );
  return { files: kept.flatMap((one) => one.files), unavailable: kept.flatMap((one) => one.unavailable) };
}

async function keepOne(
  exhibit: Exhibit,
  entity: HandledEntity,
  { incident, window }: { readonly incident: string; readonly window: Window },
  { accountOf, patience, clock }: KeepParts,
): Promise<Kept> {
  const { handle, kind, id, account } = entity;
  const name = `${handle}-${exhibit.id}.json`;
  try {
    const question = { account: accountOf(entity, exhibit.reads, incident), window };
    const { content, truncated } = await patience(exhibit.collect(entity, question));
    const source = exhibit.reads.map((Command) => operationOf(new Command({})));
    const file = fileOf({ name, about: { handle, kind, id, account }, source }, content, clock(), truncated);
    return { files: [file], unavailable: [] };
  } catch (error) {
    return { files: [], unavailable: [{ name, reason: reasonOf(error) }] };
  }
}

/** Where the record stood when this was kept, with the findings that it is about. */
export async function keepRecord(incident: Incident, now: Date): Promise<Kept> {
  const { id, generation, heads, hashes, findings, plan } = incident;
  const content = { incident: id, generation, heads, hashes, findings, plan: plan?.manifestHash };
  return { files: [fileOf({ name: 'ledger.json', source: [] }, content, now, false)], unavailable: [] };
}

function fileOf(
  { name, source, ...about }: Pick<ManifestFile, 'name' | 'source' | 'about'>,
  content: unknown,
  now: Date,
  truncated: boolean,
): Kept['files'][number] {
  const { value, redacted } = redact(content);
  const text = canonicalJson(value);
  const bytes = Buffer.byteLength(text);
  const takenAt = now.toISOString();
  return {
    listed: { name, bytes, sha256: sha256(text), source, takenAt, redacted, truncated, ...about },
    text,
  };
}

/** AWS's words, or ours. AWS's may quote a name that somebody chose: whoever shows them escapes them. */
function reasonOf(error: unknown): string {
  if (error instanceof SallyportError) return boundedText(error.message, 600);
  return boundedText(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 600);
}

/** From an hour before the first finding to an hour after the last, as far as that has been. */
function windowOf(findings: readonly Finding[], now: Date): Window {
  const seen = findings.flatMap(({ finding_info: { created_time: first, modified_time: last } }) => [
    Date.parse(first),
    Date.parse(last),
  ]);
  const times = seen.filter((time) => !Number.isNaN(time) && time <= now.getTime());
  const from = Math.min(now.getTime(), ...times) - HOUR;
  const to = Math.min(now.getTime(), Math.max(now.getTime() - HOUR, ...times) + HOUR);
  return { from: new Date(from), to: new Date(to) };
}
