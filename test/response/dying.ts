import { Crash } from '../adapters/crashing.ts';

type Method = (...parameters: unknown[]) => unknown;

/**
 * The parts of one process that dies at its nth call of any of them: before the call leaves, or, where `after`, when it
 * was carried out and its answer was not heard. `survived`: it took fewer calls.
 */
export function dying<Parts extends object>(
  parts: Parts,
  { call, after }: { readonly call: number; readonly after: boolean },
): { readonly parts: Parts; survived: () => boolean } {
  let calls = 0;
  const watched = (port: object) =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return async (...parameters: unknown[]) => {
          calls += 1;
          const dies = calls >= call;
          if (dies && !(after && calls === call)) throw new Crash(`before ${String(name)}`);
          const answer = await (member as Method).apply(target, parameters);
          if (dies) throw new Crash(`after ${String(name)}`);
          return answer;
        };
      },
    });
  const entries = Object.entries(parts).map(([name, part]) => [
    name,
    typeof part === 'object' && part !== null ? watched(part) : part,
  ]);
  return { parts: Object.fromEntries(entries) as Parts, survived: () => calls < call };
}
