import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import { hasName } from '../core/named-error.ts';

/** Bounds on one call with all its attempts. */
export interface RetryLimits {
  readonly attempts: number;
  /** For one attempt, from its start to the last byte of its answer. */
  readonly attemptMs: number;
  /** For all attempts and the pauses between them. */
  readonly totalMs: number;
}

/** Time and chance as arguments (habit 7). */
export interface Waiting {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Milliseconds from any origin; never goes back. */
  readonly now: () => number;
}

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 20_000;

/**
 * Tries again what time can cure, with exponential back-off and full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). The SDK's own strategy would not
 * retry ModelTimeoutException, and bounds attempts but no time. The last error goes through `fail`.
 */
export async function withRetries<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  limits: RetryLimits,
  { pause, random, now }: Waiting,
  fail: (cause: unknown, attempts: number) => Error,
): Promise<T> {
  const deadline = now() + limits.totalMs;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await within(Math.min(limits.attemptMs, deadline - now()), attempt);
    } catch (error) {
      const delay = random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempts - 1));
      const spent = attempts >= limits.attempts || now() + delay >= deadline;
      if (spent || !isCurable(error)) throw fail(error, attempts);
      await pause(delay);
    }
  }
}

/** Throws a TimeoutError when the time is up, also where the work does not heed its signal. */
async function within<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds)));
  const timeUp = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return await Promise.race([timeUp, work(signal)]);
}

function isCurable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // The SDK's type lacks only `| undefined` on what it reads.
  const failure = error as SdkError;
  if (isThrottlingError(failure) || isTransientError(failure)) return true;
  return hasName(error, 'ModelTimeoutException') || isBrokenConnection(error);
}

function isBrokenConnection(error: Error & { readonly code?: unknown }): boolean {
  return typeof error.code === 'string' && error.code.startsWith('ERR_HTTP2_');
}
