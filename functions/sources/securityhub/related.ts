import { listAt, textAt } from '../../core/document.ts';
import { productOf, uidOf } from '../../core/hub-product.ts';
import type { AsffDocument } from './document.ts';

/** The findings that this one names as related, and the signals of an attack sequence, each by its one name. */
export function relatedFindings(document: AsffDocument): string[] {
  const named = [
    ...listAt(document, 'relatedFindings'),
    ...listAt(document, 'detection', 'sequence', 'signals').filter(({ type }) => type === 'FINDING'),
  ];
  const uids = named.flatMap((one) => {
    const id = textAt(one, 'id');
    return id && id.length <= 2048
      ? uidOf(productOf(textAt(one, 'productArn') ?? document.productArn), id)
      : [];
  });
  return [...new Set(uids)].slice(0, 100);
}
