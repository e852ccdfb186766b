import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sha256 } from '../core/canonical.ts';
import { hasName } from '../core/named-error.ts';
import type { EvidenceVault } from '../core/ports.ts';
import { clientSettings, measured } from './clients.ts';

/**
 * A bucket with Object Lock, whose default retention locks what is put. S3 checks the hash on arrival, and refuses a
 * name that stands (`If-None-Match`), which is then what we wrote before: the folder is named by content.
 */
export function s3EvidenceVault(
  bucket: string,
  client = measured(new S3Client({ ...clientSettings, forcePathStyle: true })),
): EvidenceVault {
  return {
    uriOf: (prefix) => `s3://${bucket}/${prefix}`,
    async put(key, content) {
      const bytes = Buffer.from(content);
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: bytes,
            ContentType: key.endsWith('.json') ? 'application/json' : 'application/octet-stream',
            ChecksumSHA256: Buffer.from(sha256(bytes), 'hex').toString('base64'),
            IfNoneMatch: '*',
          }),
        );
      } catch (error) {
        if (!hasName(error, 'PreconditionFailed')) throw error;
      }
    },
  };
}
