import {
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import type { Account } from '../../core/account.ts';

/** Nothing that would show the function's environment. */
export const reads = [
  ListTagsCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListFunctionUrlConfigsCommand,
  ListEventSourceMappingsCommand,
] as const;
export type Reader = Account<typeof reads>;
