import * as z from 'zod';
import { ModelUnknownError } from './bedrock-errors.ts';

/** US dollars per million tokens, for a model that is not in the table or is billed by other terms. */
export const GivenPrices = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  cacheRead: z.number().nonnegative().optional(),
  cacheWrite: z.number().nonnegative().optional(),
});
export type GivenPrices = z.infer<typeof GivenPrices>;

/** US dollars per million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** What the adapter must know of a model beside its id. */
export interface ModelFacts {
  readonly prices: Prices;
  /** The parts of a request behind which it takes a cache point; elsewhere one is a ValidationException (Nova, in tools). */
  readonly cacheable: readonly ('tools' | 'system' | 'messages')[];
  /** Tokens up to a cache point below which Bedrock silently caches nothing. */
  readonly minimumPrefix: number;
  /** Whether `toolChoice: { tool }` is allowed. Claude 5.5 answers it with a ValidationException. */
  readonly forcesTools: boolean;
}

interface Family extends Omit<ModelFacts, 'prices'> {
  readonly input: number;
  readonly output: number;
  /** The price of a token read from the cache, as a part of the input price. */
  readonly cacheRead: number;
}

/** Writing to the cache costs so many times the input price; an upper bound for Nova, which asks no more than the input price. */
const CACHE_WRITE = 1.25;
/** What Claude costs more where the request stays in a geography or a region than through a `global.` profile. */
const GEOGRAPHIC_PREMIUM = 1.1;

const claude = { cacheable: ['tools', 'system', 'messages'] } as const;
const nova = { cacheable: ['system'], minimumPrefix: 1000, cacheRead: 0.25, forcesTools: true } as const;

/**
 * Input and output prices: design, section 10, October 2026. The rest as others quoted it in autumn 2026 from
 * https://aws.amazon.com/bedrock/pricing/ (cache reads, the geographic premium),
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html (cacheable parts, minimum prefix) and
 * https://platform.claude.com/docs/en/models/opus-5-5/migration-guide (no forced tool choice): not checked on a bill.
 */
const families: Readonly<Record<string, Family>> = {
  'amazon.nova-micro': { ...nova, input: 0.035, output: 0.14 },
  'amazon.nova-lite': { ...nova, input: 0.06, output: 0.24 },
  'anthropic.claude-haiku-4-5': {
    ...claude,
    input: 1,
    output: 5,
    cacheRead: 0.1,
    minimumPrefix: 4096,
    forcesTools: true,
  },
  'anthropic.claude-sonnet-5': {
    ...claude,
    input: 2,
    output: 10,
    cacheRead: 0.1,
    minimumPrefix: 1024,
    forcesTools: true,
  },
  'anthropic.claude-opus-5-5': {
    ...claude,
    input: 4,
    output: 20,
    cacheRead: 0.05,
    minimumPrefix: 512,
    forcesTools: false,
  },
};

/** An ARN's beginning, a geography, the family, a release date and a version; all but the family may be absent. */
const MODEL_ID =
  /^(?:arn:[\w:-]+:(?:inference-profile|foundation-model)\/)?(?:(?<geography>global|[a-z]{2,4}(?:-gov)?)\.)?(?<family>(?:amazon|anthropic)\.[a-z0-9-]+?)(?:-\d{8})?(?:-v\d+(?::\w+)*)?$/;

/**
 * The facts of a model by its id, its inference profile's id or that profile's ARN. A model outside the table gets
 * the facts that hold everywhere: no cache points, and tools are asked for in words. Throws ModelUnknownError where
 * no prices are known, because a budget in dollars could not be kept.
 */
export function modelFacts(modelId: string, given?: GivenPrices): ModelFacts {
  const { geography, family = '' } = MODEL_ID.exec(modelId)?.groups ?? {};
  const known = Object.hasOwn(families, family) ? families[family] : undefined;
  const prices = given ? pricesGiven(given) : known && pricesOf(known, premium(family, geography));
  if (!prices) throw new ModelUnknownError(modelId, Object.keys(families));
  const { cacheable, minimumPrefix, forcesTools } = known ?? {
    cacheable: [],
    minimumPrefix: Number.POSITIVE_INFINITY,
    forcesTools: false,
  };
  return { prices, cacheable, minimumPrefix, forcesTools };
}

function premium(family: string, geography: string | undefined): number {
  return family.startsWith('anthropic.') && geography !== 'global' ? GEOGRAPHIC_PREMIUM : 1;
}

function pricesOf({ input, output, cacheRead }: Family, factor: number): Prices {
  return {
    input: input * factor,
    output: output * factor,
    cacheRead: input * factor * cacheRead,
    cacheWrite: input * factor * CACHE_WRITE,
  };
}

/** A price that is not given is taken to be no discount, so that a budget errs on the safe side. */
function pricesGiven(given: GivenPrices): Prices {
  const { input, output, cacheRead = input, cacheWrite = input * CACHE_WRITE } = GivenPrices.parse(given);
  return { input, output, cacheRead, cacheWrite };
}
