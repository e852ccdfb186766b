import { boundedList, boundedText } from '../../core/bounded.ts';
import { listOf, parseStatements, type Statement } from './document.ts';
import type { Trust } from './output.ts';

const LISTED = 20;

/** Who may assume a role, by its trust policy. */
export function trustOf(encoded: string | undefined, account: string): Trust {
  const statements = parseStatements(encoded).filter((statement) => statement.Effect === 'Allow');
  const trusted = statements.flatMap(principalsOf);
  const { items, truncated } = boundedList(trusted, LISTED);
  const accounts = trusted.flatMap(({ type, value }) => (type === 'AWS' ? (accountIn(value) ?? []) : []));
  return {
    principals: items,
    externalAccounts: [...new Set(accounts)]
      .filter((one) => one !== account)
      .sort()
      .slice(0, LISTED),
    anyone: trusted.some(({ type, value, conditional }) => type === 'AWS' && value === '*' && !conditional),
    truncated,
  };
}

function principalsOf({ Principal, Condition }: Statement): Trust['principals'] {
  const conditional = Condition !== undefined;
  const entries = typeof Principal === 'string' ? { AWS: Principal } : (Principal ?? {});
  return Object.entries(entries).flatMap(([type, values]) =>
    listOf(values).map((value) => ({
      type: boundedText(type, 32),
      value: boundedText(value, 512),
      conditional,
    })),
  );
}

function accountIn(principal: string): string | undefined {
  return /^(?:arn:[\w-]+:\w+::)?(\d{12})(?::|$)/.exec(principal)?.[1];
}
