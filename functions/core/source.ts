import * as z from 'zod';
import { FindingRejectedError } from './errors.ts';
import { Finding } from './finding.ts';

/** A lone surrogate has no canonical JSON, and sources take the place from here where a finding does not tell it. */
const wellFormedText = z.string().transform((text) => text.toWellFormed());

/** An event as EventBridge delivers it. Its own fields are AWS's; `detail` is whatever the service says. */
export const EventEnvelope = z.looseObject({
  id: z.string(),
  'detail-type': z.string(),
  source: z.string(),
  account: wellFormedText,
  time: z.string(),
  region: wellFormedText,
  detail: z.record(z.string(), z.unknown()),
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** What an EventBridge rule matches; the field names are those of CDK's `EventPattern`. */
export interface EventPattern {
  readonly source: readonly string[];
  readonly detailType: readonly string[];
  /** Which of these events, where not all of them are findings: EventBridge's own operators, by field. */
  readonly detail?: Readonly<Record<string, readonly unknown[]>>;
}

/**
 * A field of an event that an attacker may have written, as a path: `tags[].value`, `*` for any key, `["a/b.c"]` for a
 * key with dots. `why` says how he gets to write it.
 */
export interface AttackerWritable {
  readonly field: string;
  readonly why: string;
}

/** One kind of security finding: which events it takes, and how they become findings. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly eventPatterns: readonly EventPattern[];
  /** Families of finding types that it is known to send, for the catalogue. */
  readonly types: readonly string[];
  /**
   * What of an event of AWS's own is text of others: it ends in `tainted`, in a claim, in the title or in the
   * description, and nowhere else. Everything in a custom product's finding is.
   */
  readonly attackerWritable?: readonly AttackerWritable[];
  accepts(event: EventEnvelope): boolean;
  /** Throws FindingRejectedError that names the field which is missing or wrong. */
  parse(event: EventEnvelope): Finding[];
  /** Where an event holds several findings: each by itself, so that a bad one does not cost its siblings. */
  parseEach?(event: EventEnvelope): (Finding | FindingRejectedError)[];
  /** Whether a bare document (camelCase or PascalCase) looks like one of its findings. */
  recognises(document: Readonly<Record<string, unknown>>): boolean;
  /** The event that the service itself would have sent for a bare finding. Fields that it lacks stay empty. */
  envelop(document: Readonly<Record<string, unknown>>, id: string): EventEnvelope;
}

/** Whether an event matches one of a source's patterns. */
export function matchesPattern(event: EventEnvelope, patterns: readonly EventPattern[]): boolean {
  return patterns.some(
    (pattern) => pattern.source.includes(event.source) && pattern.detailType.includes(event['detail-type']),
  );
}

/** The event that a service would have sent for a bare finding, by its own pattern. What is not known is left empty. */
export function bareEvent(
  { source: [source = ''], detailType: [detailType = ''] }: EventPattern,
  id: string,
  detail: EventEnvelope['detail'],
  { account = '', region = '', time = '' }: Partial<Pick<EventEnvelope, 'account' | 'region' | 'time'>>,
): EventEnvelope {
  return {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account,
    time,
    region,
    resources: [],
    detail,
  };
}

/** Parses with a schema, and turns what it says into a rejection that names each field. */
export function parseOrReject<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  subject: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new FindingRejectedError(`${subject}: ${describeIssues(parsed.error)}`, { cause: parsed.error });
}

/** All of a finding but its tainted texts, which are many, and are bounded where they are gathered. */
const WithoutTexts = Finding.omit({ tainted: true });

/** The finding that a source made, where it is one; else a rejection that names the field which is not. */
export function findingOrReject(finding: Finding, subject: string): Finding {
  const { tainted, ...rest } = finding;
  return { ...parseOrReject(WithoutTexts, rest, subject), tainted };
}

function describeIssues(error: z.ZodError): string {
  const [first, ...rest] = error.issues.slice(0, 8).map((issue) => {
    const field = issue.path.join('.') || '(the document)';
    const missing = issue.message.endsWith('received undefined');
    return missing ? `${field} is missing` : `${field}: ${issue.message}`;
  });
  return [first, ...rest].join('; ');
}
