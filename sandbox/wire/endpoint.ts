import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import { createErrorModel, type ErrorModel } from './errors.ts';
import { type OperationSchema, operationSchemas } from './members.ts';
import type { WireProtocol } from './protocol.ts';
import { rest } from './rest.ts';
import type { Protocol, Service } from './service.ts';

/** A service with its protocol's codec made ready. */
export interface Endpoint {
  readonly service: Service;
  readonly protocol: WireProtocol;
  readonly errorModel: ErrorModel;
}

export function createEndpoint(service: Service): Endpoint {
  return { service, ...codecOf(service) };
}

type Codec = Pick<Endpoint, 'protocol' | 'errorModel'>;

/** By client module: EC2's has thousands of exports to look through, and a client speaks one protocol. */
const codecs = new WeakMap<Service['schemas'], Codec>();

function codecOf({ protocol, schemas }: Service): Codec {
  const known = codecs.get(schemas);
  if (known) return known;
  const codec = {
    protocol: createProtocol(protocol, operationSchemas(schemas)),
    errorModel: createErrorModel(schemas),
  };
  codecs.set(schemas, codec);
  return codec;
}

/** Answers errors of requests whose service is unknown: nothing else says which protocol the client reads. */
export function fallbackEndpoint(contentType: string | undefined): Endpoint {
  const protocol: Protocol = contentType?.includes('form-urlencoded') ? 'awsQuery' : 'restJson1';
  return createEndpoint({ signingName: 'unknown', protocol, schemas: {}, operations: {} });
}

function createProtocol(protocol: Protocol, operations: ReadonlyMap<string, OperationSchema>): WireProtocol {
  switch (protocol) {
    case 'awsJson1_0':
      return awsJson('1.0', operations);
    case 'awsJson1_1':
      return awsJson('1.1', operations);
    case 'awsQuery':
    case 'ec2Query':
      return awsQuery(protocol, operations);
    case 'restJson1':
    case 'restXml':
      return rest(protocol, operations);
  }
}
