import * as z from 'zod';
import type { FunctionPool } from '../functions/pool.ts';
import type { Functions } from '../services/lambda.ts';
import { TemplateError } from '../template/error.ts';
import type { Stack } from '../template/stack.ts';

/** A route of an HTTP API with what its authorizer demands. */
export interface Route {
  readonly key: string;
  readonly apiId: string;
  readonly authorization: 'NONE' | 'AWS_IAM' | 'JWT';
  readonly pool: FunctionPool;
  /** The path's parameters, or undefined if the request is not this route's. */
  match(method: string, path: string): Readonly<Record<string, string>> | undefined;
  /** Of two routes that match the one with the larger weight is taken. */
  readonly weight: number;
}

const RouteProperties = z.looseObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'AWS_IAM', 'JWT']).default('NONE'),
});
const IntegrationProperties = z.looseObject({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

/** The routes of the template's HTTP APIs. Throws TemplateError for an integration that is not a Lambda proxy. */
export function readRoutes(stack: Stack, functions: Functions): Route[] {
  const integrations = stack.ofType('AWS::ApiGatewayV2::Integration', IntegrationProperties);
  return stack.ofType('AWS::ApiGatewayV2::Route', RouteProperties).map(({ logicalId, properties }) => {
    const integration = integrations.find(({ ref }) => properties.Target === `integrations/${ref}`);
    const pool = functions.find(integration?.properties.IntegrationUri ?? '');
    if (!pool) throw new TemplateError(logicalId, `${properties.RouteKey} leads to no function of the stack`);
    const { RouteKey: key, ApiId: apiId, AuthorizationType: authorization } = properties;
    return { key, apiId, authorization, pool, ...compileKey(key) };
  });
}

/** `$default`, or a method and a path with `{name}` and, at its end, `{name+}`. */
function compileKey(key: string): Pick<Route, 'match' | 'weight'> {
  if (key === '$default') return { match: () => ({}), weight: 0 };
  const [method = '', path = ''] = key.split(' ');
  const pattern = path.split('/').map(segmentPattern).join('/');
  const expression = new RegExp(`^${pattern}$`);
  const literal = path.split('/').filter((segment) => !segment.startsWith('{')).length;
  return {
    match(requested, requestedPath) {
      if (method !== 'ANY' && method !== requested) return undefined;
      const found = expression.exec(requestedPath);
      return found ? { ...found.groups } : undefined;
    },
    weight: 1 + literal * 4 + (path.includes('+}') ? 0 : 2) + (method === 'ANY' ? 0 : 1),
  };
}

function segmentPattern(segment: string): string {
  const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(segment) ?? [];
  if (name === undefined) return RegExp.escape(segment);
  return greedy ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`;
}
