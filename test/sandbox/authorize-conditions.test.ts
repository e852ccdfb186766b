import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionsHold } from '../../sandbox/authorize/conditions.ts';
import { operators } from '../../sandbox/authorize/operators.ts';
import type { ConditionBlock } from '../../sandbox/authorize/policy.ts';
import { assertSupported } from '../../sandbox/authorize/supported.ts';
import { UnknownConditionError } from '../../sandbox/authorize/unknown-condition.ts';
import { matchesArn, matchesWildcard } from '../../sandbox/authorize/wildcard.ts';

const role = 'arn:aws:iam::111122223333:role/sallyport/tool';

describe('operators', () => {
  it.each<[string, string | readonly string[], string | readonly string[], boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', ['b', 'a'], true],
    ['StringEquals', 'A', 'a', false],
    ['StringEqualsIgnoreCase', 'A', 'a', true],
    ['StringNotEquals', 'a', ['b', 'c'], true],
    ['StringNotEquals', 'a', ['b', 'a'], false],
    ['StringLike', 'sallyport-1', 'sallyport-?', true],
    ['StringLike', 'sallyport-10', 'sallyport-?', false],
    ['StringNotLike', 'sallyport-1', 'sally*', false],
    ['ArnEquals', role, 'arn:aws:iam::*:role/sallyport/*', true],
    ['ArnLike', role, 'arn:aws:iam:*:role/sallyport/tool', false],
    ['ArnNotLike', role, 'arn:aws:iam::*:user/*', true],
    ['Bool', 'true', 'true', true],
    ['Bool', 'false', 'TRUE', false],
    ['NumericLessThan', '9', '10', true],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericEquals', 'ten', '10', false],
    ['DateLessThan', '2026-10-14T09:29:59Z', '2026-10-14T09:30:00.000Z', true],
    ['DateLessThan', '2026-10-14T09:30:00Z', '2026-10-14T09:30:00.000Z', false],
    ['DateGreaterThan', '2026-10-14T09:30:00Z', '0', true],
    ['IpAddress', '10.1.2.3', '10.0.0.0/8', true],
    ['IpAddress', '10.1.2.3', '10.1.2.4', false],
    ['IpAddress', '2001:db8::1', '2001:db8::/32', true],
    ['NotIpAddress', '10.1.2.3', '10.0.0.0/8', false],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'c'], true],
    ['ForAllValues:StringEquals', ['a', 'd'], ['a', 'b', 'c'], false],
    ['ForAnyValue:StringLike', ['x', 'ab'], ['a*'], true],
    ['ForAnyValue:StringLike', ['x', 'y'], ['a*'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a'], true],
    ['Null', 'there', 'false', true],
    ['Null', 'there', 'true', false],
  ])('%s: request %j, policy %j → %s', (operator, requested, written, expected) => {
    const block: ConditionBlock = { [operator]: { 'aws:Key': written } };
    expect(conditionsHold(block, { 'aws:key': requested })).toBe(expected);
  });
});

describe('an absent key', () => {
  it.each([
    ['StringEquals', false],
    ['StringEqualsIfExists', true],
    ['StringNotEquals', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['DateLessThan', false],
    ['Bool', false],
  ])('under %s: %s', (operator, expected) => {
    expect(conditionsHold({ [operator]: { 'aws:Key': 'x' } }, {})).toBe(expected);
  });

  it('is what Null asks about', () => {
    expect(conditionsHold({ Null: { 'aws:TokenIssueTime': 'true' } }, {})).toBe(true);
    expect(conditionsHold({ Null: { 'aws:TokenIssueTime': false } }, {})).toBe(false);
  });
});

describe('what is not known', () => {
  it.each([
    'StringSomewhatEquals',
    'BinaryEquals',
    'NullIfExists',
    'ForSomeValues:StringEquals',
    '',
    '__proto__',
  ])('operator %j is refused, when loading and when evaluating', (operator) => {
    const Condition = Object.fromEntries([[operator, { 'aws:Key': 'x' }]]);
    expect(() => conditionsHold(Condition, {})).toThrow(UnknownConditionError);
    const Statement = { Effect: 'Deny', Action: '*', Resource: '*', Condition } as const;
    expect(() => assertSupported({ Statement })).toThrow(UnknownConditionError);
  });

  it('keys and variables are refused when loading', () => {
    const load = (Condition: ConditionBlock, Resource = '*') =>
      assertSupported({ Statement: { Effect: 'Allow', Action: '*', Resource, Condition } });
    expect(() => load({ StringEquals: { 'saml:aud': 'x' } })).toThrow(/saml:aud/);
    expect(() => load({ StringEquals: { 'ec2:InstanceType': 'x' } })).toThrow(/ec2:InstanceType/);
    expect(() => load({ Null: { 'aws:ResourceTag/': 'true' } })).toThrow(UnknownConditionError);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable is written so
    expect(() => load({ StringEquals: { 'aws:PrincipalTag/x': '${aws:username}' } })).toThrow(
      UnknownConditionError,
    );
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable is written so
    expect(() => load({}, 'arn:aws:s3:::home/${aws:username}')).toThrow(UnknownConditionError);
    expect(() => load({ StringEquals: { 'aws:PrincipalTag/x': 'y' } })).not.toThrow();
  });
});

describe('wildcards', () => {
  it('treat everything but * and ? literally', () => {
    void fc.assert(
      fc.property(fc.string(), (text) => {
        const literal = text.replace(/[*?]/g, '-');
        return (
          matchesWildcard(literal, literal) &&
          matchesWildcard('*', text) &&
          !matchesWildcard(literal, `${literal}x`)
        );
      }),
    );
  });

  it('in an ARN stay within their segment', () => {
    expect(matchesArn('arn:aws:iam::*:role/x', 'arn:aws:iam::1:role/y:role/x')).toBe(false);
    expect(matchesArn('arn:aws:logs:*:*:*', 'arn:aws:logs:eu-west-1:1:log-group:a:b')).toBe(true);
  });
});

describe('properties', () => {
  const names = fc.constantFrom(...Object.keys(operators));
  const values = fc.constantFrom('a', 'b*', '10', '2026-10-14T09:30:00Z', '10.0.0.1', 'true');

  it('IfExists only ever widens', () => {
    void fc.assert(
      fc.property(names, values, fc.option(values, { nil: undefined }), (name, written, requested) => {
        const context =
          requested === undefined || !isAddress(name, written, requested) ? {} : { 'aws:key': requested };
        const plain = conditionsHold({ [name]: { 'aws:key': written } }, context);
        return !plain || conditionsHold({ [`${name}IfExists`]: { 'aws:key': written } }, context);
      }),
    );
  });

  /** Address operators want addresses on both sides. */
  function isAddress(name: string, ...texts: readonly string[]): boolean {
    return !name.endsWith('IpAddress') || texts.every((text) => text === '10.0.0.1');
  }
});
