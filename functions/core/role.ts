import { NotOursError, TargetNotFoundError } from './errors.ts';
import { keptByCode } from './infrastructure-as-code.ts';
import { hasName } from './named-error.ts';
import type { Consequence } from './plan.ts';
import { isProtected, type Tag } from './reserved-tags.ts';
import type { UserIdentity } from './user.ts';

export interface ObservedRole {
  readonly identity: UserIdentity;
  readonly protectedTarget: boolean;
  /** What keeps the role as it is. */
  readonly code: readonly Consequence[];
  /** The document that says who may assume it, decoded. */
  readonly trustPolicy: string;
}

/** What GetRole answers, as far as it is read. */
type GetRole = (input: { readonly RoleName: string }) => Promise<{
  readonly Role?:
    | {
        readonly RoleName?: string | undefined;
        readonly RoleId?: string | undefined;
        readonly Arn?: string | undefined;
        readonly Path?: string | undefined;
        readonly AssumeRolePolicyDocument?: string | undefined;
        readonly Tags?: readonly Tag[] | undefined;
      }
    | undefined;
}>;

/** Reads one IAM role. Throws TargetNotFoundError, and NotOursError for the roles of AWS and of Sallyport itself. */
export async function readRole(name: string, getRole: GetRole): Promise<ObservedRole> {
  const { Role: role } = await getRole({ RoleName: name }).catch((error: unknown) => {
    throw hasName(error, 'NoSuchEntityException')
      ? new TargetNotFoundError(`role ${name}`, { cause: error })
      : error;
  });
  refuseAwsRole(name, role?.Path ?? '/');
  refuseOwnRole(name, role?.Path ?? '/');
  return {
    identity: { name: role?.RoleName ?? name, arn: role?.Arn ?? '', uniqueId: role?.RoleId ?? '' },
    protectedTarget: isProtected(role?.Tags),
    code: keptByCode(role?.Tags),
    trustPolicy: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html: AWS refuses, or undoes. */
function refuseAwsRole(name: string, path: string): void {
  if (path.startsWith('/aws-service-role/'))
    throw new NotOursError(`role ${name}`, 'it is linked to an AWS service, which alone may change it');
  // The path alone: IAM gives it to AWS, while anybody may call a role AWSReservedSSO_….
  if (path.startsWith('/aws-reserved/'))
    throw new NotOursError(
      `role ${name}`,
      'IAM Identity Center manages it; revoke the session or the account assignment there',
    );
}

/** The path of every role that Sallyport is made of; `infra` gives it to them, and the SCP that we ship guards it. */
export const OWN_PATH = '/sallyport/';

/** Their boundary refuses it as well, but only once the change is under way. */
function refuseOwnRole(name: string, path: string): void {
  if (path.startsWith(OWN_PATH))
    throw new NotOursError(`role ${name}`, 'Sallyport itself works with it; change its stack instead');
}
