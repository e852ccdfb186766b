import { portMeter } from '../adapters/clients.ts';

/**
 * Logs one line a call: how long it took, and how much of that was spent waiting for ports. What the bench reads.
 * An error passes through untouched: the state machine's retries and catches go by its name.
 */
export function measuredHandler<Parameters extends unknown[], Result>(
  handle: (...parameters: Parameters) => Promise<Result>,
): (...parameters: Parameters) => Promise<Result> {
  return async (...parameters) => {
    const started = performance.now();
    portMeter.read();
    try {
      return await handle(...parameters);
    } finally {
      const totalMs = performance.now() - started;
      const portsMs = portMeter.read();
      console.log(JSON.stringify({ metric: 'handled', totalMs, portsMs, ownMs: totalMs - portsMs }));
    }
  };
}
