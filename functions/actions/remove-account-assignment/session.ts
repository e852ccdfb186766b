import { NotOursError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import type { TrailRecord } from '../../core/trail.ts';

/** Whose session a key belongs to, and with which permission set it was opened. */
export interface IdentityCenterSession {
  readonly userName: string;
  readonly permissionSetName: string;
  /** Of the Identity Center: the path of its roles names it, but for us-east-1. */
  readonly region: string;
}

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html */
const RESERVED_ROLE =
  /^arn:aws[\w-]*:iam::(?<account>\d{12}):role\/aws-reserved\/sso\.amazonaws\.com\/(?:(?<region>[a-z0-9-]+)\/)?(?<role>AWSReservedSSO_(?<permissionSet>[\w+=,.@-]{1,32})_[0-9a-f]{16})$/;

/** STS cuts longer session names off: what is as long as this may be the beginning of another user's name. */
const LONGEST = 64;

/**
 * Reads the session out of what CloudTrail recorded of its key. An attacker sees the session's name and does not
 * choose it: it is the user's name in Identity Center, the only one that may take these roles
 * (https://docs.aws.amazon.com/singlesignon/latest/userguide/permproperties.html). Anybody may make a role of such a
 * name, and sessions of it under any user's: the path is what counts, which IAM gives to AWS alone.
 */
export function sessionOf(
  key: string,
  records: readonly TrailRecord[],
  account: string,
): IdentityCenterSession {
  const name = `access key ${key}`;
  const [record] = records;
  if (!record) throw new TargetNotFoundError(`a call of ${name} in CloudTrail's event history`);
  const { arn = '', sessionContext } = record.userIdentity;
  const issuer = RESERVED_ROLE.exec(sessionContext?.sessionIssuer?.arn ?? '')?.groups;
  if (!issuer)
    throw new NotOursError(
      name,
      'IAM Identity Center did not give it out; revoke-sessions or deactivate-access-key contain others',
    );
  if (issuer.account !== account) throw new NotOursError(name, 'it is a session in another account');
  const [, role, userName = ''] = arn.split(':')[5]?.split('/') ?? [];
  if (role !== issuer.role || userName === '' || userName.length >= LONGEST)
    throw new WrongStateError(
      name,
      "of a session whose name does not give the user's in full",
      'find the user in IAM Identity Center, and remove the assignment there',
    );
  return {
    userName,
    permissionSetName: issuer.permissionSet ?? '',
    region: issuer.region ?? 'us-east-1',
  };
}
