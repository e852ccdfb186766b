import { webhookEvent } from '../../../functions/core/webhook.ts';
import { eventOf } from '../other-services.ts';

/** What `intake` made of a sender's alert. */
export const examples = [
  eventOf(webhookEvent.source, webhookEvent.detailType, {
    sender: 'wazuh',
    finding: {
      uid: '1580123327.49031',
      type: 'sshd-brute-force',
      title: 'sshd: brute force trying to get access to the system.',
      desc: 'Somebody tries passwords.',
      severity: 'High',
      status: 'New',
      created_time: '2026-11-21T11:30:00.000Z',
      entities: [{ kind: 'instance', id: 'i-0abc0000000000001', part: 'target' }],
      facts: { level: 10 },
    },
  }),
];
