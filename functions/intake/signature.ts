import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Delivery } from './delivery.ts';

/** How far a delivery's time may be from ours, either way. Within it a copy is the same finding, and changes nothing. */
const WINDOW_SECONDS = 5 * 60;

/** `v1=` and the HMAC-SHA256 of `<timestamp>.<body>` in hexadecimal. */
export function signatureOf(secret: string, timestamp: string, body: Buffer): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

/** Whether a delivery's time, in seconds since 1970, is now. */
export function isFresh(timestamp: string | undefined, now: Date): boolean {
  if (!timestamp || !/^\d{10}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= WINDOW_SECONDS;
}

/** Whether whoever holds the secret signed it. The comparison takes as long for every signature. */
export function isSigned({ timestamp = '', signature = '', body }: Delivery, secret: string): boolean {
  const expected = Buffer.from(signatureOf(secret, timestamp, body));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
