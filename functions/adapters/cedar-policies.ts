import { createRequire } from 'node:module';
import type * as Cedar from '@cedar-policy/cedar-wasm/nodejs';
import { SallyportError } from '../core/errors.ts';

/** Cedar text by file name, one policy a file; its id is the file's name without `.cedar`. */
export type PolicySources = Readonly<Record<string, string>>;

/** One policy, for those who ask what is decided here and why. */
interface DescribedPolicy {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** One plain sentence, from the policy's `@says`. */
  readonly says: string;
  readonly text: string;
}

/** The guardrails do not hold together: which file, and what is wrong with it. */
export class PolicySourceError extends SallyportError {
  override readonly name = 'PolicySourceError';
}

/**
 * Cedar's WebAssembly, loaded on first use: it costs 30 ms, which functions that only may need it should not pay at
 * import. A bundle's banner defines `require`, and esbuild then carries the module along; bare Node makes its own.
 */
export function cedar(): typeof Cedar {
  if (typeof require === 'function') return require('@cedar-policy/cedar-wasm/nodejs');
  return createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
}

export function policyId(file: string): string {
  return file.replace(/\.cedar$/, '');
}

/** Every policy of the sources, sorted by id. Throws PolicySourceError unless each file holds one policy, whose `@id` is the file's name, and which `@says` a sentence. */
export function describePolicies(sources: PolicySources): DescribedPolicy[] {
  return Object.entries(sources)
    .map(([file, text]) => describePolicy(file, text))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

function describePolicy(file: string, text: string): DescribedPolicy {
  const parsed = cedar().policyToJson(text);
  if (parsed.type === 'failure') throw new PolicySourceError(`${file}: ${wordsOf(parsed.errors)}`);
  const { id, says } = parsed.json.annotations ?? {};
  if (id !== policyId(file)) throw new PolicySourceError(`${file}: expected @id("${policyId(file)}")`);
  if (!says) throw new PolicySourceError(`${file}: @says("...") must tell in one sentence what it decides`);
  return { id, effect: parsed.json.effect, says, text };
}

/** The sources that can bear on an action: Cedar asks each policy of a set in turn, and most name another action. */
export function policiesAbout(action: string, sources: PolicySources): PolicySources {
  return Object.fromEntries(
    Object.entries(sources).filter(([file, text]) => {
      const parsed = cedar().policyToJson(text);
      if (parsed.type === 'failure') throw new PolicySourceError(`${file}: ${wordsOf(parsed.errors)}`);
      const scope = parsed.json.action;
      // What names several actions, or a group of them, is left to Cedar.
      if (scope.op !== '==' || !('entity' in scope)) return true;
      const named = '__entity' in scope.entity ? scope.entity.__entity : scope.entity;
      return named.id === action;
    }),
  );
}

/** What each policy says, by id, read from the text without Cedar: for pages that only quote it. */
export function policySentences(sources: PolicySources): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(sources).flatMap(([file, text]) => {
      const said = /^@says\("([^"\\]*)"\)$/m.exec(text)?.[1];
      return said ? [[policyId(file), said] as const] : [];
    }),
  );
}

export function wordsOf(errors: readonly { readonly message: string }[]): string {
  return errors.map(({ message }) => message).join('; ');
}
