import { randomUUID } from 'node:crypto';
import * as z from 'zod';

/** What an authorizer found out about the caller. */
export type Authorizer =
  | { readonly iam: { readonly userArn: string; readonly accountId: string; readonly accessKey: string } }
  | { readonly jwt: { readonly claims: Readonly<Record<string, string>>; readonly scopes: null } };

export interface EventParts {
  readonly routeKey: string;
  readonly apiId: string;
  readonly account: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly authorizer: Authorizer | undefined;
  readonly now: Date;
}

/**
 * The event of payload format 2.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export async function toEvent(request: Request, parts: EventParts): Promise<object> {
  const url = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const text = isText(request.headers.get('content-type') ?? '');
  const { cookie, ...headers } = Object.fromEntries(request.headers);
  const query = queryOf(url.searchParams);
  return {
    version: '2.0',
    routeKey: parts.routeKey,
    rawPath: decodeURI(url.pathname),
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(query ? { queryStringParameters: query } : {}),
    ...(Object.keys(parts.pathParameters).length > 0 ? { pathParameters: parts.pathParameters } : {}),
    requestContext: {
      accountId: parts.account,
      apiId: parts.apiId,
      domainName: url.host,
      domainPrefix: parts.apiId,
      http: {
        method: request.method,
        path: decodeURI(url.pathname),
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: request.headers.get('user-agent') ?? '',
      },
      requestId: randomUUID(),
      routeKey: parts.routeKey,
      stage: '$default',
      time: parts.now.toUTCString(),
      timeEpoch: parts.now.getTime(),
      ...(parts.authorizer ? { authorizer: parts.authorizer } : {}),
    },
    ...(body.byteLength > 0 ? { body: body.toString(text ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.byteLength > 0 && !text,
  };
}

const LambdaResponse = z.looseObject({
  statusCode: z.number(),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** What the function answered. Without a statusCode the answer itself is the JSON body, as API Gateway has it. */
export function toResponse(payload: string): Response {
  const answer: unknown = JSON.parse(payload);
  const parsed = LambdaResponse.safeParse(answer);
  if (!parsed.success) return Response.json(answer);
  const { statusCode: status, headers: given, cookies, body, isBase64Encoded } = parsed.data;
  const headers = new Headers(given);
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  const content = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const bodiless = [204, 205, 304].includes(status);
  return new Response(bodiless ? null : content, { status, headers });
}

function queryOf(parameters: URLSearchParams): Record<string, string> | undefined {
  const names = new Set(parameters.keys());
  if (names.size === 0) return undefined;
  return Object.fromEntries([...names].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** API Gateway hands text over as it is and everything else in base64. */
function isText(contentType: string): boolean {
  return /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|.+\+json|.+\+xml))/.test(
    contentType,
  );
}
