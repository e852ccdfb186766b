import type { Finding } from './finding.ts';
import type { EventEnvelope } from './source.ts';

/** What findings of Sallyport's own are called in the queue. No event of a bus gets there under these names. */
export const OWN_SOURCE = 'sallyport';
export const OWN_DETAIL_TYPE = 'Sallyport Finding';

/** The event that says a finding of our own. */
export function ownEvent(finding: Finding): EventEnvelope {
  const { account, region } = finding.cloud;
  return {
    id: `${finding.finding_info.uid}@${finding.finding_info.modified_time}`,
    'detail-type': OWN_DETAIL_TYPE,
    source: OWN_SOURCE,
    account,
    time: finding.finding_info.modified_time,
    region,
    detail: finding,
  };
}
