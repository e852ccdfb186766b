import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Did this form come from our own page, as the browser itself says? Sec-Fetch-Site cannot be set by a page's script;
 * Origin is there on every POST (OWASP CSRF Prevention Cheat Sheet, "Fetch Metadata"). A request with neither is refused.
 */
export function isSameOrigin(header: (name: string) => string | undefined, consoleUrl: string): boolean {
  const site = header('sec-fetch-site');
  const origin = header('origin');
  if (site === undefined && origin === undefined) return false;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || origin === new URL(consoleUrl).origin;
}

/** What a form token speaks for: this person, this link, this plan. It is worth nothing for any other. */
export interface FormScope {
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
