import { describe, expect, it } from 'vitest';
import {
  cedar,
  describePolicies,
  PolicySourceError,
  policySentences,
} from '../../functions/adapters/cedar-policies.ts';
import { policies, schema } from './guardrails.ts';

describe('the guardrails', () => {
  it('are valid against their schema, strictly and without a warning', () => {
    const answer = cedar().validate({
      schema,
      policies: { staticPolicies: policies },
      validationSettings: { mode: 'strict' },
    });
    expect(answer).toMatchObject({ type: 'success', validationErrors: [], validationWarnings: [] });
  });

  it('each carry the name of their file and one sentence of what they decide', () => {
    const described = describePolicies(policies);
    expect(described.map(({ id }) => `${id}.cedar`)).toEqual(Object.keys(policies).sort());
    for (const { says } of described) expect(says).toMatch(/^[A-Z].*\.$/);
    const quoted = policySentences(policies);
    expect(described.map(({ id }) => quoted.get(id))).toEqual(described.map(({ says }) => says));
  });

  it.each(Object.entries(policies))('%s begins with a comment that says why', (_, text) => {
    expect(text).toMatch(/^\/\/ \S/);
  });

  it('refuse a file that is not named like its policy', () => {
    const text = '@id("other")\n@says("Something.")\npermit(principal, action, resource);';
    expect(() => describePolicies({ 'one.cedar': text })).toThrow(PolicySourceError);
    expect(() => describePolicies({ 'one.cedar': text })).toThrow('one.cedar: expected @id("one")');
  });

  it('refuse a file that holds two policies', () => {
    const text = '@id("two") permit(principal, action, resource); permit(principal, action, resource);';
    expect(() => describePolicies({ 'two.cedar': text })).toThrow(/^two\.cedar: /);
  });
});
