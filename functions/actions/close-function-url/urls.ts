import {
  type FunctionUrlConfig,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { changeFunction, functionArn } from '../../core/lambda-function.ts';
import { hasName } from '../../core/named-error.ts';
import type { PlannedAction, Target } from '../../core/plan.ts';

export const reads = [ListFunctionUrlConfigsCommand, ListTagsCommand] as const;
export const writes = [UpdateFunctionUrlConfigCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** A URL of the function (no qualifier) or of one of its aliases. The address has an id that no other URL gets. */
const FunctionUrl = z.strictObject({
  qualifier: z
    .string()
    .regex(/^[\w-]{1,128}$/)
    .nullable(),
  url: z.string().max(256),
  authType: z.enum(['NONE', 'AWS_IAM']),
});
export type FunctionUrl = z.infer<typeof FunctionUrl>;
const Before = z.strictObject({ urls: z.array(FunctionUrl.extend({ authType: z.literal('NONE') })).min(1) });

export function openBefore(planned: PlannedAction): readonly FunctionUrl[] {
  return Before.parse(planned.before).urls;
}

/** All URLs of the function and its aliases, by qualifier; undefined for a function that is gone. */
export async function readUrls(target: Target, account: Reader): Promise<readonly FunctionUrl[] | undefined> {
  const urls: FunctionUrl[] = [];
  let Marker: string | undefined;
  try {
    do {
      const input = { FunctionName: functionArn(target), Marker };
      const page = await account.send(new ListFunctionUrlConfigsCommand(input));
      urls.push(...(page.FunctionUrlConfigs ?? []).map((one) => saved(target, one)));
      Marker = page.NextMarker || undefined;
    } while (Marker);
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
  return urls.sort((a, b) => (a.qualifier ?? '').localeCompare(b.qualifier ?? ''));
}

function saved(target: Target, config: FunctionUrlConfig): FunctionUrl {
  const qualifier = config.FunctionArn?.slice(functionArn(target).length + 1) || null;
  return FunctionUrl.parse({ qualifier, url: config.FunctionUrl, authType: config.AuthType });
}

/** Says who may call a URL. What else the URL is set to, Lambda keeps. */
export function setAuthType(
  target: Target,
  { qualifier }: FunctionUrl,
  AuthType: FunctionUrl['authType'],
  account: Writer,
): Promise<void> {
  const Qualifier = qualifier === null ? {} : { Qualifier: qualifier };
  const input = { FunctionName: functionArn(target), ...Qualifier, AuthType };
  return changeFunction(target.id, () => account.send(new UpdateFunctionUrlConfigCommand(input)));
}

/** The URLs as they stand now. Throws TargetNotFoundError where the function is gone. */
export async function existingUrls(target: Target, account: Reader): Promise<readonly FunctionUrl[]> {
  const urls = await readUrls(target, account);
  if (!urls) throw new TargetNotFoundError(`function ${target.id}`);
  return urls;
}
