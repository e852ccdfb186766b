import type * as lambda from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { findFunction, invalid, requireFunction } from './functions.ts';
import { type FunctionState, lambdaState } from './state.ts';

/** What a region's functions share, and how much of it must stay unreserved (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html). */
const accountConcurrency = 1000;
const unreservedMinimum = 100;

type Put = [lambda.PutFunctionConcurrencyCommandInput, lambda.PutFunctionConcurrencyCommandOutput];
type Get = [lambda.GetFunctionConcurrencyCommandInput, lambda.GetFunctionConcurrencyCommandOutput];
type Delete = [lambda.DeleteFunctionConcurrencyCommandInput, lambda.DeleteFunctionConcurrencyCommandOutput];

/** How many copies of a function may run at once. None is no answer at all; 0 stops it. */
export function concurrencyOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetFunctionConcurrency: operation<Get[0], Get[1]>({
      requires: requireFunction(cloud, 'GetFunctionConcurrency'),
      handle: (input, caller, call) => ({
        ReservedConcurrentExecutions: findFunction(cloud, input, caller, call).state.reservedConcurrency,
      }),
    }),
    PutFunctionConcurrency: operation<Put[0], Put[1]>({
      requires: requireFunction(cloud, 'PutFunctionConcurrency'),
      handle(input, caller, call) {
        const { state } = findFunction(cloud, input, caller, call);
        const wanted = input.ReservedConcurrentExecutions ?? -1;
        const { functions } = lambdaState(cloud, caller.account, call.region);
        checkReservation(wanted, state, Object.values(functions));
        state.reservedConcurrency = wanted;
        return { ReservedConcurrentExecutions: wanted };
      },
    }),
    DeleteFunctionConcurrency: operation<Delete[0], Delete[1]>({
      requires: requireFunction(cloud, 'DeleteFunctionConcurrency'),
      handle(input, caller, call) {
        delete findFunction(cloud, input, caller, call).state.reservedConcurrency;
        return {};
      },
    }),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html: no more is provisioned than is reserved. */
function checkReservation(wanted: number, state: FunctionState, all: readonly FunctionState[]): void {
  if (wanted < 0) throw invalid('ReservedConcurrentExecutions must be 0 or more');
  if (wanted < state.provisionedConcurrency)
    throw invalid(
      'ReservedConcurrentExecutions is lower than the ProvisionedConcurrentExecutions of the function',
    );
  const others = all.filter((one) => one !== state);
  const reserved = others.reduce((sum, one) => sum + (one.reservedConcurrency ?? 0), wanted);
  if (wanted > 0 && accountConcurrency - reserved < unreservedMinimum)
    throw invalid(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreservedMinimum}].`,
    );
}
