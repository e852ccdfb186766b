import * as z from 'zod';
import { canonicalJson } from './canonical.ts';

const oneOrMany = z.union([z.string(), z.array(z.string())]);

/** One statement of a resource policy, as AWS answers it. What is not known here is kept, so that nothing is lost. */
export const Statement = z.looseObject({
  Sid: z.string().optional(),
  Effect: z.string(),
  Principal: z.union([z.string(), z.record(z.string(), oneOrMany)]).optional(),
  Action: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type Statement = z.infer<typeof Statement>;

const Policy = z.object({ Statement: z.union([z.array(Statement), Statement.transform((one) => [one])]) });

/** The statements of a policy as GetPolicy answers it. Throws for what is no policy. */
export function functionStatements(text: string | undefined): readonly Statement[] {
  return Policy.parse(JSON.parse(text ?? '')).Statement;
}

/** What AddPermission and RemovePermission take as a statement's id. */
const STATEMENT_ID = /^[\w-]{1,100}$/;

/** Only what has an id can be removed by itself. */
export function statementId({ Sid }: Statement): string | undefined {
  return Sid !== undefined && STATEMENT_ID.test(Sid) ? Sid : undefined;
}

export function sameStatement(one: Statement, other: Statement): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

export interface Test {
  readonly operator: string;
  /** Lower-case, as keys compare. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A condition's tests, all of which must hold. */
export function testsOf({ Condition = {} }: Statement): readonly Test[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: [values].flat().map(String),
    })),
  );
}
