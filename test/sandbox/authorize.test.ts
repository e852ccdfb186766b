import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type PolicySet } from '../../sandbox/authorize/evaluate.ts';
import type { PolicyDocument, Statement } from '../../sandbox/authorize/policy.ts';
import type { AuthorizationRequest } from '../../sandbox/authorize/statements.ts';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/tool`;

const request: AuthorizationRequest = {
  principalArn: `arn:aws:sts::${account}:assumed-role/tool/run`,
  roleArn,
  account,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::evidence/1',
  context: {},
};

function policy(...statements: readonly Partial<Statement>[]): PolicyDocument {
  const whole = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
  return { Statement: statements.map((statement) => ({ ...whole, ...statement })) };
}

const allowAll = policy({});
const denyAll = policy({ Effect: 'Deny' });
const nothing: PolicyDocument = { Statement: [] };
const allowed = (policies: PolicySet, asked = request): boolean => evaluate(policies, asked).allowed;

describe('policies of one account', () => {
  it('allow only what an identity policy allows', () => {
    expect(allowed({ identityPolicies: [] })).toBe(false);
    expect(allowed({ identityPolicies: [allowAll] })).toBe(true);
    expect(allowed({ identityPolicies: [policy({ Action: 'S3:get*', Resource: '*/?' })] })).toBe(true);
    expect(allowed({ identityPolicies: [policy({ Action: 's3:Put*' })] })).toBe(false);
    expect(allowed({ identityPolicies: [policy({ Resource: 'arn:aws:s3:::Evidence/*' })] })).toBe(false);
  });

  it('are all needed: identity, boundary, session, service control', () => {
    const all = {
      identityPolicies: [allowAll],
      boundary: allowAll,
      sessionPolicies: [allowAll],
      scps: [allowAll],
    };
    expect(allowed(all)).toBe(true);
    expect(allowed({ ...all, boundary: nothing })).toBe(false);
    expect(allowed({ ...all, sessionPolicies: [nothing] })).toBe(false);
    expect(allowed({ ...all, scps: [allowAll, nothing] })).toBe(false);
  });

  it('invert with NotAction and NotResource', () => {
    expect(
      allowed({ identityPolicies: [{ Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } }] }),
    ).toBe(true);
    expect(
      allowed({ identityPolicies: [{ Statement: { Effect: 'Allow', NotAction: 's3:*', Resource: '*' } }] }),
    ).toBe(false);
    const notHere = { Effect: 'Deny', Action: '*', NotResource: request.resource } as const;
    expect(allowed({ identityPolicies: [allowAll, { Statement: notHere }] })).toBe(true);
  });

  it('say which kind of policy decided', () => {
    expect(evaluate({ identityPolicies: [allowAll], boundary: denyAll }, request)).toEqual({
      allowed: false,
      denial: 'explicit',
      because: 'with an explicit deny in a permissions boundary',
    });
    expect(evaluate({ identityPolicies: [] }, request)).toMatchObject({ denial: 'implicit' });
  });
});

describe('resource policies', () => {
  const naming = (AWS: string) => ({ document: policy({ Principal: { AWS } }) });

  it('suffice in the same account when they name the role, the session or everyone', () => {
    for (const principal of [roleArn, request.principalArn, '*'])
      expect(allowed({ identityPolicies: [], resourcePolicy: naming(principal) })).toBe(true);
    for (const principal of [account, `arn:aws:iam::${account}:root`, `${roleArn}x`])
      expect(allowed({ identityPolicies: [], resourcePolicy: naming(principal) })).toBe(false);
  });

  it('that are mandatory must allow too, if only through the account', () => {
    const mandatory = { ...naming(account), mandatory: true };
    expect(
      allowed({ identityPolicies: [allowAll], resourcePolicy: { document: nothing, mandatory: true } }),
    ).toBe(false);
    expect(allowed({ identityPolicies: [allowAll], resourcePolicy: mandatory })).toBe(true);
    expect(allowed({ identityPolicies: [], resourcePolicy: mandatory })).toBe(false);
  });

  it('and identity policies are both needed across accounts', () => {
    const resourceAccount = '999988887777';
    expect(allowed({ identityPolicies: [allowAll], resourceAccount })).toBe(false);
    expect(allowed({ identityPolicies: [], resourcePolicy: naming(roleArn), resourceAccount })).toBe(false);
    expect(allowed({ identityPolicies: [allowAll], resourcePolicy: naming(roleArn), resourceAccount })).toBe(
      true,
    );
  });

  it('deny those whom they name, and with NotPrincipal everyone else', () => {
    const deny = (statement: object) => ({
      document: {
        Statement: {
          ...policy({ Effect: 'Deny' }).Statement,
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          ...statement,
        } as Statement,
      },
    });
    expect(allowed({ identityPolicies: [allowAll], resourcePolicy: deny({ Principal: '*' }) })).toBe(false);
    expect(
      allowed({ identityPolicies: [allowAll], resourcePolicy: deny({ Principal: { AWS: 'arn:other' } }) }),
    ).toBe(true);
    expect(
      allowed({ identityPolicies: [allowAll], resourcePolicy: deny({ NotPrincipal: { AWS: roleArn } }) }),
    ).toBe(true);
    expect(
      allowed({ identityPolicies: [allowAll], resourcePolicy: deny({ NotPrincipal: { AWS: 'arn:other' } }) }),
    ).toBe(false);
  });

  it('of services say nothing about callers', () => {
    const service = { document: policy({ Principal: { Service: 'lambda.amazonaws.com' } }), mandatory: true };
    expect(allowed({ identityPolicies: [allowAll], resourcePolicy: service })).toBe(false);
  });
});

const patterns = fc.constantFrom('*', 's3:*', 's3:GetObject', 's3:?etObject', 'iam:*');
const resources = fc.constantFrom(
  '*',
  'arn:aws:s3:::evidence/*',
  'arn:aws:s3:::evidence/1',
  'arn:aws:s3:::other/*',
);
const statements = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
  Action: patterns,
  Resource: resources,
});
const documents = fc.array(statements, { maxLength: 3 }).map((list): PolicyDocument => ({ Statement: list }));
const policySets: fc.Arbitrary<PolicySet> = fc.record({
  identityPolicies: fc.array(documents, { maxLength: 3 }),
  boundary: fc.option(documents, { nil: undefined }),
  sessionPolicies: fc.array(documents, { maxLength: 2 }),
});

describe('properties', () => {
  it('adding a deny never turns deny into allow', () => {
    void fc.assert(
      fc.property(policySets, statements, (policies, statement) => {
        const deny: PolicyDocument = { Statement: { ...statement, Effect: 'Deny' } };
        const more = { ...policies, identityPolicies: [...policies.identityPolicies, deny] };
        return allowed(policies) || !allowed(more);
      }),
    );
  });

  it('adding a boundary or a first session policy never turns deny into allow', () => {
    void fc.assert(
      fc.property(policySets, documents, (policies, document) => {
        const bounded = { ...policies, boundary: document };
        const unbounded = { ...policies, boundary: undefined };
        const session = { ...policies, sessionPolicies: [document] };
        const unlimited = { ...policies, sessionPolicies: [] };
        return (allowed(unbounded) || !allowed(bounded)) && (allowed(unlimited) || !allowed(session));
      }),
    );
  });

  it('an explicit deny of everything wins over any other policies', () => {
    void fc.assert(
      fc.property(policySets, (policies) =>
        [
          { ...policies, identityPolicies: [...policies.identityPolicies, denyAll] },
          { ...policies, boundary: denyAll },
          { ...policies, sessionPolicies: [denyAll] },
          { ...policies, scps: [denyAll] },
        ].every((set) => !allowed(set)),
      ),
    );
  });

  it('the order of policies and statements does not matter', () => {
    void fc.assert(
      fc.property(policySets, (policies) => {
        const reversed = { ...policies, identityPolicies: policies.identityPolicies.toReversed() };
        return allowed(policies) === allowed(reversed);
      }),
    );
  });
});
