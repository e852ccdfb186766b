import { sha256 } from '../core/canonical.ts';
import { type Document, isObject, textAt } from '../core/document.ts';
import { FindingRejectedError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { EventEnvelope, parseOrReject, type Source } from '../core/source.ts';
import { sources } from './registry.gen.ts';

/**
 * The findings of a document in any form that a source knows: EventBridge envelope, bare finding, or what an API or
 * its CLI answers (`{ "Findings": [...] }`, a list). Throws FindingRejectedError that says what is wrong, and where.
 */
export function normalise(document: unknown): Finding[] {
  return envelopesOf(document).flatMap(parseEnvelope);
}

/**
 * As `normalise`, but a finding of a batch that is wrong is rejected by itself, in its place. Throws
 * FindingRejectedError for a document that holds no finding at all.
 */
export function normaliseEach(document: unknown): (Finding | FindingRejectedError)[] {
  return envelopesOf(document).flatMap((event) => {
    const source = sourceOf(event);
    return source.parseEach ? source.parseEach(event) : source.parse(event);
  });
}

/** The findings of one EventBridge event. Throws FindingRejectedError. */
export function parseEnvelope(event: EventEnvelope): Finding[] {
  return sourceOf(event).parse(event);
}

function sourceOf(event: EventEnvelope): Source {
  const source = sources.find((one) => one.accepts(event));
  if (source) return source;
  const accepted = sources.flatMap((one) => one.eventPatterns.flatMap((pattern) => pattern.detailType));
  throw new FindingRejectedError(
    `event ${event.id}: no source accepts "${event['detail-type']}" of ${event.source}; accepted are ${accepted.join(', ')}`,
  );
}

/**
 * The events that the service would have sent for a document, so that any file can go through the front door. An
 * event's id follows from its content: the same file makes the same events. Throws FindingRejectedError where nothing
 * looks like a finding; whether one is complete is for `normalise` to say.
 */
export function envelopesOf(document: unknown): EventEnvelope[] {
  if (Array.isArray(document)) return nonEmpty(document).flatMap(envelopesOf);
  if (!isObject(document)) throw new FindingRejectedError('the document is not a JSON object or list');
  if ('detail-type' in document || 'detail' in document) return [asEnvelope(document)];
  const list = document.Findings ?? document.findings;
  if (Array.isArray(list)) return nonEmpty(list).flatMap(envelopesOf);
  const source = sources.find((one) => one.recognises(document));
  if (source) return [source.envelop(document, eventId(document))];
  throw new FindingRejectedError(
    `no source knows this document (keys: ${Object.keys(document).slice(0, 8).join(', ') || 'none'}); expected an EventBridge event, or a finding of ${sources.map((one) => one.title).join(' or ')}`,
  );
}

function asEnvelope(document: Document): EventEnvelope {
  return parseOrReject(EventEnvelope, document, `event ${textAt(document, 'id') ?? '(without id)'}`);
}

function nonEmpty(list: readonly unknown[]): readonly unknown[] {
  if (list.length === 0) throw new FindingRejectedError('the list of findings is empty');
  return list;
}

/** A UUID of the content's SHA-256, since EventBridge's ids are UUIDs. */
function eventId(document: Document): string {
  const hash = sha256(JSON.stringify(document));
  return [8, 12, 16, 20, 32].map((end, index, ends) => hash.slice(ends[index - 1] ?? 0, end)).join('-');
}
