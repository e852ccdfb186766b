import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';

/** The person of the demo. He exists only in the sandbox: the template knows nothing of him. */
export const demoApprover = {
  id: 'demo-approver',
  name: 'Demo Approver',
  email: 'demo-approver@example.com',
  roles: ['responder', 'owner'],
} as const;

export type Claims = Readonly<Record<'iss' | 'sub' | 'email' | 'name', string>>;

const cookieName = 'sallyport-sandbox-session';

/**
 * Sign-in for the laptop cloud, where a deployment has an OIDC issuer: a page with one button and a session in a
 * cookie, handed to the function as a JWT authorizer would hand the claims of a token.
 */
export class SignIn {
  readonly app: Hono;
  readonly #sessions = new Set<string>();
  readonly #issuer: () => string;

  constructor(issuer: () => string) {
    this.#issuer = issuer;
    this.app = new Hono()
      .get('/sandbox/sign-in', (context) => context.html(signInPage(returnPath(context.req.query('return')))))
      .post('/sandbox/sign-in', async (context) => {
        if (!isOwnForm(context.req.raw))
          return context.text('This form was not sent from the sign-in page', 403);
        setCookie(context, cookieName, this.open(), { httpOnly: true, sameSite: 'Strict', path: '/' });
        const form = await context.req.parseBody();
        return context.redirect(returnPath(String(form.return ?? '')), 303);
      })
      .post('/sandbox/sign-out', (context) => {
        this.#sessions.delete(getCookie(context, cookieName) ?? '');
        deleteCookie(context, cookieName, { path: '/' });
        return context.redirect('/sandbox/sign-in', 303);
      });
  }

  /** Signs the demo approver in without a browser. Answers the session. */
  open(): string {
    const session = randomBytes(32).toString('base64url');
    this.#sessions.add(session);
    return session;
  }

  /** The `Cookie` header of a session. */
  cookie(session: string): string {
    return `${cookieName}=${session}`;
  }

  /** The claims behind a request's cookie; undefined if nobody is signed in. */
  claims(request: Request): Claims | undefined {
    const session = new RegExp(`(?:^|; *)${cookieName}=([\\w-]+)`).exec(
      request.headers.get('cookie') ?? '',
    )?.[1];
    if (session === undefined || !this.#sessions.has(session)) return undefined;
    return { iss: this.#issuer(), sub: demoApprover.id, email: demoApprover.email, name: demoApprover.name };
  }
}

/** Only a path of this site: a return address elsewhere would make the page a springboard. */
function returnPath(wanted: string | undefined): string {
  return wanted !== undefined && /^\/(?![/\\])[\w\-./%?=&~]*$/.test(wanted) ? wanted : '/sandbox/sign-in';
}

function isOwnForm(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  return (
    (site === null || site === 'same-origin') && (origin === null || origin === new URL(request.url).origin)
  );
}

function signInPage(returnTo: string) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign in · laptop cloud</title>
        <link rel="icon" href="data:," />
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; margin: 0; padding: 4rem 1rem; color: #1b2430; background: #f6f7f9; }
          main { max-width: 28rem; margin: 0 auto; padding: 1.5rem 2rem 2rem; background: #fff; border: 1px solid #dde2e9; border-radius: 12px; }
          h1 { font-size: 1.4rem; margin: 0 0 .75rem; }
          button { font: inherit; font-weight: 600; width: 100%; padding: .7rem 1rem; border: 0; border-radius: 8px; color: #fff; background: #1d5fd1; cursor: pointer; }
        </style>
      </head>
      <body>
        <main>
          <h1>Sign in to the laptop cloud</h1>
          <p>Here one person exists: ${demoApprover.name}. A deployment asks your identity provider instead.</p>
          <form method="post" action="/sandbox/sign-in">
            <input type="hidden" name="return" value="${returnTo}" />
            <button type="submit">Continue as ${demoApprover.name}</button>
          </form>
        </main>
      </body>
    </html>`;
}
