import { WrongStateError } from '../../core/errors.ts';
import { denyAll } from '../../core/own-policy.ts';

/**
 * The ARN of one role or user, of characters that mean themselves in a policy. A path may hold any from `!` to `~`
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html): `*` and `?`, which a policy reads as
 * wildcards, and `${`, which begins a variable. Whoever makes roles chooses it, so that such an ARN is refused.
 */
const EXACT = /^arn:aws[\w-]*:iam::\d{12}:(role|user)\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+$/;

/** A document that denies everything to one principal. Throws WrongStateError for an ARN that could mean others too. */
export function denyingOnly(arn: string): string {
  if (!EXACT.test(arn))
    throw new WrongStateError(
      'the principal',
      'under a path or name that a policy could read as a pattern',
      'a policy on it could deny others too; contain it with an inline policy, which needs no name',
    );
  // StringEquals knows no wildcards, and minds case: ArnEquals is ArnLike under another name.
  return denyAll({ StringEquals: { 'aws:PrincipalArn': arn } });
}
