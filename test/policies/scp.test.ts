import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../sandbox/authorize/evaluate.ts';
import type { PolicyDocument } from '../../sandbox/authorize/policy.ts';
import { assertSupported } from '../../sandbox/authorize/supported.ts';

const scp = JSON.parse(
  readFileSync(new URL('../../policies/scp/sallyport.json', import.meta.url), 'utf8'),
) as PolicyDocument;
const allow = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
const everything: PolicyDocument = { Statement: allow };
/** As it is attached: beside FullAWSAccess, on the same level. */
const level: PolicyDocument = { Statement: [allow, scp.Statement].flat() };
const admin = 'arn:aws:iam::111122223333:role/Administrator';
const action = 'arn:aws:iam::111122223333:role/sallyport/sallyport-action-snapshot-volumes-eu-central-1';

function isAllowed(
  principalArn: string,
  call: string,
  resource: string,
  tagKeys: readonly string[] = [],
): boolean {
  const context = {
    'aws:principalarn': principalArn,
    ...(tagKeys.length > 0 ? { 'aws:tagkeys': tagKeys } : {}),
  };
  const request = { principalArn, account: '111122223333', action: call, resource, context };
  return evaluate({ identityPolicies: [everything], scps: [level] }, request).allowed;
}

const instance = 'arn:aws:ec2:eu-central-1:111122223333:instance/i-0abc0000000000001';

describe('the SCP that we ship', () => {
  test('holds no condition that our own evaluator would not know', () => {
    expect(() => assertSupported(scp)).not.toThrow();
  });

  test.each([
    [
      'an administrator may not write a reserved tag',
      admin,
      'ec2:CreateTags',
      instance,
      ['sallyport:protected'],
      false,
    ],
    ['nor one among others', admin, 'ec2:CreateTags', instance, ['Name', 'sallyport:plan'], false],
    ['an administrator writes any other tag', admin, 'ec2:CreateTags', instance, ['Name'], true],
    ['Sallyport writes its own tags', action, 'ec2:CreateTags', instance, ['sallyport:plan'], true],
    ['a call without tags is nobody’s business', admin, 'ec2:StopInstances', instance, [], true],
    ['an administrator may not loosen a role of Sallyport', admin, 'iam:PutRolePolicy', action, [], false],
    ['nor may Sallyport itself', action, 'iam:PutRolePolicy', action, [], false],
    ['other roles stay their owners’', admin, 'iam:PutRolePolicy', admin, [], true],
  ])('%s', (_says, principal, call, resource, tags, expected) => {
    expect(isAllowed(principal, call, resource, tags)).toBe(expected);
  });
});
