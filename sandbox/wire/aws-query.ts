import type { OperationSchema } from './members.ts';
import { type ProtocolErrors, requestIdHeader, type WireProtocol } from './protocol.ts';
import { type QueryDialect, readQuery } from './query.ts';
import { RawReply, type WireRequest } from './service.ts';
import { writeXml, type XmlNode, xmlText } from './xml.ts';

/** The XML around an answer, which is all that awsQuery and ec2Query differ in beside their form encoding. */
interface Envelope {
  readonly errors: ProtocolErrors;
  answer(operation: string, content: XmlNode, requestId: string): XmlNode;
  error(content: XmlNode, requestId: string): XmlNode;
}

const awsQueryEnvelope: Envelope = {
  errors: {
    unknownCredentials: [
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      403,
    ],
    accessDenied: ['AccessDenied', 403],
    missingMember: 'ValidationError',
  },
  answer: (operation, content, requestId) => ({
    [`${operation}Response`]: { [`${operation}Result`]: content, ResponseMetadata: { RequestId: requestId } },
  }),
  error: (content, requestId) => ({ ErrorResponse: { Error: content, RequestId: requestId } }),
};

const ec2QueryEnvelope: Envelope = {
  errors: {
    unknownCredentials: ['AuthFailure', 'AWS was not able to validate the provided access credentials', 401],
    accessDenied: ['UnauthorizedOperation', 403],
    missingMember: 'MissingParameter',
  },
  answer: (operation, content, requestId) => ({
    [`${operation}Response`]: typeof content === 'string' ? { requestId } : { ...content, requestId },
  }),
  error: (content, requestId) => ({ Response: { Errors: { Error: content }, RequestID: requestId } }),
};

/** awsQuery and ec2Query (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html). */
export function awsQuery(
  dialect: QueryDialect,
  operations: ReadonlyMap<string, OperationSchema>,
): WireProtocol {
  const envelope = dialect === 'awsQuery' ? awsQueryEnvelope : ec2QueryEnvelope;
  const reply = (status: number, node: XmlNode, requestId: string): RawReply =>
    new RawReply(status, { 'content-type': 'text/xml', ...requestIdHeader(requestId) }, xmlText(node));

  return {
    errors: envelope.errors,
    match(request) {
      const operation = operations.get(formOf(request).get('Action') ?? '');
      return operation && { operation, labels: {} };
    },
    read: (match, request) =>
      match.operation.input.isUnitSchema() ? {} : readQuery(match.operation.input, formOf(request), dialect),
    write(operation, output, requestId) {
      const content = operation.output.isUnitSchema() ? {} : writeXml(operation.output, output);
      return reply(200, envelope.answer(operation.name, content, requestId), requestId);
    },
    writeError({ error, code, status }, requestId) {
      const content = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: error.message };
      return reply(status, envelope.error(content, requestId), requestId);
    },
  };
}

function formOf(request: WireRequest): URLSearchParams {
  return new URLSearchParams(Buffer.from(request.body).toString('utf8'));
}
