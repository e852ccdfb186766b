import * as z from 'zod';

const texts = z.union([z.string(), z.array(z.string())]);
const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  Principal: z.union([z.string(), z.record(z.string(), texts)]).optional(),
  Condition: z.record(z.string(), z.unknown()).optional(),
});
export type Statement = z.infer<typeof Statement>;
const PolicyDocument = z.looseObject({ Statement: z.union([Statement, z.array(Statement)]) });

/** The statements of a policy as IAM's API answers it, percent-encoded. Throws a ZodError for what is no policy. */
export function parseStatements(encoded: string | undefined): readonly Statement[] {
  const { Statement: statements } = PolicyDocument.parse(JSON.parse(decodeURIComponent(encoded ?? '')));
  return listOf(statements);
}

export function listOf<Item>(value: Item | Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Ways to more power than one has (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html). */
const IAM_CHANGES = [
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
  'iam:AttachUserPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachGroupPolicy',
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:PutGroupPolicy',
  'iam:AddUserToGroup',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
] as const;

/** What the statements allow somewhere; denies, conditions and boundaries are left aside, so it errs towards power. */
export function powersOf(statements: readonly Statement[]): {
  readonly administrator: boolean;
  readonly changesIam: boolean;
} {
  const allowing = statements.filter((statement) => statement.Effect === 'Allow');
  return {
    administrator: allowing.some(
      (statement) =>
        listOf(statement.Resource).includes('*') &&
        listOf(statement.Action).some((one) => /^\*(:\*)?$/.test(one)),
    ),
    changesIam: allowing.some((statement) => IAM_CHANGES.some((action) => allows(statement, action))),
  };
}

function allows(statement: Statement, action: string): boolean {
  const matches = (pattern: string) => wildcard(pattern).test(action);
  return statement.NotAction === undefined
    ? listOf(statement.Action).some(matches)
    : !listOf(statement.NotAction).some(matches);
}

function wildcard(pattern: string): RegExp {
  const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  const source = literal.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i');
}
