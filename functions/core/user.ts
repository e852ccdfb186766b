import * as z from 'zod';
import { TargetNotFoundError } from './errors.ts';
import { keptByCode } from './infrastructure-as-code.ts';
import { hasName } from './named-error.ts';
import type { Consequence } from './plan.ts';
import { isProtected, type Tag } from './reserved-tags.ts';

/** Who a user is. The unique id tells a user from another of the same name that was made since. */
export const UserIdentity = z.strictObject({ name: z.string(), arn: z.string(), uniqueId: z.string() });
export type UserIdentity = z.infer<typeof UserIdentity>;

export interface ObservedUser {
  readonly identity: UserIdentity;
  readonly protectedTarget: boolean;
  /** What keeps the user as it is. */
  readonly code: readonly Consequence[];
  /** Absent where the user never signed in with a password, or has none. */
  readonly passwordLastUsed?: Date | undefined;
}

/** What GetUser answers, as far as it is read. */
type GetUser = (input: { readonly UserName: string }) => Promise<{
  readonly User?:
    | {
        readonly UserName?: string | undefined;
        readonly UserId?: string | undefined;
        readonly Arn?: string | undefined;
        readonly PasswordLastUsed?: Date | undefined;
        readonly Tags?: readonly Tag[] | undefined;
      }
    | undefined;
}>;

/** Reads one IAM user, under the name that AWS answers: a finding's may differ in case. Throws TargetNotFoundError. */
export async function readUser(name: string, getUser: GetUser): Promise<ObservedUser> {
  const { User: user } = await getUser({ UserName: name }).catch((error: unknown) => {
    throw hasName(error, 'NoSuchEntityException')
      ? new TargetNotFoundError(`user ${name}`, { cause: error })
      : error;
  });
  return {
    identity: { name: user?.UserName ?? name, arn: user?.Arn ?? '', uniqueId: user?.UserId ?? '' },
    protectedTarget: isProtected(user?.Tags),
    code: keptByCode(user?.Tags),
    passwordLastUsed: user?.PasswordLastUsed,
  };
}
