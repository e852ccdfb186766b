import { GetAccessKeyLastUsedCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import * as z from 'zod';
import { defineTool } from '../core/account.ts';
import { isMissingAccessKey } from '../core/missing-access-key.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Whose key it is, whether it works, and when it last did. */
export const accessKeyLastUsed = defineTool({
  id: 'access-key-last-used',
  title: 'Last use of an access key',
  description:
    'Owner, status, age and last use (time, service, region) of a long-term access key (AKIA...). Not found for session keys.',
  targets: ['access-key'],
  reads: [GetAccessKeyLastUsedCommand, ListAccessKeysCommand],
  permissions: [
    {
      actions: ['iam:GetAccessKeyLastUsed', 'iam:ListAccessKeys'],
      resources: ['arn:{partition}:iam::{account}:user/*'],
    },
  ],
  output: z.strictObject({
    userName: z.string(),
    status: z.enum(['Active', 'Inactive']),
    ageDays: z.number().int().nonnegative(),
    /** Null for a key that was never used, or not since April 2015, when AWS began to record it. */
    lastUsed: z.strictObject({ at: z.string(), service: z.string(), region: z.string() }).nullable(),
    /** Active keys of the same user, this one included. */
    activeKeysOfUser: z.number().int().nonnegative(),
  }),
  tainted: ['/userName'],

  async ask({ id }, { account, now }) {
    try {
      const use = await account.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
      if (use.UserName === undefined) return undefined;
      const { AccessKeyMetadata: keys = [] } = await account.send(
        new ListAccessKeysCommand({ UserName: use.UserName }),
      );
      const key = keys.find((one) => one.AccessKeyId === id);
      if (!key) return undefined;
      const age = now.getTime() - (key.CreateDate ?? now).getTime();
      const { LastUsedDate: at, ServiceName, Region } = use.AccessKeyLastUsed ?? {};
      return {
        userName: use.UserName,
        status: key.Status === 'Active' ? ('Active' as const) : ('Inactive' as const),
        ageDays: Math.max(0, Math.floor(age / DAY)),
        lastUsed: at ? { at: at.toISOString(), service: ServiceName ?? '', region: Region ?? '' } : null,
        activeKeysOfUser: keys.filter((one) => one.Status === 'Active').length,
      };
    } catch (error) {
      if (isMissingAccessKey(error, id)) return undefined;
      throw error;
    }
  },
});
