import type { Usage } from '../core/entry.ts';
import { SallyportError } from '../core/errors.ts';
import { hasName } from '../core/named-error.ts';

/**
 * The base of every way in which a model call fails for good: whoever called falls back. What the service said is in
 * `cause` alone, because it may quote the request; messages hold error codes and request ids.
 */
export abstract class ModelError extends SallyportError {
  readonly model: string;

  constructor(model: string, problem: string, options?: ErrorOptions) {
    super(`model ${model} ${problem}`, options);
    this.model = model;
  }
}

/** Not in the table, and without prices of its own. */
export class ModelUnknownError extends ModelError {
  override readonly name = 'ModelUnknownError';

  constructor(model: string, known: readonly string[]) {
    super(
      model,
      `has no known prices: give its prices in US dollars per million tokens, or use one of ${known.join(', ')}`,
    );
  }
}

/** Throttled, down, too slow or out of reach, after every retry. */
export class ModelUnavailableError extends ModelError {
  override readonly name = 'ModelUnavailableError';
  readonly attempts: number;

  constructor(model: string, attempts: number, reason: string, options: ErrorOptions) {
    super(model, `gave no answer in ${attempts} attempt(s), the last failed with ${reason}`, options);
    this.attempts = attempts;
  }
}

/** The account or the role may not call it, or it does not exist in the region: only a person can cure that. */
export class ModelAccessDeniedError extends ModelError {
  override readonly name = 'ModelAccessDeniedError';

  constructor(model: string, reason: string, options: ErrorOptions) {
    super(
      model,
      `may not be called (${reason}): allow bedrock:InvokeModel on it, and check its access and region`,
      options,
    );
  }
}

/** Bedrock found the request wrong: the same request will always fail. */
export class ModelRequestInvalidError extends ModelError {
  override readonly name = 'ModelRequestInvalidError';
}

/** A guardrail, a content filter or the model itself declined to answer. The tokens are billed. */
export class ModelRefusedError extends ModelError {
  override readonly name = 'ModelRefusedError';
  readonly stopReason: string;
  readonly usage: Usage;

  constructor(model: string, stopReason: string, usage: Usage) {
    super(model, `declined to answer (${stopReason}): let the rules or a person decide`);
    this.stopReason = stopReason;
    this.usage = usage;
  }
}

/** An answer that cannot be used. `usage` is what it cost, where the answer still said so. */
export class ModelReplyInvalidError extends ModelError {
  override readonly name = 'ModelReplyInvalidError';
  readonly usage: Usage | undefined;

  constructor(model: string, problem: string, usage?: Usage, options?: ErrorOptions) {
    super(model, `answered what cannot be used: ${problem}`, options);
    this.usage = usage;
  }
}

const DENIALS = [
  'AccessDeniedException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'ExpiredTokenException',
  'CredentialsProviderError',
];

/** The cause of a failed call, told by the SDK's error; what is not known is taken for an outage. */
export function modelError(model: string, cause: unknown, attempts: number): ModelError {
  if (cause instanceof ModelError) return cause;
  const reason = describe(cause);
  if (hasName(cause, ...DENIALS)) return new ModelAccessDeniedError(model, reason, { cause });
  if (hasName(cause, 'ValidationException'))
    return new ModelRequestInvalidError(model, `refused the request as malformed (${reason})`, { cause });
  // The SDK could not read a body that came with a success.
  if (metadataOf(cause).httpStatusCode === 200)
    return new ModelReplyInvalidError(model, `no readable body (${reason})`, undefined, { cause });
  return new ModelUnavailableError(model, attempts, reason, { cause });
}

function describe(error: unknown): string {
  const { httpStatusCode, requestId } = metadataOf(error);
  const name = error instanceof Error ? error.name : typeof error;
  return [name, httpStatusCode && `HTTP ${httpStatusCode}`, requestId && `request ${requestId}`]
    .filter(Boolean)
    .join(', ');
}

interface Metadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

/** What the SDK notes on every error that came with a response. */
function metadataOf(error: unknown): Metadata {
  const { $metadata } = (error ?? {}) as { readonly $metadata?: Metadata };
  return $metadata ?? {};
}
