import { type OperationSchema, traitsOf } from './members.ts';
import { AwsError, type WireRequest } from './service.ts';

/** A REST operation's URI pattern, taken apart. */
interface Route {
  readonly operation: OperationSchema;
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

export interface RouteMatch {
  readonly operation: OperationSchema;
  readonly labels: Readonly<Record<string, string>>;
}

export type Router = (request: WireRequest) => RouteMatch | undefined;

/** Finds the operation of a REST request; of several that match, the one that fixes most of the request. */
export function createRouter(operations: Iterable<OperationSchema>): Router {
  const routes = [...operations].flatMap(routeOf).sort((left, right) => fixedParts(right) - fixedParts(left));
  return (request) => {
    for (const route of routes) {
      const labels = matchRoute(route, request);
      if (labels) return { operation: route.operation, labels };
    }
    return undefined;
  };
}

function routeOf(operation: OperationSchema): readonly Route[] {
  const [method, uri] = operation.traits.http ?? [];
  if (method === undefined || uri === undefined) return [];
  const [path = '', query = ''] = uri.split('?');
  const segments = path.split('/').filter((segment) => segment !== '');
  return [
    {
      operation,
      method,
      segments: [...unnamedLabels(operation, path), ...segments],
      query: [...new URLSearchParams(query)],
    },
  ];
}

/** S3's model leaves the bucket to the endpoint rules: with a plain host it is the path's first segment. */
function unnamedLabels(operation: OperationSchema, path: string): readonly string[] {
  if (!operation.input.isStructSchema()) return [];
  const labels = [...operation.input.structIterator()].filter(([, member]) => traitsOf(member).httpLabel);
  return labels
    .map(([name]) => name)
    .filter((name) => !path.includes(`{${name}`))
    .map((name) => `{${name}}`);
}

function fixedParts(route: Route): number {
  return route.query.length * 100 + route.segments.filter((segment) => !segment.startsWith('{')).length;
}

function matchRoute(route: Route, request: WireRequest): Record<string, string> | undefined {
  if (route.method !== request.method) return undefined;
  if (!route.query.every(([name, value]) => request.query.get(name) === value)) return undefined;
  return matchPath(route.segments, request.path.split('/').slice(1));
}

function matchPath(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  const given = trimTrailingSlash(path, pattern);
  for (const [index, segment] of pattern.entries()) {
    const rest = given.slice(index);
    const greedy = rest.join('/');
    if (segment.endsWith('+}') && greedy !== '') return { ...labels, [segment.slice(1, -2)]: decode(greedy) };
    if (rest[0] === undefined || rest[0] === '') return undefined;
    if (segment.startsWith('{')) labels[segment.slice(1, -1)] = decode(rest[0]);
    else if (segment !== rest[0]) return undefined;
  }
  return given.length === pattern.length ? labels : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** `/bucket/` is `/bucket`, but a greedy label keeps its slash: `folder/` is an S3 key. */
function trimTrailingSlash(path: readonly string[], pattern: readonly string[]): readonly string[] {
  const greedy = pattern.at(-1)?.endsWith('+}') && path.length > pattern.length;
  return path.at(-1) === '' && !greedy ? path.slice(0, -1) : path;
}
