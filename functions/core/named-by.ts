/** Whether the owner's text, in which `*` stands for any, is a thing's id or ARN. */
export function isNamedBy(
  match: string,
  { id, arn }: { readonly id: string; readonly arn?: string | undefined },
): boolean {
  const pattern = new RegExp(`^${match.split('*').map(RegExp.escape).join('.*')}$`, 's');
  return pattern.test(id) || (arn !== undefined && pattern.test(arn));
}
