import type { Consequence } from './plan.ts';
import type { TrailAnswer, TrailRecord } from './trail.ts';

/** Calls of IAM that leave whoever makes them another way in, and what each makes. */
const MADE: Readonly<Record<string, string>> = {
  CreateAccessKey: 'access key of user',
  CreateLoginProfile: 'console login of user',
  CreateRole: 'role',
  CreateUser: 'user',
  UpdateAssumeRolePolicy: 'trust of role',
  UpdateLoginProfile: 'console login of user',
};

/**
 * The ways back in that a principal made in its last day, which cutting off the principal does not close; nothing where
 * there are none. IAM allows no other characters in names than letters, digits and `_+=,.@-`.
 */
export function footholds({ records, truncated }: TrailAnswer): readonly Consequence[] {
  const made = [...new Set(records.flatMap(footholdOf))].sort();
  if (made.length === 0) return [];
  return [
    {
      what: `ways back in that it made in the last 24 h, which stay open: ${made.join(', ').slice(0, 400)}`,
      count: truncated ? null : made.length,
      evidence: "CloudTrail's event history (management events), last 24 h",
    },
  ];
}

function footholdOf({ eventSource, eventName, errorCode, ...record }: TrailRecord): string[] {
  const kind = MADE[eventName];
  if (kind === undefined || eventSource !== 'iam.amazonaws.com' || errorCode !== undefined) return [];
  const { requestParameters, userIdentity } = record;
  // Without a name, a key is made for the caller.
  const name = requestParameters?.roleName ?? requestParameters?.userName ?? userIdentity.userName;
  return [`${kind} ${name?.replaceAll(/[^\w+=,.@-]/g, '?').slice(0, 128) ?? 'unknown'}`];
}
