import { at, type Document, isObject, textAt } from '../../core/document.ts';
import { jsonOf, objectsOf } from './json.ts';
import { confidenceOf, dateOf, type Gap, type Read, type Reading } from './reading.ts';
import { observablesOfPattern } from './stix-pattern.ts';

/**
 * A STIX 2.1 bundle. Only its `indicator` objects say that something is bad; one that was revoked says nothing.
 * https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html#_muftrcpnf89v
 */
export function readStix(text: string): Reading {
  const document = jsonOf(text);
  if (!isObject(document) || document.type !== 'bundle')
    return { reads: [], gaps: [{ at: 'the file', reason: 'it is no STIX bundle in JSON' }] };
  const reads: Read[] = [];
  const gaps: Gap[] = [];
  for (const object of objectsOf(document, 'objects')) {
    if (object.type !== 'indicator' || object.revoked === true) continue;
    const found = readIndicator(object);
    if (found) reads.push(...found);
    else
      gaps.push({
        at: textAt(object, 'id') ?? 'an indicator without an id',
        reason: 'its pattern is no comparison of addresses, domains or file hashes alone',
      });
  }
  return { name: textAt(document, 'id'), reads, gaps };
}

function readIndicator(object: Document): Read[] | undefined {
  const pattern = textAt(object, 'pattern_type') === 'stix' ? textAt(object, 'pattern') : undefined;
  return observablesOfPattern(pattern ?? '')?.map((observable) => ({
    observable,
    firstSeen: dateOf(at(object, 'valid_from')) ?? dateOf(at(object, 'created')),
    lastSeen: dateOf(at(object, 'modified')),
    validUntil: dateOf(at(object, 'valid_until')),
    confidence: confidenceOf(at(object, 'confidence')),
  }));
}
