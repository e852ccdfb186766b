/** The process died: not an error that anybody catches and explains away. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

interface CrashPoint {
  readonly call: number;
  /** Before the call leaves, or after it was carried out and before its answer is heard. */
  readonly when: 'before' | 'after';
}

type Method = (...parameters: unknown[]) => unknown;

/** A port whose nth call, of any method, is the last thing that its process does. `survived`: it took fewer calls. */
export function crashing<Port extends object>(
  port: Port,
  { call, when }: CrashPoint,
): { readonly port: Port; survived: () => boolean } {
  let calls = 0;
  const watched = new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...parameters: unknown[]) => {
        calls += 1;
        const dies = calls === call;
        if (dies && when === 'before') throw new Crash(`before ${String(name)}`);
        const answer = await (member as Method).apply(target, parameters);
        if (dies) throw new Crash(`after ${String(name)}`);
        return answer;
      };
    },
  });
  return { port: watched, survived: () => calls < call };
}

/** Every place at which a work of up to so many calls can die. */
export function crashPoints(calls: number): CrashPoint[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);
}
