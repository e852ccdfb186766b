import type { Endpoint } from './endpoint.ts';
import { toAwsError } from './errors.ts';
import { requiredMembers } from './members.ts';
import type { Match } from './protocol.ts';
import {
  type Authorization,
  AwsError,
  type Call,
  type Caller,
  type CallRecord,
  type Operation,
  RawReply,
  type WireServerOptions,
} from './service.ts';

/** One call from its parsed request to its reply; failures are thrown as AwsError. */
export async function performCall(
  options: WireServerOptions,
  endpoint: Endpoint,
  caller: Caller,
  call: Call,
): Promise<RawReply> {
  const proxied = await endpoint.service.http?.(call.request, caller);
  if (proxied) return proxied;
  const match = endpoint.protocol.match(call.request);
  if (!match) throw unknownOperation(endpoint);
  const implementation = implementationOf(endpoint, match);
  const input = readInput(endpoint, match, call);
  const requirements = implementation.requires(input, caller, call);
  const authorization = await options.authorize(caller, requirements, call);
  const { signingName, name: service = signingName } = endpoint.service;
  const record = { caller, service, operation: match.operation.name, input, requirements, call };
  const output = await recorded(options, { ...record, ...authorization }, async () => {
    if (!authorization.allowed) throw refused(endpoint, authorization);
    return implementation.handle(input, caller, call);
  });
  if (output instanceof RawReply) return output;
  return endpoint.protocol.write(match.operation, output, call.requestId);
}

/** Runs the handler between the two hooks; what the hook throws before is the client's answer. */
async function recorded(
  options: WireServerOptions,
  record: Omit<CallRecord, 'phase'>,
  run: () => Promise<object>,
): Promise<object> {
  let output: object;
  try {
    await options.onCall?.({ ...record, phase: 'before' });
    output = await run();
  } catch (cause) {
    const error = toAwsError(cause);
    await options.onCall?.({ ...record, phase: 'after', errorCode: error.code, errorMessage: error.message });
    throw error;
  }
  const visible = output instanceof RawReply ? {} : { output };
  await options.onCall?.({ ...record, ...visible, phase: 'after' });
  return output;
}

function implementationOf(endpoint: Endpoint, match: Match): Operation {
  const { service } = endpoint;
  const { name } = match.operation;
  const implementation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (implementation) return implementation;
  const message = `The sandbox does not implement ${service.signingName}:${name}`;
  throw new AwsError('NotImplementedBySandbox', message);
}

function readInput(endpoint: Endpoint, match: Match, call: Call): object {
  const input = endpoint.protocol.read(match, call.request);
  for (const member of requiredMembers(match.operation.input))
    if (!Object.hasOwn(input, member)) throw missingMember(endpoint, member);
  return input;
}

function missingMember(endpoint: Endpoint, member: string): AwsError {
  const message = `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`;
  return new AwsError(endpoint.protocol.errors.missingMember, message);
}

function refused(endpoint: Endpoint, authorization: Extract<Authorization, { allowed: false }>): AwsError {
  const [code, status] = endpoint.protocol.errors.accessDenied;
  return new AwsError(code, authorization.reason, status);
}

function unknownOperation(endpoint: Endpoint): AwsError {
  const message = `The request names no operation of ${endpoint.service.signingName}`;
  return new AwsError('UnknownOperationException', message);
}
