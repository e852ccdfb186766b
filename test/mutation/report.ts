import type { Excuse } from './excuses.ts';
import type { Judged } from './judge.ts';

/** Percent that must be noticed. */
const OVER_ALL = 85;
const OF_EACH = 75;

export interface Report {
  readonly text: string;
  /** Why the run fails; empty where it passes. */
  readonly failures: readonly string[];
}

/** `whole` where every action was mutated: only then is there a score over all. */
export function report(judged: readonly Judged[], excuses: readonly Excuse[], whole: boolean): Report {
  const rows = Object.entries(Object.groupBy(judged, ({ action }) => action)).map(([action, some = []]) =>
    rowOf(action, some, excuses),
  );
  const total = rowOf('over all', judged, excuses);
  const unreached = judged.filter(({ outcome }) => outcome === 'not reached');
  return {
    text: [...unreached.flatMap((one) => missedLine(one, excuses)), '', ...table([...rows, total])].join(
      '\n',
    ),
    failures: [
      ...rows.flatMap((row) => tooLow(row, OF_EACH)),
      ...(whole ? tooLow(total, OVER_ALL) : []),
      ...idle(judged, excuses),
    ],
  };
}

/** A line of what no test notices, or nothing. */
export function missedLine(one: Judged, excuses: readonly Excuse[]): readonly string[] {
  if (!isMissed(one) || excuseOf(one, excuses)) return [];
  const { file, line, outcome, original, replacement } = one;
  return [`${file}:${line} ${outcome}: ${oneLine(original)} → ${oneLine(replacement)}`];
}

function isMissed({ outcome }: Judged): boolean {
  return outcome === 'survived' || outcome === 'not reached';
}

function excuseOf(one: Judged, excuses: readonly Excuse[]): Excuse | undefined {
  return excuses.find(
    ({ file, original, replacement }) =>
      file === one.file && original === one.original && replacement === one.replacement,
  );
}

interface Row {
  readonly action: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly score: number;
}

function rowOf(action: string, judged: readonly Judged[], excuses: readonly Excuse[]): Row {
  const isExcused = (one: Judged) => isMissed(one) && excuseOf(one, excuses) !== undefined;
  const counted = judged.filter((one) => !isExcused(one));
  const count = (outcome: Judged['outcome']) => counted.filter((one) => one.outcome === outcome).length;
  const noticed = count('killed') + count('timed out');
  const missed = count('survived') + count('not reached');
  const counts = {
    killed: count('killed'),
    'timed out': count('timed out'),
    survived: count('survived'),
    'not reached': count('not reached'),
    excused: judged.length - counted.length,
    'at load': count('at load'),
  };
  return { action, counts, score: (100 * noticed) / Math.max(1, noticed + missed) };
}

function tooLow({ action, score }: Row, percent: number): readonly string[] {
  return score < percent ? [`${action}: ${score.toFixed(1)}% is under ${percent}%`] : [];
}

/** Excuses of mutated files that no missed mutant needs. */
function idle(judged: readonly Judged[], excuses: readonly Excuse[]): readonly string[] {
  const used = new Set(judged.filter(isMissed).map((one) => excuseOf(one, excuses)));
  return excuses
    .filter((excuse) => !used.has(excuse) && judged.some(({ file }) => file === excuse.file))
    .map(
      ({ file, original, replacement }) => `${file}: no excuse is needed for ${original} → ${replacement}`,
    );
}

function table(rows: readonly Row[]): readonly string[] {
  const head = ['action', ...Object.keys(rows[0]?.counts ?? {}), 'score'];
  const body = rows.map(({ action, counts, score }) => [
    action,
    ...Object.values(counts).map(String),
    `${score.toFixed(1)}%`,
  ]);
  const lines = [head, ...body];
  const [first = 0, ...others] = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map(([action = '', ...cells]) =>
    [action.padEnd(first), ...cells.map((cell, at) => cell.padStart(others[at] ?? 0))].join('  '),
  );
}

function oneLine(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
