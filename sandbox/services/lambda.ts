import { randomUUID } from 'node:crypto';
import * as lambda from '@aws-sdk/client-lambda';
import type { DurableMap } from '../durable.ts';
import type { Invocation } from '../functions/messages.ts';
import type { FunctionPool } from '../functions/pool.ts';
import { durable, type Home, pauseBeforeRetry } from '../home.ts';
import { AwsError, operation, type Service } from '../wire/service.ts';

type Invoke = [lambda.InvokeCommandInput, lambda.InvokeCommandOutput];

/** An event that nobody waits for: Lambda keeps it and tries three times. */
interface QueuedEvent {
  readonly function: string;
  readonly event: unknown;
}

/** Lambda's own retries of asynchronous invocations: two. */
const asynchronousAttempts = 3;

/** All functions of the stack, by name or ARN. */
export class Functions {
  readonly #home: Home;
  readonly #pools: ReadonlyMap<string, FunctionPool>;
  readonly #queued: DurableMap<QueuedEvent>;

  constructor(home: Home, pools: readonly FunctionPool[]) {
    this.#home = home;
    this.#pools = new Map(pools.map((pool) => [pool.definition.name, pool]));
    this.#queued = durable(home, 'events', 'asynchronous');
  }

  /** Takes up the events that an earlier run did not finish. */
  resume(): void {
    for (const [id, queued] of this.#queued.entries()) void this.#run(id, queued);
  }

  /** The function behind a name, ARN, qualified ARN or API Gateway's invocation URI; undefined if there is none. */
  find(reference: string): FunctionPool | undefined {
    const name = /:function:([^:/]+)/.exec(reference)?.[1] ?? reference;
    return this.#pools.get(name);
  }

  async invoke(pool: FunctionPool, event: unknown, requestId: string = randomUUID()): Promise<Invocation> {
    const { name } = pool.definition;
    const end = this.#home.activity.begin();
    const startedAt = performance.now();
    this.#home.emit({ type: 'function-started', function: name, requestId });
    const invocation = await pool.invoke(event, requestId);
    const milliseconds = performance.now() - startedAt;
    const { errorType, errorMessage } = invocation.status === 'failed' ? invocation.error : {};
    const failure = errorType === undefined ? {} : { errorType, errorMessage: errorMessage ?? '' };
    this.#home.emit({ type: 'function-ended', function: name, requestId, milliseconds, ...failure });
    end();
    return invocation;
  }

  /** Keeps the event and answers at once. */
  invokeLater(pool: FunctionPool, event: unknown): void {
    const id = randomUUID();
    const queued = { function: pool.definition.name, event };
    this.#queued.set(id, queued);
    void this.#run(id, queued);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.stop()));
  }

  async #run(id: string, queued: QueuedEvent, attempt = 1): Promise<void> {
    const pool = this.#pools.get(queued.function);
    if (!pool) return;
    const end = this.#home.activity.begin();
    const { status } = await this.invoke(pool, queued.event, id);
    const retry = status === 'failed' && attempt < asynchronousAttempts;
    if (retry && (await pauseBeforeRetry(this.#home))) void this.#run(id, queued, attempt + 1);
    else if (!this.#home.stopped.aborted) this.#queued.delete(id);
    end();
  }
}

/** Lambda's API, as far as the system calls it: Invoke. */
export function lambdaService(functions: Functions): Service {
  return {
    signingName: 'lambda',
    protocol: 'restJson1',
    schemas: lambda,
    operations: { Invoke: invoke(functions) },
  };
}

function invoke(functions: Functions) {
  return operation<Invoke[0], Invoke[1]>({
    requires({ FunctionName = '' }) {
      const resource = functions.find(FunctionName)?.definition.arn ?? FunctionName;
      return [{ action: 'lambda:InvokeFunction', resource }];
    },
    async handle({ FunctionName = '', InvocationType = 'RequestResponse', Payload }) {
      const pool = functions.find(FunctionName);
      if (!pool) throw new AwsError('ResourceNotFoundException', `Function not found: ${FunctionName}`, 404);
      const event = parsePayload(Payload as Uint8Array | undefined);
      if (InvocationType === 'DryRun') return { StatusCode: 204 };
      if (InvocationType === 'Event') {
        functions.invokeLater(pool, event);
        return { StatusCode: 202 };
      }
      const invocation = await functions.invoke(pool, event);
      if (invocation.status === 'succeeded')
        return { StatusCode: 200, Payload: Buffer.from(invocation.payload) as never };
      const failure = Buffer.from(JSON.stringify(invocation.error)) as never;
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: failure };
    },
  });
}

/** No payload is an empty event. */
function parsePayload(payload: Uint8Array | undefined): unknown {
  if (!payload || payload.byteLength === 0) return {};
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8')) as unknown;
  } catch (cause) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${String(cause)}`,
    );
  }
}
