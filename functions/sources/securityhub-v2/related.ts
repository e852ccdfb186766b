import { listAt, textAt } from '../../core/document.ts';
import { productOf, uidOf } from '../../core/hub-product.ts';
import { type OcsfDocument, productArnOf } from './document.ts';

/** The findings that an exposure or an attack sequence is made of, each by its one name. */
export function relatedFindings(document: OcsfDocument): string[] {
  const uids = listAt(document, 'finding_info', 'related_events').flatMap((event) => {
    const uid = textAt(event, 'uid');
    const product = productOf(textAt(event, 'product', 'uid') ?? productArnOf(document));
    return uid && uid.length <= 2048 ? uidOf(product, uid) : [];
  });
  return [...new Set(uids)].slice(0, 100);
}
