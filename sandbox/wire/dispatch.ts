import { randomUUID } from 'node:crypto';
import { type CredentialScope, readCredentialScope } from './credentials.ts';
import { createEndpoint, type Endpoint, fallbackEndpoint } from './endpoint.ts';
import { toAwsError } from './errors.ts';
import { performCall } from './perform.ts';
import { AwsError, type Caller, type RawReply, type WireRequest, type WireServerOptions } from './service.ts';

export type Dispatch = (request: WireRequest, sourceIpAddress: string) => Promise<RawReply>;

/** Takes a request to its service and every failure back in that service's own protocol. */
export function createDispatch(options: WireServerOptions): Dispatch {
  const endpoints = Map.groupBy(
    options.services.map(createEndpoint),
    ({ service: { signingName } }) => signingName,
  );

  return async (request, sourceIpAddress) => {
    const requestId = randomUUID();
    let endpoint: Endpoint | undefined;
    try {
      const scope = readCredentialScope(request);
      endpoint = meant(endpoints.get(scope.signingName) ?? [], request) ?? unknownService(scope);
      const caller = await identify(options, endpoint, scope);
      const userAgent = request.headers['user-agent'] ?? '';
      const call = { requestId, region: scope.region, sourceIpAddress, userAgent, request };
      return await performCall(options, endpoint, caller, call);
    } catch (cause) {
      const { protocol, errorModel } = endpoint ?? fallbackEndpoint(request.headers['content-type']);
      return protocol.writeError(errorModel(toAwsError(cause)), requestId);
    }
  };
}

/** Of the services of one signing name the one that claims the request, or the one that claims nothing. */
function meant(endpoints: readonly Endpoint[], request: WireRequest): Endpoint | undefined {
  return (
    endpoints.find(({ service }) => service.claims?.(request)) ??
    endpoints.find(({ service }) => service.claims === undefined)
  );
}

async function identify(
  options: WireServerOptions,
  endpoint: Endpoint,
  scope: CredentialScope,
): Promise<Caller> {
  const caller = await options.identify(scope.accessKeyId, scope.sessionToken);
  if (!caller) throw new AwsError(...endpoint.protocol.errors.unknownCredentials);
  return caller;
}

function unknownService(scope: CredentialScope): never {
  throw new AwsError(
    'NotImplementedBySandbox',
    `The sandbox does not implement service ${scope.signingName}`,
  );
}
