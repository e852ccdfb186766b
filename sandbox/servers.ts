import { randomBytes } from 'node:crypto';
import type { AccountSide } from './account/account.ts';
import type { AccountStore } from './account-store.ts';
import type { Calls } from './calls.ts';
import type { Cleanup } from './cleanup.ts';
import type { ControlPlane } from './control-plane.ts';
import { createDoor } from './door.ts';
import { type Addresses, issuerOf } from './functions/environment.ts';
import type { Home } from './home.ts';
import { createGateway } from './http-api/gateway.ts';
import { readRoutes } from './http-api/routes.ts';
import { SignIn } from './http-api/sign-in.ts';
import { serveFetch } from './people/serve-fetch.ts';
import { createSite } from './people/site.ts';
import { PortInUseError } from './port-in-use.ts';
import { combineServices } from './wire/combine.ts';
import { startWireServer } from './wire/server.ts';

/** 0, the default of each, picks a free one. */
export interface Ports {
  readonly endpoint?: number;
  readonly console?: number;
  readonly inbox?: number;
}

export interface Servers {
  readonly addresses: Addresses;
  readonly doorKey: string;
  readonly deliver: (envelope: unknown) => readonly string[];
  /** Signs the demo approver in; answers the `Cookie` header. */
  readonly signIn: () => string;
}

interface ServerPorts {
  readonly home: Home;
  readonly ports: Ports;
  readonly side: AccountSide;
  readonly store: AccountStore;
  readonly calls: Calls;
  readonly plane: ControlPlane;
  readonly cleanup: Cleanup;
}

/** Opens the AWS endpoint, the console and the inbox on the loopback address. Throws PortInUseError. */
export async function openServers(given: ServerPorts): Promise<Servers> {
  const endpoint = await openEndpoint(given);
  const doorKey = randomBytes(32).toString('base64url');
  const deliver = createDoor(given.plane.bus, given.calls);
  const inboxUrl = await openInbox(given, doorKey, deliver);
  const { consoleUrl, signIn } = await openConsole(given);
  return {
    addresses: { endpoint, consoleUrl, inboxUrl },
    doorKey,
    deliver,
    signIn: () => signIn.cookie(signIn.open()),
  };
}

async function openEndpoint({ ports, side, store, calls, plane, cleanup }: ServerPorts): Promise<string> {
  const port = ports.endpoint ?? 0;
  const server = await startWireServer({
    services: combineServices([...side.services, ...plane.services]),
    port,
    identify: side.identify,
    authorize: side.authorize,
    async onCall(record) {
      side.onCall(record);
      store.onCall(record);
      await calls.onCall(record);
    },
  }).catch((cause: unknown) => {
    throw PortInUseError.from(cause, port, 'the AWS endpoint');
  });
  cleanup.add(() => server.close());
  return server.endpoint;
}

async function openInbox(
  { home, ports, plane, calls, cleanup }: ServerPorts,
  doorKey: string,
  deliver: Servers['deliver'],
): Promise<string> {
  const site = createSite({
    inbox: plane.inbox,
    isSlackToken: (token) => plane.secrets.has(token),
    recordSlack: (process, method, perform) => calls.around(process, method, perform),
    doorKey,
    deliver,
    idle: () => home.activity.idle(),
  });
  const server = await serveFetch(ports.inbox ?? 0, 'the inbox', (request) => site.fetch(request));
  cleanup.add(() => server.close());
  return server.url;
}

async function openConsole({
  home,
  ports,
  side: { identify, authorize },
  plane: { functions },
  cleanup,
}: ServerPorts): Promise<{ consoleUrl: string; signIn: SignIn }> {
  let consoleUrl = '';
  const signIn = new SignIn(() => issuerOf({ consoleUrl }));
  const routes = readRoutes(home.stack, functions);
  const gateway = createGateway({ home, functions, routes, signIn, identify, authorize });
  const server = await serveFetch(ports.console ?? 0, 'the console', gateway);
  cleanup.add(() => server.close());
  consoleUrl = server.url;
  return { consoleUrl, signIn };
}
