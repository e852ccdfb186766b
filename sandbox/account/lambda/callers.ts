import type * as lambda from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { findFunction, functionArn, pageOf, requireFunction } from './functions.ts';
import { lambdaState } from './state.ts';

type Tags = [lambda.ListTagsCommandInput, lambda.ListTagsCommandOutput];
type List = [lambda.ListEventSourceMappingsCommandInput, lambda.ListEventSourceMappingsCommandOutput];

type Aliases = [lambda.ListAliasesCommandInput, lambda.ListAliasesCommandOutput];

/** A page of ListEventSourceMappings holds 100 at most, one of ListAliases 50. */
const pageSize = 100;
const aliasPageSize = 50;

/** What AWS tells about a function besides its configuration: its tags, its aliases, and what feeds it. */
export function callerOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListTags: operation<Tags[0], Tags[1]>({
      requires: ({ Resource }, caller, call) =>
        requireFunction(cloud, 'ListTags')({ FunctionName: Resource }, caller, call),
      handle: ({ Resource }, caller, call) => ({
        Tags: findFunction(cloud, { FunctionName: Resource }, caller, call).state.tags,
      }),
    }),
    ListAliases: operation<Aliases[0], Aliases[1]>({
      requires: requireFunction(cloud, 'ListAliases'),
      handle(input, caller, call) {
        const { state, arn } = findFunction(cloud, input, caller, call);
        // Which version one points to is nobody's business here.
        const aliases = Object.keys(state.aliases).map((Name) => ({
          Name,
          AliasArn: `${arn}:${Name}`,
          FunctionVersion: '1',
        }));
        const { items, NextMarker } = pageOf(aliases, input, aliasPageSize);
        return { Aliases: items, NextMarker };
      },
    }),
    ListEventSourceMappings: operation<List[0], List[1]>({
      // AWS knows no resource for it: the filter by function is no limit of power.
      requires: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
      handle(input, caller, call) {
        const all = Object.values(lambdaState(cloud, caller.account, call.region).functions);
        const named =
          input.FunctionName === undefined ? all : [findFunction(cloud, input, caller, call).state];
        const mappings = named.flatMap(({ functionName, eventSources }) =>
          eventSources.map(({ uuid, eventSourceArn, state }) => ({
            UUID: uuid,
            EventSourceArn: eventSourceArn,
            FunctionArn: functionArn(caller.account, call.region, functionName),
            State: state,
          })),
        );
        const { items, NextMarker } = pageOf(mappings, input, pageSize);
        return { EventSourceMappings: items, NextMarker };
      },
    }),
  };
}
