import { AwsError } from '../../wire/service.ts';

/** One page by position: 20 at most, as Organizations has it. */
export function pageOf<Item>(
  items: readonly Item[],
  {
    NextToken: token = '0',
    MaxResults: size = 20,
  }: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
): { readonly items: Item[]; readonly NextToken: string | undefined } {
  if (!/^\d+$/.test(token) || size < 1 || size > 20)
    throw new AwsError(
      'InvalidInputException',
      'You provided a value that does not match the pattern.',
      400,
      {
        Reason: 'INVALID_NEXT_TOKEN',
      },
    );
  const end = Number(token) + size;
  return { items: items.slice(Number(token), end), NextToken: end < items.length ? String(end) : undefined };
}
