import { AwsError } from '../../wire/service.ts';
import { pageAt } from '../pages.ts';

/** One page of a list, in IAM's words. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly IsTruncated: boolean;
  readonly Marker: string | undefined;
}

/** Pages by position: the marker is the index of the next item. IAM answers 100 unless told otherwise. */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): Page<Item> {
  const { Marker: marker, MaxItems: size = 100 } = request;
  if (size < 1 || size > 1000) throw new AwsError('ValidationError', 'MaxItems must be between 1 and 1000');
  const page = pageAt(items, marker, size);
  if (!page) throw new AwsError('ValidationError', `Invalid Marker ${marker}`);
  return { items: page.items, IsTruncated: page.next !== undefined, Marker: page.next };
}
