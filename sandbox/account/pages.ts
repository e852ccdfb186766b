interface Page<Item> {
  readonly items: Item[];
  /** Absent on the last page. */
  readonly next: string | undefined;
}

/** One page by position: the token is the index of the next item. Undefined for a token that no page answered with. */
export function pageAt<Item>(
  items: readonly Item[],
  token: string | undefined,
  size: number,
): Page<Item> | undefined {
  const start = token ?? '0';
  if (!/^\d+$/.test(start) || size < 1) return undefined;
  const end = Number(start) + size;
  return { items: items.slice(Number(start), end), next: end < items.length ? String(end) : undefined };
}
