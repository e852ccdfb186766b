import { cedarEngine, policySentences } from '../../functions/adapters/cedar.ts';
import { consoleApp } from '../../functions/console/app.ts';
import type { ConsoleSettings } from '../../functions/console/settings.ts';
import type { Approver, Mode } from '../../functions/core/decision.ts';
import type { ApprovalLink } from '../../functions/core/ports.ts';
import { policies, schema } from '../policies/guardrails.ts';
import type { MemoryLedger } from './memory-ledger.ts';
import { approvers, INCIDENT, type Story, waiting } from './story.ts';

const sentences = policySentences(policies);
export const CONSOLE = 'https://console.example.com';
export const ISSUER = 'https://sign-in.example.com';

export interface World {
  readonly app: ReturnType<typeof consoleApp>;
  readonly settings: ConsoleSettings;
  readonly ledger: MemoryLedger;
  readonly hash: string;
  readonly rung: string[];
  readonly started: { readonly event: string; readonly attempt: number }[];
  readonly switched: Mode[];
  readonly links: Map<string, ApprovalLink>;
}

/** The console over ports in memory, an incident waiting, and one link for each approver: `link-rosa`, `link-lena`. */
export async function world(story: Story = {}, change: Partial<ConsoleSettings> = {}): Promise<World> {
  const { ledger, hash } = await waiting(story);
  const rung: string[] = [];
  const started: { event: string; attempt: number }[] = [];
  const switched: Mode[] = [];
  const expiresAt = story.expiresAt ?? '2026-11-21T07:00:00.000Z';
  const links = new Map(
    approvers.map(({ id }) => [
      `link-${id}`,
      { incident: INCIDENT, manifestHash: hash, approver: id, expiresAt },
    ]),
  );
  const settings: ConsoleSettings = {
    ledger,
    doorbells: {
      ring: (_, kind) => {
        rung.push(kind);
        return Promise.resolve('rung');
      },
    },
    links: { find: (secret) => Promise.resolve(links.get(secret)) },
    killSwitch: {
      read: () => Promise.resolve(switched.at(-1) ?? 'act'),
      write: (mode) => {
        switched.push(mode);
        return Promise.resolve();
      },
    },
    workflow: {
      start: ({ event, attempt }) => {
        started.push({ event, attempt });
        return Promise.resolve();
      },
    },
    policy: cedarEngine(policies, schema),
    approvers,
    clock: () => ledger.now,
    consoleUrl: CONSOLE,
    oidcIssuer: ISSUER,
    signInUrl: '/sandbox/sign-in?return=',
    formKey: () => Promise.resolve('a key of the tests'),
    policySays: (id) => sentences.get(id),
    ...change,
  };
  return { app: consoleApp(settings), settings, ledger, hash, rung, started, switched, links };
}

export type Authorizer = Readonly<Record<string, unknown>>;

export function signedIn(approver: Approver, issuer = ISSUER): Authorizer {
  return { jwt: { claims: { iss: issuer, sub: approver.id }, scopes: null } };
}

export function signedRequest(userArn: string): Authorizer {
  return { iam: { userArn, accountId: '111122223333' } };
}

/** One request as API Gateway would hand it over. */
export async function ask(
  { app }: World,
  path: string,
  init: RequestInit = {},
  authorizer?: Authorizer,
): Promise<{ status: number; text: string; headers: Headers }> {
  const bindings = { event: { requestContext: authorizer ? { authorizer } : {} } };
  const response = await app.request(`${CONSOLE}${path}`, init, bindings);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

export const fromOurPage = { origin: CONSOLE, 'sec-fetch-site': 'same-origin' };

export interface FormChange {
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: Authorizer | undefined;
}

/** Opens the page as the approver and sends its form, as a browser would; then with changes, as an attacker would. */
export async function decide(
  at: World,
  approver: Approver,
  outcome: string,
  { fields = {}, headers = fromOurPage, ...rest }: FormChange = {},
) {
  const path = `/approvals/link-${approver.id}`;
  const shown = await ask(at, path, {}, signedIn(approver));
  const hidden = [...shown.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  const body = new URLSearchParams({
    ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
    outcome,
    reason: outcome === 'deny' ? 'a planned exercise' : '',
    ...fields,
  });
  const as = 'as' in rest ? rest.as : signedIn(approver);
  return ask(at, path, { method: 'POST', body, headers }, as);
}

/** The answers that the ledger holds. */
export async function answers({ ledger }: World): Promise<string[]> {
  const incident = await ledger.read(INCIDENT);
  return incident.timeline.flatMap(({ entry }) =>
    entry.type === 'approval-given' || entry.type === 'approval-denied'
      ? [`${entry.type} by ${entry.approver}`]
      : [],
  );
}
