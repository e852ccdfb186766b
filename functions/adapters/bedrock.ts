import { setTimeout as sleep } from 'node:timers/promises';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { Model } from '../core/ports.ts';
import { modelError } from './bedrock-errors.ts';
import { type GivenPrices, modelFacts } from './bedrock-models.ts';
import { readReply } from './bedrock-reply.ts';
import { converseInput } from './bedrock-request.ts';
import { type RetryLimits, type Waiting, withRetries } from './bedrock-retry.ts';
import { measured } from './clients.ts';

export interface BedrockOptions {
  /** A model id, or the id or ARN of an inference profile. */
  readonly modelId: string;
  /** Needed for a model that is not in the table, and goes before the table. */
  readonly prices?: GivenPrices;
  /** Made by `bedrockClient`, or at least without retries of its own. */
  readonly client?: Pick<BedrockRuntimeClient, 'send'>;
  readonly limits?: Partial<RetryLimits>;
  readonly waiting?: Partial<Waiting>;
}

/** Well inside a function's time-out of five minutes, so that the fallback still has its turn. */
const limits: RetryLimits = { attempts: 5, attemptMs: 90_000, totalMs: 120_000 };

const waiting: Waiting = {
  pause: (milliseconds) => sleep(milliseconds),
  random: Math.random,
  now: () => performance.now(),
};

/** The client that `bedrockModel` wants: attempts are counted and timed here, so the SDK makes only one. HTTP/2. */
export function bedrockClient(): BedrockRuntimeClient {
  return measured(new BedrockRuntimeClient({ maxAttempts: 1 }));
}

/**
 * A language model behind Bedrock's Converse operation. Throws ModelUnknownError at once where no prices are known;
 * `converse` throws one ModelError per cause, after retries where those can help.
 */
export function bedrockModel({ modelId, prices, client = bedrockClient(), ...given }: BedrockOptions): Model {
  const facts = modelFacts(modelId, prices);
  return {
    id: modelId,
    async converse(request) {
      const input = converseInput(modelId, request, facts);
      const output = await withRetries(
        (abortSignal) => client.send(new ConverseCommand(input), { abortSignal }),
        { ...limits, ...given.limits },
        { ...waiting, ...given.waiting },
        (cause, attempts) => modelError(modelId, cause, attempts),
      );
      return readReply(modelId, output, facts.prices);
    },
  };
}
