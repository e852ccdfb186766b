import { alarmUntilStop, type Home } from '../home.ts';
import { StateError, type TaskTokens } from './task-tokens.ts';

export interface TokenTask {
  readonly token: string;
  readonly heartbeatSeconds: number | undefined;
  /** Calls the function that hands the token on. */
  readonly call: () => Promise<unknown>;
  /** The function is done, and only somebody's answer is missing. */
  readonly rest: () => void;
  /** Somebody answered, or a heartbeat was missed. */
  readonly resume: () => void;
}

/**
 * A task that ends when its token is answered, which may be while its function still runs. Throws StateError for the
 * function's failure, for SendTaskFailure, and `States.HeartbeatTimeout`.
 */
export async function awaitToken(home: Home, tokens: TaskTokens, task: TokenTask): Promise<unknown> {
  const answered = Promise.withResolvers<unknown>();
  // The race below may be lost to the function's failure; the answer is then nobody's.
  answered.promise.catch(() => undefined);
  let open = true;
  const settle = <T>(pass: (value: T) => void) => {
    return (value: T): void => {
      open = false;
      task.resume();
      pass(value);
    };
  };
  const reject = settle(answered.reject);
  const beat = heartbeat(home, task.heartbeatSeconds, () =>
    reject(new StateError('States.HeartbeatTimeout', '')),
  );
  tokens.wait(task.token, { resolve: settle(answered.resolve), reject, beat: beat.again });
  try {
    await Promise.race([task.call(), answered.promise]);
    if (open) task.rest();
    return await answered.promise;
  } finally {
    beat.cancel();
  }
}

function heartbeat(
  home: Home,
  seconds: number | undefined,
  missed: () => void,
): { readonly again: () => void; readonly cancel: () => void } {
  if (seconds === undefined) return { again: () => undefined, cancel: () => undefined };
  const arm = (): (() => void) => alarmUntilStop(home, seconds * 1000, missed);
  let cancel = arm();
  const again = (): void => {
    cancel();
    cancel = arm();
  };
  return { again, cancel: () => cancel() };
}
