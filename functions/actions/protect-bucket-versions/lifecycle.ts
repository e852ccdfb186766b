import type { LifecycleRule } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { canonicalJson } from '../../core/canonical.ts';

/** Rules in the API's own shape, with dates as texts; and from which size on objects are moved, which S3 keeps beside. */
export const Lifecycle = z.strictObject({
  rules: z.array(z.record(z.string(), z.json())),
  minimumSize: z.string().nullable(),
});
export type Lifecycle = z.infer<typeof Lifecycle>;
type Rule = Lifecycle['rules'][number];

export function lifecycleOf(rules: readonly LifecycleRule[], minimumSize: string | undefined): Lifecycle {
  return Lifecycle.parse({
    rules: JSON.parse(JSON.stringify(rules)),
    minimumSize: minimumSize ?? null,
  });
}

/** The rules as the SDK takes them. Only `Date` of an expiration or a transition holds a date. */
export function rulesOf({ rules }: Lifecycle): LifecycleRule[] {
  return JSON.parse(JSON.stringify(rules), (key, value: unknown) =>
    key === 'Date' && typeof value === 'string' ? new Date(value) : value,
  ) as LifecycleRule[];
}

/** Whether a rule deletes objects, versions or delete markers as things stand. */
export function deletes(rule: Rule): boolean {
  const { Status: status, Expiration: current, NoncurrentVersionExpiration: older } = rule;
  return status === 'Enabled' && (current !== undefined || older !== undefined);
}

/** Whether disabling a rule stops something besides its deletions. */
export function doesMore(rule: Rule): boolean {
  return ['Transitions', 'NoncurrentVersionTransitions', 'AbortIncompleteMultipartUpload'].some((action) =>
    Object.hasOwn(rule, action),
  );
}

/** The same rules with those that delete switched off: S3 has no way to stop a part of a rule. */
export function frozen(lifecycle: Lifecycle | null): Lifecycle | null {
  if (lifecycle === null) return null;
  const rules = lifecycle.rules.map((rule) => (deletes(rule) ? { ...rule, Status: 'Disabled' } : rule));
  return { ...lifecycle, rules };
}

/** The order of rules means nothing. */
export function sameLifecycle(one: Lifecycle | null, other: Lifecycle | null): boolean {
  return fingerprint(one) === fingerprint(other);
}

function fingerprint(lifecycle: Lifecycle | null): string {
  return canonicalJson(lifecycle && { ...lifecycle, rules: lifecycle.rules.map(canonicalJson).sort() });
}
