import * as z from 'zod';
import { digest } from '../../core/canonical.ts';
import { placeOf } from './principals.ts';

const OneOrMany = z.union([z.string(), z.array(z.string())]);
const Principals = z.union([z.literal('*'), z.record(z.string(), OneOrMany)]);

/** A statement as far as it is looked at; everything else of it is kept as it is. */
const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: Principals.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
type Statement = z.infer<typeof Statement>;

const Document = z.looseObject({ Statement: z.union([Statement, z.array(Statement)]) });
type Document = z.infer<typeof Document>;

/** Whose role it is. */
export interface Home {
  readonly account: string;
  readonly partition: string;
}

export interface Restriction {
  /** The trust policy without outsiders. */
  readonly restricted: string;
  /** The one that a rollback writes: to the letter what stood, where IAM takes that. */
  readonly restorable: string;
  /** Who is taken out, for people; each once. */
  readonly outsiders: readonly string[];
  /** Deleted users and roles, which IAM takes in no document any more. */
  readonly deleted: number;
}

/**
 * A role whose trust ends empty is closed by a deny instead: IAM wants a statement, and a role that outsiders alone
 * could assume is the plainest back door, which refusing would leave open.
 */
const NOBODY: Statement = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };

/** Takes everybody out who is neither of the own account nor an AWS service. Throws ZodError for what is no policy. */
export function restrict(text: string, home: Home): Restriction {
  const document = read(text);
  const outsiders = new Set<string>();
  const deleted = new Set<string>();
  const statements = [document.Statement].flat();
  const living = statements.flatMap((one) =>
    rewritten(one, (kind, name) => keepLiving(kind, name, home, deleted)),
  );
  const restricted = living.flatMap((one) => insiders(one, home, outsiders));
  return {
    restricted: write(document, restricted),
    restorable: deleted.size === 0 ? text : write(document, living),
    outsiders: [...outsiders].sort(),
    deleted: deleted.size,
  };
}

/** Whether two documents say the same: IAM writes lists of one as a text, and an account's id as its root's ARN. */
export function sameTrust(left: string, right: string): boolean {
  return digest(normal(JSON.parse(left))) === digest(normal(JSON.parse(right)));
}

/** The document with its keys in the order in which they stand, which Zod would not keep. */
function read(text: string): Document {
  const document = JSON.parse(text) as unknown;
  Document.parse(document);
  return document as Document;
}

function write(document: Document, statements: readonly Statement[]): string {
  return JSON.stringify({ ...document, Statement: statements.length > 0 ? statements : [NOBODY] });
}

/** What becomes of one principal: itself, another one, or nothing. */
type Rewrite = (kind: string, principal: string) => readonly string[];

function keepLiving(kind: string, name: string, { account }: Home, deleted: Set<string>): readonly string[] {
  if (placeOf(kind, name, account).place !== 'nowhere') return [name];
  deleted.add(name);
  return [];
}

/** An Allow with NotPrincipal lets in everybody but some: nothing of it can be kept. */
function insiders(statement: Statement, home: Home, outsiders: Set<string>): readonly Statement[] {
  if (statement.Effect === 'Deny' || isBound(statement, home)) return [statement];
  if (statement.Principal === undefined) {
    outsiders.add('everybody on AWS');
    return [];
  }
  return rewritten(statement, (kind, name) => {
    const where = placeOf(kind, name, home.account);
    if (where.place === 'inside') return [name];
    if (where.place !== 'nowhere') outsiders.add(where.shown);
    return where.place === 'everywhere' ? [`arn:${home.partition}:iam::${home.account}:root`] : [];
  });
}

/** The same statement with other principals; none, if none is left. */
function rewritten(statement: Statement, rewrite: Rewrite): readonly Statement[] {
  const { Principal: given } = statement;
  if (given === undefined) return [statement];
  const entries = Object.entries(given === '*' ? { AWS: '*' } : given).map(([kind, names]) => {
    const kept = [names].flat().flatMap((name) => rewrite(kind, name));
    return [kind, typeof names === 'string' ? (kept[0] ?? []) : kept] as const;
  });
  const Principal = Object.fromEntries(entries.filter(([, kept]) => kept.length > 0));
  if (Object.keys(Principal).length === 0) return [];
  return [{ ...statement, Principal: given === '*' && Principal.AWS === '*' ? '*' : Principal }];
}

/** A condition that lets the own account alone through: then even `*` means insiders. */
function isBound({ Condition = {} }: Statement, { account }: Home): boolean {
  const keys = Object.entries(Condition.StringEquals ?? {});
  return keys.some(
    ([key, values]) =>
      key.toLowerCase() === 'aws:principalaccount' && [values].flat().every((value) => value === account),
  );
}

function normal(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, '$1');
  if (Array.isArray(value)) {
    const items = value.map(normal);
    if (!items.every((item) => typeof item === 'string')) return items;
    return items.length === 1 ? items[0] : items.sort();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normal(item)]));
}
