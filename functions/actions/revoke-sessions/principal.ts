import { GetRoleCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { NotOursError, TargetNotFoundError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { hasName } from '../../core/named-error.ts';
import type { Consequence, Target } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import type { Before, Reader } from './operations.ts';

export interface Observed {
  readonly before: Before;
  readonly protectedTarget: boolean;
  /** What keeps it as it is. */
  readonly code: readonly Consequence[];
}

/** Reads the principal. Throws TargetNotFoundError, and NotOursError for AWS's own roles. */
export async function readPrincipal(target: Target, account: Reader): Promise<Observed> {
  try {
    return target.kind === 'role' ? await readRole(target.id, account) : await readUser(target.id, account);
  } catch (error) {
    if (hasName(error, 'NoSuchEntityException'))
      throw new TargetNotFoundError(`${target.kind} ${target.id}`, { cause: error });
    throw error;
  }
}

async function readRole(name: string, account: Reader): Promise<Observed> {
  const { Role: role } = await account.send(new GetRoleCommand({ RoleName: name }));
  refuseAwsRole(name, role?.Path ?? '/');
  const before = { kind: 'role', name, arn: role?.Arn ?? '', uniqueId: role?.RoleId ?? '' } as const;
  return { before, protectedTarget: isProtected(role?.Tags), code: keptByCode(role?.Tags) };
}

async function readUser(name: string, account: Reader): Promise<Observed> {
  const { User: user } = await account.send(new GetUserCommand({ UserName: name }));
  const before = { kind: 'user', name, arn: user?.Arn ?? '', uniqueId: user?.UserId ?? '' } as const;
  return { before, protectedTarget: isProtected(user?.Tags), code: keptByCode(user?.Tags) };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html: AWS refuses, or undoes. */
function refuseAwsRole(name: string, path: string): void {
  if (path.startsWith('/aws-service-role/'))
    throw new NotOursError(`role ${name}`, 'it is linked to an AWS service, which alone may change it');
  if (path.startsWith('/aws-reserved/') || name.startsWith('AWSReservedSSO_'))
    throw new NotOursError(
      `role ${name}`,
      'IAM Identity Center manages it; revoke the session or the account assignment there',
    );
}
