import { CsvError, parse } from 'csv-parse/sync';
import type { Feed } from '../../core/feeds.ts';
import { parseObservable } from '../../core/observable.ts';
import { confidenceOf, dateOf, type Gap, type Read, type Reading, refanged } from './reading.ts';

type Columns = Extract<Feed, { format: 'csv' }>['columns'];

interface Row {
  readonly record: Readonly<Record<string, string | undefined>>;
  readonly info: { readonly lines: number };
}

/** RFC 4180 with headings; lines that begin with `#` are comments. */
export function readCsv(text: string, columns: Columns): Reading {
  let rows: readonly Row[];
  try {
    rows = parse(text, {
      columns: true,
      comment: '#',
      comment_no_infix: true,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { reads: [], gaps: [{ at: 'the file', reason: `it is no CSV: ${error.code}` }] };
  }
  if (rows[0] && !Object.hasOwn(rows[0].record, columns.value))
    return { reads: [], gaps: [{ at: 'line 1', reason: `no column is headed ${columns.value}` }] };
  return readRows(rows, columns);
}

function readRows(rows: readonly Row[], columns: Columns): Reading {
  const reads: Read[] = [];
  const gaps: Gap[] = [];
  for (const { record, info } of rows) {
    const said = (column: string | undefined) => (column === undefined ? undefined : record[column]);
    const observable = parseObservable(refanged(said(columns.value) ?? ''));
    if (observable)
      reads.push({
        observable,
        firstSeen: dateOf(said(columns.firstSeen)),
        lastSeen: dateOf(said(columns.lastSeen)),
        confidence: confidenceOf(said(columns.confidence)),
      });
    else gaps.push({ at: `line ${info.lines}`, reason: 'its value is no address, range, domain or hash' });
  }
  return { reads, gaps };
}
