import { digest } from './canonical.ts';

/** A Systems Manager document of type Command: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html */
export interface ReviewedDocument {
  readonly name: string;
  readonly content: {
    readonly schemaVersion: '2.2';
    readonly description: string;
    readonly mainSteps: readonly [
      {
        readonly action: 'aws:runShellScript';
        readonly name: string;
        readonly inputs: { readonly timeoutSeconds: string; readonly runCommand: readonly string[] };
      },
    ];
  };
}

/** A document and the one that takes back what it did. Both may run any number of times. */
export interface Reversible {
  readonly run: ReviewedDocument;
  readonly undo: ReviewedDocument;
}

/** Our rules carry it, so that the inverse removes no other. */
const MARK = 'sallyport-block-instance-metadata';

/**
 * The addresses and the owner match are those of
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-limiting-access.html. Root is let through:
 * Systems Manager's agent has its credentials from there, and without them no inverse would ever arrive. FORWARD is
 * the way of containers that have a network of their own.
 */
const rules = [
  'set -eu',
  `mark='${MARK}'`,
  'own() { "$1" -w "$2" OUTPUT -d "$3" -m owner ! --uid-owner 0 -m comment --comment "$mark" -j REJECT; }',
  'forwarded() { "$1" -w "$2" FORWARD -d "$3" -m comment --comment "$mark" -j REJECT; }',
];

/** Each family's tool is asked only where the kernel speaks it: elsewhere its address cannot be reached. */
const each = (work: string) => [
  `${work} iptables 169.254.169.254`,
  `if [ -e /proc/net/if_inet6 ]; then ${work} ip6tables fd00:ec2::254; fi`,
];

const block: ReviewedDocument = {
  name: 'sallyport-block-instance-metadata',
  content: {
    schemaVersion: '2.2',
    description: 'Blocks the way to the instance metadata service for every user but root',
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'block',
        inputs: {
          timeoutSeconds: '60',
          runCommand: [
            ...rules,
            'command -v iptables > /dev/null || { echo "this instance has no iptables" >&2; exit 1; }',
            'block() {',
            '  own "$1" -C "$2" 2> /dev/null || own "$1" -I "$2"',
            '  forwarded "$1" -C "$2" 2> /dev/null || forwarded "$1" -I "$2"',
            '}',
            ...each('block'),
          ],
        },
      },
    ],
  },
};

const restore: ReviewedDocument = {
  name: 'sallyport-restore-instance-metadata',
  content: {
    schemaVersion: '2.2',
    description: 'Takes back what sallyport-block-instance-metadata did, and nothing else',
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'restore',
        inputs: {
          timeoutSeconds: '60',
          runCommand: [
            ...rules,
            'command -v iptables > /dev/null || exit 0',
            'restore() {',
            '  while own "$1" -C "$2" 2> /dev/null; do own "$1" -D "$2"; done',
            '  while forwarded "$1" -C "$2" 2> /dev/null; do forwarded "$1" -D "$2"; done',
            '}',
            ...each('restore'),
          ],
        },
      },
    ],
  },
};

/** What may be run, by the id that a plan names. Nothing else is ever sent to an instance. */
export const reviewedDocuments = {
  'block-instance-metadata': { run: block, undo: restore },
} as const satisfies Readonly<Record<string, Reversible>>;
export type ReviewedId = keyof typeof reviewedDocuments;

/** Whether a document as Systems Manager has it says what was reviewed, in whatever order and spacing. */
export function isReviewed({ content }: ReviewedDocument, text: string | undefined): boolean {
  try {
    return digest(JSON.parse(text ?? '')) === digest(content);
  } catch {
    return false;
  }
}
