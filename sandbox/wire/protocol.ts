import type { OperationSchema, Traits } from './members.ts';
import type { AwsError, RawReply, WireRequest } from './service.ts';

/** The operation that a request means, with the labels that a route found in its path. */
export interface Match {
  readonly operation: OperationSchema;
  readonly labels: Readonly<Record<string, string>>;
}

/** An error with what its service's model says about it. */
export interface ModelledError {
  readonly error: AwsError;
  /** The exception's shape name (`NoSuchEntityException`); the code itself when it is not modelled. */
  readonly shapeName: string;
  /** The code on the wire (`NoSuchEntity`). */
  readonly code: string;
  readonly status: number;
  /** The exception's members for the body, the message under the name that the model gives it. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly traits: Traits;
}

/** The errors that the server itself raises, in the words of the protocol. */
export interface ProtocolErrors {
  readonly unknownCredentials: readonly [code: string, message: string, status: number];
  readonly accessDenied: readonly [code: string, status: number];
  readonly missingMember: string;
}

/** One wire protocol: how a request becomes an input and an output becomes a reply. */
export interface WireProtocol {
  readonly errors: ProtocolErrors;
  /** Undefined when the request names no operation of the service. */
  match(request: WireRequest): Match | undefined;
  read(match: Match, request: WireRequest): object;
  write(operation: OperationSchema, output: object, requestId: string): RawReply;
  writeError(error: ModelledError, requestId: string): RawReply;
}

/** What the SDK's errors carry for the operator: it is the client's `$metadata.requestId`. */
export function requestIdHeader(requestId: string): Record<string, string> {
  return { 'x-amzn-requestid': requestId };
}
