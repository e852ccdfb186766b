import { DeleteObjectCommand, GetObjectTaggingCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { PlannedAction } from '../../../functions/core/plan.ts';
import { type ActionCase, target } from '../action-case.ts';
import { BUCKET, buckets, OTHER } from './buckets.ts';

export const KEY = 'incoming/invoice.pdf';
/** What IAM, XML and addresses read as more than themselves. */
export const ODD_KEY = 'incoming/ü {account} $\u007baws:username} *+?"\\&<%41>.pdf';

export const neighbours = [
  { key: `${KEY}.sig`, versionId: 's1' },
  { key: 'incoming/invoice', versionId: 'n1' },
  { key: 'incoming', versionId: 'n2' },
];

const at = (key: string) =>
  ({
    target: target('object', `${BUCKET}/${key}`),
    innocent: ({ s3 }) => [
      s3?.buckets[OTHER],
      { ...s3?.buckets[BUCKET], objects: undefined },
      neighbours.map((one) => s3?.buckets[BUCKET]?.objects[one.key]),
      s3?.buckets[BUCKET]?.objects[key]?.filter((one) => !one.deleteMarker || one.versionId === 'old-marker'),
    ],
    trespasses: (_: PlannedAction) => [
      new DeleteObjectCommand({ Bucket: OTHER, Key: key }),
      new DeleteObjectCommand({ Bucket: BUCKET, Key: `${KEY}.sig` }),
      new DeleteObjectCommand({ Bucket: BUCKET, Key: 'incoming/invoice', VersionId: 'n1' }),
      new GetObjectTaggingCommand({ Bucket: BUCKET, Key: 'incoming' }),
      new ListObjectVersionsCommand({ Bucket: OTHER }),
    ],
  }) satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...at(KEY),
    name: 'an object with a past, among others whose keys begin alike',
    seed: buckets({
      versioning: 'Enabled',
      objects: [
        { key: KEY, versionId: 'v2' },
        { key: KEY, versionId: 'old-marker', deleteMarker: true },
        { key: KEY, versionId: 'v1' },
        ...neighbours,
      ],
    }),
  },
  {
    ...at(KEY),
    name: 'an object from before there were versions, which a rule will delete one day',
    restorable: (account) => account,
    seed: buckets({
      versioning: 'Enabled',
      objects: [{ key: KEY }, ...neighbours],
      lifecycle: {
        rules: [
          {
            ID: 'past',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            NoncurrentVersionExpiration: { NoncurrentDays: 3 },
          },
        ],
      },
    }),
  },
  {
    ...at(ODD_KEY),
    name: 'a key that is not to be trusted, in a bucket of a stack',
    seed: buckets({
      versioning: 'Enabled',
      tags: { 'aws:cloudformation:stack-name': 'shop' },
      objects: [{ key: ODD_KEY, versionId: 'v1', tags: { 'sallyport:protected': '' } }, ...neighbours],
    }),
  },
];
