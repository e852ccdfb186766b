import {
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { functionArn } from '../../core/lambda-function.ts';
import { hasName } from '../../core/named-error.ts';
import type { Consequence, Target } from '../../core/plan.ts';
import type { Reader } from './concurrency.ts';

/** Pages of either list that are read; more are not counted, and count as large. */
const PAGES = 4;
/** Only how many there are: what is in them is anybody's text. */
const Policy = z.object({
  Statement: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]),
});

/** Who will be refused, as far as Lambda itself tells. */
export async function blastRadius(target: Target, account: Reader): Promise<readonly Consequence[]> {
  const FunctionName = functionArn(target);
  const mappings = await count(async (Marker) => {
    const page = await account.send(new ListEventSourceMappingsCommand({ FunctionName, Marker }));
    const enabled = page.EventSourceMappings?.filter(({ State }) => State !== 'Disabled').length ?? 0;
    return { items: enabled, next: page.NextMarker };
  });
  const urls = await count(async (Marker) => {
    const page = await account.send(new ListFunctionUrlConfigsCommand({ FunctionName, Marker }));
    return { items: page.FunctionUrlConfigs?.length ?? 0, next: page.NextMarker };
  });
  return [
    { what: 'functions that stop working', count: 1, evidence: 'GetFunctionConcurrency' },
    {
      what: 'event source mappings (queues, streams) that wait or lose what they hold',
      count: mappings,
      evidence: 'ListEventSourceMappings',
    },
    { what: 'function URLs that answer 429', count: urls, evidence: 'ListFunctionUrlConfigs' },
    {
      what: 'statements of its own policy that let services or others call it',
      count: await statements(FunctionName, account),
      evidence: 'GetPolicy of the function; policies of its aliases are not read',
    },
    {
      what: 'programs that call it with their own permission',
      count: null,
      evidence: 'not available: not read',
    },
  ];
}

type Page = (
  marker: string | undefined,
) => Promise<{ readonly items: number; readonly next: string | undefined }>;

/** Null for what goes on beyond the pages that are read. */
async function count(page: Page): Promise<number | null> {
  let sum = 0;
  let marker: string | undefined;
  for (let read = 0; read < PAGES; read += 1) {
    const { items, next } = await page(marker);
    sum += items;
    if (!next) return sum;
    marker = next;
  }
  return null;
}

async function statements(FunctionName: string, account: Reader): Promise<number | null> {
  try {
    const { Policy: text } = await account.send(new GetPolicyCommand({ FunctionName }));
    return Policy.safeParse(JSON.parse(text ?? '')).data?.Statement.length ?? null;
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) return 0;
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
