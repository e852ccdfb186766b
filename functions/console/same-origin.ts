import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Did this form come from our own page, as the browser itself says? No script can set Sec-Fetch-Site, so it is believed
 * first; Origin is for browsers that lack it (OWASP CSRF Prevention Cheat Sheet, "Fetch Metadata"). Our pages send no
 * referrer, which makes browsers write `Origin: null` into their own forms (Fetch, "append a request Origin header").
 * A request with neither header is refused.
 */
export function isSameOrigin(header: (name: string) => string | undefined, consoleUrl: string): boolean {
  const site = header('sec-fetch-site');
  const origin = header('origin');
  const isOurs = origin === new URL(consoleUrl).origin;
  if (site === undefined) return isOurs;
  return site === 'same-origin' && (isOurs || origin === 'null' || origin === undefined);
}

/** What a form token speaks for: this person, this link, this plan. It is worth nothing for any other. */
interface FormScope {
  readonly approver: string;
  readonly secret: string;
  readonly manifestHash: string;
}

export function formToken(key: string, { approver, secret, manifestHash }: FormScope): string {
  const said = JSON.stringify([approver, secret, manifestHash]);
  return createHmac('sha256', key).update(said).digest('base64url');
}

export function isFormToken(token: string, key: string, scope: FormScope): boolean {
  const expected = Buffer.from(formToken(key, scope));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
