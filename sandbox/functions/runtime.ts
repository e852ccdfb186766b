/**
 * What runs in a function's own process: imports the bundle and answers invocations over IPC, one at a time.
 * Arguments: the bundle's file and the name of its handler.
 */
import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FailureDetail, FromFunction, ToFunction } from './messages.ts';

type Handler = (event: unknown, context: object) => unknown;

async function serve(file: string, name: string): Promise<void> {
  const handler = await load(file, name);
  process.on('message', (message: ToFunction) => void answer(handler, message));
  send({ type: 'ready' });
  // The sandbox kills its functions, and Node would only keep at an orderly exit what it has compiled.
  flushCompileCache();
}

async function load(file: string, name: string): Promise<Handler> {
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const handler = module[name];
  if (typeof handler !== 'function') throw new TypeError(`${file} does not export a function named ${name}`);
  return handler as Handler;
}

async function answer(handler: Handler, { event, context, deadline }: ToFunction): Promise<void> {
  const getRemainingTimeInMillis = (): number => Math.max(0, deadline - Date.now());
  try {
    const payload = await handler(event, { ...context, getRemainingTimeInMillis });
    send({ type: 'succeeded', payload: JSON.stringify(payload ?? null) });
  } catch (error) {
    send({ type: 'failed', error: detailOf(error) });
  }
}

function detailOf(error: unknown): FailureDetail {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function send(message: FromFunction): void {
  process.send?.(message);
}

// A function never outlives the sandbox, however that ends.
process.on('disconnect', () => process.exit());

const [file = '', name = 'handler'] = process.argv.slice(2);
serve(file, name).catch((error: unknown) => {
  console.error(error);
  const { errorMessage, trace } = detailOf(error);
  process.send?.({ type: 'broken', error: { errorType: 'Runtime.ImportModuleError', errorMessage, trace } });
  process.exitCode = 1;
  process.disconnect();
});
