import { readJson, writeJson } from './json.ts';
import type { OperationSchema } from './members.ts';
import { type ModelledError, requestIdHeader, type WireProtocol } from './protocol.ts';
import { AwsError, RawReply, type WireRequest } from './service.ts';

/** awsJson 1.0 and 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). */
export function awsJson(
  version: '1.0' | '1.1',
  operations: ReadonlyMap<string, OperationSchema>,
): WireProtocol {
  const contentType = `application/x-amz-json-${version}`;
  const reply = (
    status: number,
    body: object,
    requestId: string,
    headers: Record<string, string> = {},
  ): RawReply =>
    new RawReply(
      status,
      { 'content-type': contentType, ...requestIdHeader(requestId), ...headers },
      JSON.stringify(body),
    );

  return {
    errors: {
      unknownCredentials: [
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        400,
      ],
      accessDenied: ['AccessDeniedException', 400],
      missingMember: 'ValidationException',
    },
    match(request) {
      const operation = operations.get(request.headers['x-amz-target']?.split('.').at(-1) ?? '');
      return operation && { operation, labels: {} };
    },
    read({ operation: { input } }, request) {
      const body = parseJson(request);
      return input.isUnitSchema() ? {} : (readJson(input, body) as object);
    },
    write: (operation, output, requestId) =>
      reply(
        200,
        operation.output.isUnitSchema() ? {} : (writeJson(operation.output, output) as object),
        requestId,
      ),
    writeError: (error, requestId) =>
      reply(error.status, { __type: error.shapeName, ...error.members }, requestId, queryErrorHeader(error)),
  };
}

/** An empty body is an empty object, as AWS reads it. */
export function parseJson(request: WireRequest): unknown {
  if (request.body.byteLength === 0) return {};
  try {
    return JSON.parse(Buffer.from(request.body).toString('utf8')) as unknown;
  } catch (cause) {
    throw new AwsError('SerializationException', `The body is not JSON: ${String(cause)}`);
  }
}

/** SQS spoke awsQuery before: clients read the old code from this header. */
function queryErrorHeader(error: ModelledError): Record<string, string> {
  const [code] = error.traits.awsQueryError ?? [];
  return code === undefined
    ? {}
    : { 'x-amzn-query-error': `${code};${error.status < 500 ? 'Sender' : 'Receiver'}` };
}
