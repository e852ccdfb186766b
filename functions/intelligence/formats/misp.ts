import { at, type Document, isObject, textAt } from '../../core/document.ts';
import { type Observable, parseObservable } from '../../core/observable.ts';
import { jsonOf, objectsOf } from './json.ts';
import { dateOf, type Gap, type Read, type Reading } from './reading.ts';

/** The part of an attribute's value that can be looked up, by its type (https://www.misp-project.org/datamodels). */
const parts: Readonly<Record<string, (value: string) => string | undefined>> = {
  'ip-src': whole,
  'ip-dst': whole,
  'ip-src|port': before,
  'ip-dst|port': before,
  domain: whole,
  hostname: whole,
  'hostname|port': before,
  'domain|ip': before,
  md5: whole,
  sha1: whole,
  sha256: whole,
  'filename|md5': after,
  'filename|sha1': after,
  'filename|sha256': after,
};

function whole(value: string): string {
  return value;
}

function before(value: string): string | undefined {
  return value.split('|')[0];
}

function after(value: string): string | undefined {
  return value.split('|').at(-1);
}

/**
 * MISP events in JSON: one, or what its API answers. Attributes whose `to_ids` is set are indicators; the rest is
 * context, which MISP says must not be matched.
 */
export function readMisp(text: string): Reading {
  const document = jsonOf(text);
  const events = eventsOf(document);
  if (events.length === 0)
    return { reads: [], gaps: [{ at: 'the file', reason: 'it holds no MISP event in JSON' }] };
  const reads: Read[] = [];
  const gaps: Gap[] = [];
  for (const attribute of events.flatMap(attributesOf)) {
    if (attribute.to_ids !== true && attribute.to_ids !== '1') continue;
    const observable = observableOf(attribute);
    if (observable) reads.push({ observable, ...timesOf(attribute) });
    else
      gaps.push({
        at: textAt(attribute, 'uuid') ?? 'an attribute without a uuid',
        reason: 'it is no address, domain or file hash',
      });
  }
  return { name: events.length === 1 ? textAt(events[0], 'info') : undefined, reads, gaps };
}

function eventsOf(document: unknown): Document[] {
  const listed = objectsOf(document, 'response');
  const holders = listed.length > 0 ? listed : isObject(document) ? [document] : [];
  return holders.map((holder) => at(holder, 'Event')).filter(isObject);
}

function attributesOf(event: Document): Document[] {
  return [
    ...objectsOf(event, 'Attribute'),
    ...objectsOf(event, 'Object').flatMap((object) => objectsOf(object, 'Attribute')),
  ];
}

function observableOf(attribute: Document): Observable | undefined {
  const type = textAt(attribute, 'type') ?? '';
  const part = Object.hasOwn(parts, type) ? parts[type]?.(textAt(attribute, 'value') ?? '') : undefined;
  return part === undefined ? undefined : parseObservable(part);
}

/** `timestamp` is in seconds, as text; the other two are ISO 8601. */
function timesOf(attribute: Document): Pick<Read, 'firstSeen' | 'lastSeen'> {
  const changed = new Date(Number(textAt(attribute, 'timestamp')) * 1000);
  const known = Number.isNaN(changed.getTime()) ? undefined : changed;
  return {
    firstSeen: dateOf(at(attribute, 'first_seen')) ?? known,
    lastSeen: dateOf(at(attribute, 'last_seen')) ?? known,
  };
}
