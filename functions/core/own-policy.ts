import type { Execution } from './account.ts';

/**
 * The name of an inline policy of ours, one for each plan: two incidents that contain the same principal cannot undo
 * each other's work, and nobody can take the name before the plan exists. IAM allows 128 characters of `[\w+=,.@-]`.
 */
export function ownPolicyName(prefix: string, { incident, manifestHash }: Execution): string {
  return `${prefix}-${incident.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 64)}-${manifestHash.slice(0, 12)}`;
}
