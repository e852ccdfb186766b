import { portMeter } from '../adapters/clients.ts';

/**
 * Logs one line a call: how long it took, and how much of that was spent waiting for ports. What the bench reads.
 * An error passes through untouched: the state machine's retries and catches go by its name.
 */
export function measuredHandler<Event, Result>(
  handle: (event: Event) => Promise<Result>,
): (event: Event) => Promise<Result> {
  return async (event) => {
    const started = performance.now();
    portMeter.read();
    try {
      return await handle(event);
    } finally {
      const totalMs = performance.now() - started;
      const portsMs = portMeter.read();
      console.log(JSON.stringify({ metric: 'handled', totalMs, portsMs, ownMs: totalMs - portsMs }));
    }
  };
}
