import type { NormalizedSchema } from '@smithy/core/schema';
import { parseJson } from './aws-json.ts';
import { bodyMembers, boundStatus, payloadMember, readBindings, writeHeaders } from './bindings.ts';
import { readJson, writeJson } from './json.ts';
import { type OperationSchema, own, traitsOf } from './members.ts';
import { type ModelledError, type ProtocolErrors, requestIdHeader, type WireProtocol } from './protocol.ts';
import { createRouter } from './routes.ts';
import { RawReply, type WireRequest } from './service.ts';
import { readXml, writeXml, type XmlNode, xmlText } from './xml.ts';

/** How structures look inside a body: all that restJson1 and restXml differ in beside their errors. */
interface BodyFormat {
  readonly contentType: string;
  readonly errors: ProtocolErrors;
  read(schema: NormalizedSchema, request: WireRequest): unknown;
  write(schema: NormalizedSchema, value: object, element: string): string;
  error(error: ModelledError, requestId: string): RawReply;
}

const jsonFormat: BodyFormat = {
  contentType: 'application/json',
  errors: {
    unknownCredentials: [
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      403,
    ],
    accessDenied: ['AccessDeniedException', 403],
    missingMember: 'ValidationException',
  },
  read: (schema, request) => readJson(schema, parseJson(request)),
  write: (schema, value) => JSON.stringify(writeJson(schema, value)),
  error: (error, requestId) =>
    new RawReply(
      error.status,
      {
        'content-type': 'application/json',
        'x-amzn-errortype': error.shapeName,
        ...requestIdHeader(requestId),
      },
      JSON.stringify(error.members),
    ),
};

const xmlFormat: BodyFormat = {
  contentType: 'application/xml',
  errors: {
    unknownCredentials: [
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      403,
    ],
    accessDenied: ['AccessDenied', 403],
    missingMember: 'InvalidRequest',
  },
  read: (schema, request) => readXml(schema, Buffer.from(request.body).toString('utf8')),
  write: (schema, value, element) => xmlText({ [element]: writeXml(schema, value) }),
  error: ({ code, status, members }, requestId) =>
    new RawReply(
      status,
      { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
      xmlText({ Error: { Code: code, ...(members as Record<string, XmlNode>), RequestId: requestId } }),
    ),
};

/** restJson1 and restXml (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html). */
export function rest(
  kind: 'restJson1' | 'restXml',
  operations: ReadonlyMap<string, OperationSchema>,
): WireProtocol {
  const format = kind === 'restJson1' ? jsonFormat : xmlFormat;
  return {
    errors: format.errors,
    match: createRouter(operations.values()),
    read(match, request) {
      const { input } = match.operation;
      if (input.isUnitSchema()) return {};
      return { ...readBody(format, input, request), ...readBindings(input, request, match.labels) };
    },
    write: (operation, output, requestId) => writeReply(format, operation, output, requestId),
    writeError: (error, requestId) => format.error(error, requestId),
  };
}

function readBody(format: BodyFormat, input: NormalizedSchema, request: WireRequest): object {
  const payload = payloadMember(input);
  if (!payload) return request.body.byteLength === 0 ? {} : (format.read(input, request) as object);
  const [name, member] = payload;
  if (member.isBlobSchema()) return { [name]: request.body };
  if (request.body.byteLength === 0) return {};
  if (member.isStringSchema()) return { [name]: Buffer.from(request.body).toString('utf8') };
  return { [name]: format.read(member, request) };
}

function writeReply(
  format: BodyFormat,
  operation: OperationSchema,
  output: object,
  requestId: string,
): RawReply {
  const status = operation.traits.http?.[2] ?? 200;
  if (operation.output.isUnitSchema()) return new RawReply(status, requestIdHeader(requestId), '');
  const headers = { ...requestIdHeader(requestId), ...writeHeaders(operation.output, output) };
  const [contentType, body] = writeBody(format, operation, output);
  return new RawReply(
    boundStatus(operation.output, output) ?? status,
    { 'content-type': contentType, ...headers },
    body,
  );
}

function writeBody(
  format: BodyFormat,
  operation: OperationSchema,
  output: object,
): readonly [contentType: string, body: Uint8Array | string] {
  const payload = payloadMember(operation.output);
  if (!payload) {
    const members = bodyMembers(operation.output, output);
    return [format.contentType, format.write(operation.output, members, `${operation.name}Result`)];
  }
  const [name, member] = payload;
  const value = own(output, name);
  if (value === undefined) return [format.contentType, ''];
  if (member.isBlobSchema()) return ['application/octet-stream', value as Uint8Array | string];
  if (member.isStringSchema()) return ['text/plain', String(value)];
  const element = traitsOf(member).xmlName ?? member.getName() ?? name;
  return [format.contentType, format.write(member, value as object, element)];
}
