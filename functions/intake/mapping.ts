import jsonata from 'jsonata';
import { WebhookFinding } from '../core/webhook.ts';
import { DeliveryRefusedError } from './delivery.ts';

/**
 * The mapping is the owner's, but how long it runs is for the sender's data to say: milliseconds, nested calls, and
 * values in one list.
 */
const LIMITS = { timeout: 1000, stack: 200, sequence: 10_000 } as const;

/** What a mapping may not hold, or nothing: neither can be stopped once it runs on a sender's text. */
export function problemOfMapping(expression: string): string | undefined {
  try {
    const nodes = [...nodesOf(jsonata(expression).ast())];
    if (nodes.some(({ type }) => type === 'regex'))
      return 'a mapping holds no regular expression: a sender could make it run for ever; use $contains, $substringBefore or $split with texts';
    if (nodes.some(({ type, value }) => type === 'variable' && value === 'eval'))
      return 'a mapping does not call $eval: a sender would write the expression';
    return undefined;
  } catch (error) {
    return `is no JSONata: ${messageOf(error)}`;
  }
}

function* nodesOf(value: unknown): Generator<{ readonly type?: unknown; readonly value?: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const inside of Object.values(value)) yield* nodesOf(inside);
}

/** The finding that a mapping makes of a document. Throws DeliveryRefusedError that names the field which is wrong. */
export async function mapped(expression: string, document: unknown): Promise<WebhookFinding> {
  const parsed = WebhookFinding.safeParse(plain(await evaluated(expression, document)));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, 8)
    .map(({ path, message }) => `${['finding', ...path].join('.')}: ${message}`);
  throw new DeliveryRefusedError(422, `the mapping gives no finding for this document: ${issues.join('; ')}`);
}

async function evaluated(expression: string, document: unknown): Promise<unknown> {
  try {
    return await jsonata(expression, LIMITS).evaluate(document);
  } catch (error) {
    throw new DeliveryRefusedError(422, `the mapping fails on this document: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** JSONata's lists carry marks of its own, and its functions are no values. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

function messageOf(error: unknown): string {
  const isTold = typeof error === 'object' && error !== null && 'message' in error;
  return String(isTold ? error.message : error).slice(0, 300);
}
