import * as z from 'zod';
import type { Approver } from '../core/decision.ts';

/** What API Gateway's authorizers say about a caller (HTTP API, payload version 2.0). Everything else is hearsay. */
const Authorizer = z.object({
  iam: z.object({ userArn: z.string() }).nullish(),
  jwt: z.object({ claims: z.record(z.string(), z.unknown()) }).nullish(),
});

interface IdentitySettings {
  readonly approvers: readonly Approver[];
  /** Without an issuer no token is believed. */
  readonly oidcIssuer?: string;
}

/** How a person was recognised: by a signed-in browser, or by the signature of an AWS request. */
export interface Identity {
  readonly approver: Approver;
  readonly by: 'sign-in' | 'iam';
}

/**
 * Who is calling, from the request's authorizer and from nothing else: a header or a query is the caller's own word.
 * Nobody when the authorizer is absent or malformed, the issuer is another, or not exactly one approver matches.
 */
export function identify(authorizer: unknown, settings: IdentitySettings): Identity | undefined {
  const parsed = Authorizer.safeParse(authorizer);
  if (!parsed.success) return undefined;
  const { iam, jwt } = parsed.data;
  if (iam) return exactlyOne(settings.approvers, (one) => isPrincipal(one, iam.userArn), 'iam');
  if (!jwt || !settings.oidcIssuer || jwt.claims.iss !== settings.oidcIssuer) return undefined;
  const { sub } = jwt.claims;
  return exactlyOne(settings.approvers, (one) => one.id === sub, 'sign-in');
}

function exactlyOne(
  approvers: readonly Approver[],
  isMatch: (approver: Approver) => boolean,
  by: Identity['by'],
): Identity | undefined {
  const [approver, ...others] = approvers.filter(isMatch);
  return approver && others.length === 0 ? { approver, by } : undefined;
}

/**
 * An approver may be listed by a user's ARN, by one session's ARN (Identity Center sets the session's name), or by a
 * role's ARN, which then is whoever may assume that role.
 */
function isPrincipal({ principalArn }: Approver, userArn: string): boolean {
  if (!principalArn) return false;
  return principalArn === userArn || withoutPath(principalArn) === roleOf(userArn);
}

/** `arn:aws:sts::…:assumed-role/Name/session` → `arn:aws:iam::…:role/Name`. Role names are unique whatever their path. */
export function roleOf(userArn: string): string | undefined {
  const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]+$/.exec(userArn);
  return session ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` : undefined;
}

function withoutPath(roleArn: string): string {
  return roleArn.replace(/:role\/.*\//, ':role/');
}
