import { entity, type ToolCase } from '../tool-case.ts';
import { MALWARE } from '../tool-feeds.ts';

/** What the feeds of `tool-feeds.ts` say. */
export const intelligenceCases: readonly ToolCase[] = [
  {
    tool: 'threat-intelligence',
    target: entity('address', '198.51.100.7'),
    answer: {
      known: true,
      standing: 'indicator',
      confidence: 80,
      indicators: [
        { feed: 'own-indicators', matched: '198.51.100.0/24', firstSeen: '2026-11-01T00:00:00.000Z' },
      ],
      warnings: [],
    },
  },
  {
    tool: 'threat-intelligence',
    target: entity('address', '192.0.2.1'),
    answer: { known: false, standing: 'no-indicator', confidence: 0, indicators: [] },
  },
  // Whoever says so of our own addresses, of AWS's, or of what a warning list names is not believed.
  {
    tool: 'threat-intelligence',
    target: entity('address', '203.0.113.10'),
    answer: {
      known: false,
      standing: 'this-account',
      confidence: 0,
      indicators: [{ matched: '203.0.113.10' }],
    },
  },
  {
    tool: 'threat-intelligence',
    target: entity('address', '192.0.2.200'),
    answer: { known: false, standing: 'aws', confidence: 0 },
  },
  {
    tool: 'threat-intelligence',
    target: entity('address', '192.0.2.66'),
    answer: {
      known: false,
      standing: 'warning-list',
      warnings: [{ feed: 'own-warnings', matched: '192.0.2.64/29' }],
    },
  },
  {
    tool: 'threat-intelligence',
    target: entity('address', '10.0.0.5'),
    answer: { known: false, standing: 'not-on-the-internet' },
  },
  {
    tool: 'threat-intelligence',
    target: entity('domain', 'c2.evil.example'),
    answer: { known: true, indicators: [{ matched: 'evil.example' }] },
  },
  ...(['instance', 'container', 'object'] as const).map((kind) => ({
    tool: 'threat-intelligence',
    target: entity(kind, 'files-of-it'),
    answer: { known: true, indicators: [{ matched: MALWARE }] },
  })),
];
