/** A text of at most so many UTF-16 units, well-formed even where the cut goes through a pair. */
export function boundedText(text: string | undefined, length = 256): string {
  return (text ?? '').slice(0, length).toWellFormed();
}

/** The first of a list, and whether there were more. */
export function boundedList<Item>(
  items: readonly Item[],
  length: number,
): { readonly items: Item[]; readonly truncated: boolean } {
  return { items: items.slice(0, length), truncated: items.length > length };
}
