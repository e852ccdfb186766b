/** A value that IAM's grammar allows alone or as a list. */
export type OneOrMany<Value> = Value | readonly Value[];

/** `{ "StringLike": { "aws:PrincipalArn": ["arn:..."] } }` */
export type ConditionBlock = Readonly<
  Record<string, Readonly<Record<string, OneOrMany<string | number | boolean>>>>
>;

/** `"*"`, or `{ "AWS": "arn:...", "Service": ["lambda.amazonaws.com"] }` */
export type PrincipalBlock = string | Readonly<Record<string, OneOrMany<string>>>;

/** One statement of a policy, as written: nothing is normalised, so that a document survives a round trip. */
export interface Statement {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMany<string> | undefined;
  readonly NotAction?: OneOrMany<string> | undefined;
  readonly Resource?: OneOrMany<string> | undefined;
  readonly NotResource?: OneOrMany<string> | undefined;
  readonly Principal?: PrincipalBlock | undefined;
  readonly NotPrincipal?: PrincipalBlock | undefined;
  readonly Condition?: ConditionBlock | undefined;
}

/** An IAM policy document (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). */
export interface PolicyDocument {
  readonly Version?: string | undefined;
  readonly Id?: string | undefined;
  readonly Statement: OneOrMany<Statement>;
}

/** The grammar's "one or a list" as a list. */
export function asList<Value>(value: OneOrMany<Value> | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Value];
}
