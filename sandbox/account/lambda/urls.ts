import type * as lambda from '@aws-sdk/client-lambda';
import { type Operation, operation, type RequestContext } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { findFunction, findQualified, invalid, notFound, pageOf, requireFunction } from './functions.ts';
import type { FunctionUrlState } from './state.ts';

type List = [lambda.ListFunctionUrlConfigsCommandInput, lambda.ListFunctionUrlConfigsCommandOutput];
type Update = [lambda.UpdateFunctionUrlConfigCommandInput, lambda.UpdateFunctionUrlConfigCommandOutput];

/** A page of ListFunctionUrlConfigs holds 50 at most. */
const pageSize = 50;

/** Function URLs: the function's own, and one for each alias that has one. */
export function urlOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListFunctionUrlConfigs: operation<List[0], List[1]>({
      requires: requireFunction(cloud, 'ListFunctionUrlConfigs'),
      handle(input, caller, call) {
        const { state, arn } = findFunction(cloud, input, caller, call);
        const aliases = Object.entries(state.aliases).map(([name, { url }]) => shown(`${arn}:${name}`, url));
        const { items, NextMarker } = pageOf([...shown(arn, state.url), ...aliases.flat()], input, pageSize);
        return { FunctionUrlConfigs: items, NextMarker };
      },
    }),
    UpdateFunctionUrlConfig: operation<Update[0], Update[1]>({
      requires: requireFunction(cloud, 'UpdateFunctionUrlConfig', authTypeContext),
      handle(input, caller, call) {
        const { state, arn } = findQualified(cloud, input, caller, call);
        const [config] = shown(arn, state.url);
        if (!state.url || !config) throw notFound(`The resource you requested does not exist.`);
        state.url.authType = checkedAuthType(input.AuthType ?? state.url.authType);
        return { ...config, AuthType: state.url.authType };
      },
    }),
  };
}

function authTypeContext(input: object): RequestContext {
  const { AuthType: type } = input as Update[0];
  return type === undefined ? {} : { 'lambda:functionurlauthtype': type };
}

function checkedAuthType(type: string): FunctionUrlState['authType'] {
  if (type === 'NONE' || type === 'AWS_IAM') return type;
  throw invalid(`Value '${type}' at 'authType' failed to satisfy constraint: [NONE, AWS_IAM]`);
}

/** Here a URL that was changed shows when it was made: nothing reads the time of its last change. */
function shown(arn: string, url: FunctionUrlState | undefined): lambda.FunctionUrlConfig[] {
  if (!url) return [];
  const { functionUrl, authType, invokeMode, creationTime } = url;
  return [
    {
      FunctionArn: arn,
      FunctionUrl: functionUrl,
      AuthType: authType,
      InvokeMode: invokeMode,
      CreationTime: creationTime,
      LastModifiedTime: creationTime,
    },
  ];
}
