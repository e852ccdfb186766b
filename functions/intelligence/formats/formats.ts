import type { Feed } from '../../core/feeds.ts';
import { readCsv } from './csv.ts';
import { readList } from './list.ts';
import { readMisp } from './misp.ts';
import { readWarningList } from './misp-warning-list.ts';
import type { Reading } from './reading.ts';
import { readStix } from './stix.ts';

/** Reads a file as the feed's format. Never throws for what a file holds: what is wrong is a gap. */
export function readAs(feed: Feed, text: string): Reading {
  switch (feed.format) {
    case 'stix':
      return readStix(text);
    case 'misp':
      return readMisp(text);
    case 'misp-warning-list':
      return readWarningList(text);
    case 'csv':
      return readCsv(text, feed.columns);
    case 'list':
      return readList(text);
  }
}
