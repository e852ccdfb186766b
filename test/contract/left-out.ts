import type { Account, AwsCommandClass } from '../../functions/core/account.ts';

export type AnyAccount = Account<readonly AwsCommandClass[]>;

/** A field of one answer. AWS's models call all of them optional. */
export interface Field {
  readonly question: string;
  readonly path: readonly string[];
}

/** Keeps what an account answers, so that the same can be asked again and again without a call. */
export class Answers {
  private readonly answers = new Map<string, object>();
  private readonly account: AnyAccount;

  constructor(account: AnyAccount) {
    this.account = account;
  }

  /** The account, which leaves one field out, or none. */
  without(left?: Field): AnyAccount {
    const send = async (command: object, region?: string): Promise<object> => {
      const question = questionOf(command, region);
      const answer = structuredClone(
        this.answers.get(question) ?? (await this.account.send(command as never, region)),
      );
      if (left === undefined) this.answers.set(question, structuredClone(answer));
      if (left?.question === question) leaveOut(answer, left.path);
      return answer;
    };
    return { ...this.account, send: send as AnyAccount['send'] };
  }

  fields(): readonly Field[] {
    return [...this.answers].flatMap(
      ([question, { $metadata: _, ...answer }]: [string, { $metadata?: unknown }]) =>
        pathsOf(answer).map((path) => ({ question, path })),
    );
  }
}

function questionOf(command: object, region = ''): string {
  const { input } = command as { readonly input?: object };
  return [command.constructor.name, region, JSON.stringify(input)].join(' ');
}

/** Of a list, its first element stands for all. */
function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (Array.isArray(value)) return value.length > 0 ? pathsOf(value[0]).map((path) => ['0', ...path]) : [];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...pathsOf(inner).map((path) => [key, ...path]),
  ]);
}

function leaveOut(answer: object, path: readonly string[]): void {
  const holder = path.slice(0, -1).reduce((value, key) => Reflect.get(value, key), answer);
  Reflect.deleteProperty(holder, path.at(-1) ?? '');
}
