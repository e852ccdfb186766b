/** Condition keys of a resource's tags: `aws:ResourceTag/…`, and a service's own spelling where it has one. */
export function tagContext(
  tags: Readonly<Record<string, string>> = {},
  prefixes: readonly string[] = ['aws'],
): Record<string, string> {
  const keys = Object.entries(tags).flatMap(([key, value]) =>
    prefixes.map((prefix) => [`${prefix}:resourcetag/${key.toLowerCase()}`, value]),
  );
  return Object.fromEntries(keys) as Record<string, string>;
}
