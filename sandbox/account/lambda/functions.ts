import {
  AwsError,
  type Call,
  type Caller,
  type RequestContext,
  type Requirement,
} from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { pageAt } from '../pages.ts';
import { tagContext } from '../tags.ts';
import { type FunctionState, lambdaState, type QualifierState } from './state.ts';

/** How a request names a function; `Qualifier` may also stand at the end of the name. */
export interface Named {
  readonly FunctionName?: string | undefined;
  readonly Qualifier?: string | undefined;
}

/** A name taken apart: https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html#API_GetPolicy_RequestSyntax */
interface Reference {
  readonly account: string;
  readonly name: string;
  readonly qualifier: string | undefined;
}

export type Where = Pick<Call, 'region'>;

const namePattern =
  /^(?:arn:aws[\w-]*:lambda:[a-z0-9-]+:)?(?:(\d{12}):)?(?:function:)?([\w-]+)(?::(\$LATEST|[\w-]+))?$/;

function referenceOf({ FunctionName: text = '', Qualifier }: Named, caller: Caller): Reference {
  const match = namePattern.exec(text);
  if (!match || text.length > 170)
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint`,
    );
  const [, account = caller.account, name = '', suffix] = match;
  return { account, name, qualifier: Qualifier ?? suffix };
}

export function functionArn(account: string, region: string, name: string, qualifier?: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`;
}

/** A requirement on a function, or on the version or alias that the request names, with the function's tags. */
export function requireFunction(
  cloud: Cloud,
  action: string,
  context: (input: object) => RequestContext = () => ({}),
): (input: object, caller: Caller, where: Where) => readonly Requirement[] {
  return (input, caller, { region }) => {
    const { account, name, qualifier } = referenceOf(input as Named, caller);
    const { functions } = lambdaState(cloud, caller.account, region);
    const tags = account === caller.account ? find(functions, name)?.tags : undefined;
    const resource = functionArn(account, region, name, qualifier);
    return [{ action: `lambda:${action}`, resource, context: { ...tagContext(tags), ...context(input) } }];
  };
}

/** The function that a request names. Throws ResourceNotFoundException. */
export function findFunction(
  cloud: Cloud,
  input: Named,
  caller: Caller,
  { region }: Where,
): { readonly state: FunctionState; readonly arn: string } {
  const { account, name } = referenceOf(input, caller);
  const { functions } = lambdaState(cloud, caller.account, region);
  const state = account === caller.account ? find(functions, name) : undefined;
  const arn = functionArn(account, region, name);
  if (!state) throw notFound(`Function not found: ${arn}`);
  return { state, arn };
}

/** What hangs on the part of a function that a request names, with the ARN of that part. */
export function findQualified(
  cloud: Cloud,
  input: Named,
  caller: Caller,
  where: Where,
): { readonly state: QualifierState; readonly arn: string } {
  const { state, arn } = findFunction(cloud, input, caller, where);
  const { qualifier } = referenceOf(input, caller);
  if (qualifier === undefined) return { state, arn };
  const alias = find(state.aliases, qualifier);
  if (!alias) throw notFound(`Cannot find alias arn: ${arn}:${qualifier}`);
  return { state: alias, arn: `${arn}:${qualifier}` };
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404, { Type: 'User' });
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}

/** One page by position: the marker is the index of the next item. */
export function pageOf<Item>(
  items: readonly Item[],
  {
    Marker: marker,
    MaxItems: size,
  }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  largest: number,
): { readonly items: Item[]; readonly NextMarker: string | undefined } {
  const page = pageAt(items, marker, Math.min(size ?? largest, largest));
  if (!page) throw invalid(`Invalid marker ${marker}`);
  return { items: page.items, NextMarker: page.next };
}
