import { createHash } from 'node:crypto';
import type { Cloud } from './cloud.ts';

/** Ids look like AWS's and are the same on every run: a hash of a counter that lives in the state. */
export function ec2Id(cloud: Cloud, prefix: string): string {
  return `${prefix}-0${digest(cloud).toString('hex').slice(0, 16)}`;
}

/** The same id for the same text, without the counter. */
export function stableIamId(kind: string, text: string): string {
  return kind + base32(createHash('sha256').update(text).digest()).slice(0, 16);
}

/** IAM's unique ids: a four-letter kind (`AIDA` user, `AROA` role, `AKIA` key, `ASIA` session) and 16 more. */
export function iamId(cloud: Cloud, kind: string): string {
  return kind + base32(digest(cloud)).slice(0, 16);
}

export function uuid(cloud: Cloud): string {
  const hex = digest(cloud).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function digest(cloud: Cloud): Buffer {
  return createHash('sha256').update(`sallyport/${cloud.nextSequence()}`).digest();
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Buffer): string {
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}
