import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sha256 } from '../core/canonical.ts';
import { LedgerCorruptError } from '../core/errors.ts';
import { clientSettings, measured } from './clients.ts';

/** Texts too large for a ledger item, under their own SHA-256, so that what is read is what was written. */
export interface BodyStore {
  put(text: string): Promise<string>;
  get(hash: string): Promise<string>;
}

export function s3Bodies(
  bucket: string,
  client = measured(new S3Client({ ...clientSettings, forcePathStyle: true })),
): BodyStore {
  return {
    async put(text) {
      const hash = sha256(text);
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `bodies/${hash}`,
          Body: text,
          ContentType: 'application/json',
        }),
      );
      return hash;
    },
    async get(hash) {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `bodies/${hash}` }));
      const text = await answer.Body?.transformToString();
      if (text === undefined || sha256(text) !== hash)
        throw new LedgerCorruptError(`bodies/${hash}`, 'its content does not match its name');
      return text;
    },
  };
}
