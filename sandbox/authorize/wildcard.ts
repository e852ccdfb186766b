/** Matches IAM's wildcards: `*` is any run of characters, `?` is one; everything else is literal. */
export function matchesWildcard(pattern: string, text: string, flags: '' | 'i' = ''): boolean {
  return compile(pattern, flags).test(text);
}

const compiled = new Map<string, RegExp>();

/** Policies are evaluated on every call with the same few patterns. */
function compile(pattern: string, flags: string): RegExp {
  const key = `${flags}/${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('\\*', '[^]*')
    .replaceAll('\\?', '[^]');
  const expression = new RegExp(`^${source}$`, flags);
  compiled.set(key, expression);
  return expression;
}

/**
 * Matches ARNs segment by segment, so that a `*` in the account cannot reach into the resource
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 */
export function matchesArn(pattern: string, arn: string): boolean {
  const patterns = segmentsOf(pattern);
  const segments = segmentsOf(arn);
  return (
    patterns.length === segments.length &&
    patterns.every((part, at) => matchesWildcard(part, segments[at] ?? ''))
  );
}

/** The resource, the sixth segment, may itself contain colons. */
function segmentsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
