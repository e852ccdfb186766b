import { at, leaves, listAt, textAt } from '../../core/document.ts';
import { keyAt, type Mention, mentionOfArn, type Place } from '../../core/mention.ts';
import { kindOfResourceType } from '../../core/resource-type.ts';
import type { AccessAnalyzerDocument } from './document.ts';

/** The resource that may be reached, or that is not used, and who may reach it. */
export function mentionsOf(document: AccessAnalyzerDocument, place: Place): Mention[] {
  const resource = mentionOfResource(document);
  return [
    resource,
    ...unusedKey(document, keyAt(place, resource.kind, resource.id)),
    ...principals(document),
  ];
}

function mentionOfResource({ resource, resourceType }: AccessAnalyzerDocument): Mention {
  const named = mentionOfArn(resource, 'target', 'asserted');
  if (named && named.kind !== 'object') return named;
  return { kind: kindOfResourceType(resourceType), id: resource, part: 'target', trust: 'asserted' };
}

/** An unused key, where the finding names it: only GetFindingV2 does. */
function unusedKey(document: AccessAnalyzerDocument, parent: string): Mention[] {
  const id = textAt(document, 'accessKeyId');
  return id ? [{ kind: 'access-key', id, part: 'target', trust: 'asserted', parent }] : [];
}

/**
 * Who a policy lets in. Whoever wrote the policy wrote the name, and may have written anybody's: a claim. Of internal
 * access Access Analyzer read the principal's own policies as well, so that there is one; but it did nothing.
 */
function principals(document: AccessAnalyzerDocument): Mention[] {
  const internal = document.findingType === 'InternalAccess';
  return leaves(at(document, 'principal'))
    .filter(({ value }) => typeof value === 'string' && value !== '' && value !== '*')
    .map(({ path, value }): Mention => {
      const name = String(value);
      const trust = internal ? 'asserted' : 'claimed';
      const named = mentionOfArn(name, 'related', trust);
      if (named) return named;
      if (/^\d{12}$/.test(name)) return { kind: 'account', id: name, account: name, part: 'related', trust };
      return {
        kind: 'other',
        id: `${(path[0] ?? 'principal').toLowerCase()}:${name}`,
        part: 'related',
        trust: 'claimed',
      };
    })
    .toArray();
}

/** How many sources give the access: a bucket's ACL and its policy, an access point. */
export function sourceTypes(document: AccessAnalyzerDocument): number | undefined {
  return listAt(document, 'sources').length || undefined;
}
