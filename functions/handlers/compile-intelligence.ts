import { s3FeedStore } from '../adapters/feed-store.ts';
import { findingQueue } from '../adapters/finding-queue.ts';
import { projection } from '../adapters/projection.ts';
import { OwnEnvironment } from '../core/own-environment.ts';
import { feeds } from '../generated/policies.gen.ts';
import { matchBack } from '../intelligence/match-back.ts';
import { type RefreshParts, refresh } from '../intelligence/refresh.ts';
import { environment } from './environment.ts';
import { measuredHandler } from './measured-handler.ts';
import { policyData } from './policy-data.ts';
import { clock, openCoordination, openLedger } from './ports.ts';

const { INTELLIGENCE_BUCKET, FINDINGS_QUEUE_URL } = environment('INTELLIGENCE_BUCKET', 'FINDINGS_QUEUE_URL');
const ledger = openLedger();
const matching = {
  observations: projection(openCoordination()),
  ledger,
  queue: findingQueue(FINDINGS_QUEUE_URL),
  clock,
};
const parts: RefreshParts = {
  feeds: feeds.feeds,
  networks: policyData('environment.json', OwnEnvironment).networks,
  store: s3FeedStore(INTELLIGENCE_BUCKET),
  ledger,
  clock,
  onNews: (now, before, changedAt) => matchBack(now, before, changedAt, matching),
};

/** On a schedule. What the event says does not matter. */
export const handler = measuredHandler(() => refresh(parts));
