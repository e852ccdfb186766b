import { randomUUID } from 'node:crypto';
import type { Home } from '../home.ts';
import type { Functions } from '../services/lambda.ts';
import { readCredentialScope } from '../wire/credentials.ts';
import type { Authorization, Call, Caller, Requirement, WireRequest } from '../wire/service.ts';
import { type Authorizer, toEvent, toResponse } from './event.ts';
import type { Route } from './routes.ts';
import type { SignIn } from './sign-in.ts';

export interface GatewayPorts {
  readonly home: Home;
  readonly functions: Functions;
  readonly routes: readonly Route[];
  readonly signIn: SignIn;
  readonly identify: (accessKeyId: string, sessionToken: string | undefined) => Caller | undefined;
  readonly authorize: (caller: Caller, requirements: readonly Requirement[], call: Call) => Authorization;
}

/** API Gateway in front of the functions: routes and authorizers of the template, and the sandbox's own sign-in. */
export function createGateway(ports: GatewayPorts): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/sandbox/')) return ports.signIn.app.fetch(request);
    const found = findRoute(ports.routes, request.method, pathname);
    if (!found) return Response.json({ message: 'Not Found' }, { status: 404 });
    const authorized = await authorizeRequest(ports, found.route, request);
    return authorized instanceof Response ? authorized : invoke(ports, found, request, authorized.authorizer);
  };
}

interface FoundRoute {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

function findRoute(routes: readonly Route[], method: string, path: string): FoundRoute | undefined {
  const matching = routes.flatMap((route) => {
    const pathParameters = route.match(method, path);
    return pathParameters ? [{ route, pathParameters }] : [];
  });
  return matching.toSorted((left, right) => right.route.weight - left.route.weight)[0];
}

async function invoke(
  { home, functions }: GatewayPorts,
  { route, pathParameters }: FoundRoute,
  request: Request,
  authorizer: Authorizer | undefined,
): Promise<Response> {
  const { key: routeKey, apiId, pool } = route;
  const { account } = home.stack.place;
  const event = await toEvent(request, {
    routeKey,
    apiId,
    account,
    pathParameters,
    authorizer,
    now: home.now(),
  });
  const invocation = await functions.invoke(pool, event);
  if (invocation.status === 'succeeded') return toResponse(invocation.payload);
  return Response.json({ message: 'Internal Server Error' }, { status: 500 });
}

type Authorized = { readonly authorizer: Authorizer | undefined };

/** A signed-in person's claims go with every route that is not IAM's: pages are shown to all, and say who looks. */
async function authorizeRequest(
  ports: GatewayPorts,
  route: Route,
  request: Request,
): Promise<Authorized | Response> {
  if (route.authorization === 'AWS_IAM') return authorizeByIam(ports, route, request);
  const claims = ports.signIn.claims(request);
  if (claims) return { authorizer: { jwt: { claims, scopes: null } } };
  if (route.authorization === 'NONE') return { authorizer: undefined };
  return Response.json({ message: 'Unauthorized' }, { status: 401 });
}

function authorizeByIam(
  { home, identify, authorize }: GatewayPorts,
  route: Route,
  request: Request,
): Authorized | Response {
  const { account, region } = home.stack.place;
  const wire = wireRequest(request);
  const caller = callerOf(wire, identify);
  if (!caller) return Response.json({ message: 'Forbidden' }, { status: 403 });
  const resource = `arn:aws:execute-api:${region}:${account}:${route.apiId}/$default/${request.method}${wire.path}`;
  const call = {
    requestId: randomUUID(),
    region,
    sourceIpAddress: '127.0.0.1',
    userAgent: request.headers.get('user-agent') ?? '',
    request: wire,
  };
  const answer = authorize(caller, [{ action: 'execute-api:Invoke', resource }], call);
  if (!answer.allowed) return Response.json({ message: answer.reason }, { status: 403 });
  return {
    authorizer: { iam: { userArn: caller.arn, accountId: caller.account, accessKey: caller.accessKeyId } },
  };
}

/** A request that is not signed, or for another service, is nobody's. */
function callerOf(wire: WireRequest, identify: GatewayPorts['identify']): Caller | undefined {
  if (!wire.headers.authorization) return undefined;
  try {
    const { accessKeyId, sessionToken, signingName } = readCredentialScope(wire);
    return signingName === 'execute-api' ? identify(accessKeyId, sessionToken) : undefined;
  } catch {
    return undefined;
  }
}

/** The body is left out: signatures are not verified here, only credentials. */
function wireRequest(request: Request): WireRequest {
  const url = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  return {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: new Uint8Array(),
  };
}
