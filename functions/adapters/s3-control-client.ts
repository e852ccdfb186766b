import { isIP } from 'node:net';
import { S3ControlClient, type S3ControlClientConfig } from '@aws-sdk/client-s3-control';

/**
 * S3 Control puts the account before the host's name. An address, such as a laptop cloud's, has no subdomains; the
 * account is in a header besides.
 */
export function createS3ControlClient(settings: S3ControlClientConfig): S3ControlClient {
  const client = new S3ControlClient(settings);
  const { endpointProvider } = client.config;
  client.config.endpointProvider = (parameters, context) =>
    endpointProvider(
      isAddress(parameters.Endpoint) ? { ...parameters, RequiresAccountId: false } : parameters,
      context,
    );
  return client;
}

function isAddress(endpoint: string | undefined): boolean {
  return endpoint !== undefined && isIP(new URL(endpoint).hostname.replace(/^\[|\]$/g, '')) !== 0;
}
