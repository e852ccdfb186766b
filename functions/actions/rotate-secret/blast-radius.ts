import type { DescribeSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { Consequence } from '../../core/plan.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Secrets Manager keeps the day of the last reading, at midnight UTC: two days hold the last 24 hours. */
export function blastRadius(secret: DescribeSecretCommandOutput, now: Date): readonly Consequence[] {
  const lastRead = secret.LastAccessedDate;
  const recent = lastRead !== undefined && now.getTime() - lastRead.getTime() < 2 * DAY;
  return [
    {
      what: 'secrets that somebody read within the last 24 to 48 h',
      count: recent ? 1 : 0,
      evidence: 'DescribeSecret LastAccessedDate, which is a whole day',
    },
    {
      what: 'programs that have cached the old value, and fail until they read the new one',
      count: null,
      evidence: 'not available: who holds a value is known to nobody',
    },
  ];
}
