import {
  createDefaultUserAgentProvider,
  NODE_APP_ID_CONFIG_OPTIONS,
  resolveHostHeaderConfig,
  resolveUserAgentConfig,
} from '@aws-sdk/core/client';
import { AwsSdkSigV4Signer, resolveAwsSdkSigV4Config } from '@aws-sdk/core/httpAuthSchemes';
import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Sha256 } from '@smithy/core/checksum';
import { NoOpLogger, normalizeProvider } from '@smithy/core/client';
import {
  loadConfig,
  NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS,
  NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS,
  resolveRegionConfig,
} from '@smithy/core/config';
import { resolveEndpointConfig } from '@smithy/core/endpoints';
import { parseUrl } from '@smithy/core/protocols';
import { resolveRetryConfig } from '@smithy/core/retry';
import { calculateBodyLength, fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
import type { AwsCredentialIdentity, HttpAuthOption, IdentityProviderConfig } from '@smithy/types';
import { endpointOf } from './endpoint.ts';

export interface ResolverSettings {
  readonly region: string;
  readonly maxAttempts: number;
  readonly retryMode: 'adaptive' | 'standard';
  /** The process's own when absent. */
  readonly credentials?: AwsCredentialIdentity;
}

const SIGNING_NAME = 'route53resolver';
const SIGV4 = 'aws.auth#sigv4';

/** What the SDK's generator gives a client of the AWS JSON 1.1 protocol, with this service's names. */
export function configure({ region, maxAttempts, retryMode, credentials }: ResolverSettings) {
  const serviceId = 'Route53Resolver';
  const initial = {
    apiVersion: '2018-04-01',
    serviceId,
    region,
    maxAttempts,
    retryMode,
    ...(credentials ? { credentials } : {}),
    protocol: new AwsJson1_1Protocol({
      defaultNamespace: 'com.amazonaws.route53resolver',
      serviceTarget: 'Route53Resolver',
    }),
    defaultSigningName: SIGNING_NAME,
    credentialDefaultProvider: defaultProvider,
    httpAuthSchemeProvider: ({ region: signed }: { readonly region?: string }): HttpAuthOption[] => [
      {
        schemeId: SIGV4,
        signingProperties: { name: SIGNING_NAME, region: signed },
        propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
      },
    ],
    httpAuthSchemes: [
      {
        schemeId: SIGV4,
        identityProvider: (all: IdentityProviderConfig) => all.getIdentityProvider(SIGV4),
        signer: new AwsSdkSigV4Signer(),
      },
    ],
    endpointProvider: endpointOf,
    useDualstackEndpoint: loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS),
    useFipsEndpoint: loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS),
    defaultUserAgentProvider: createDefaultUserAgentProvider({ serviceId, clientVersion: '0.1.0' }),
    userAgentAppId: loadConfig(NODE_APP_ID_CONFIG_OPTIONS),
    requestHandler: new NodeHttpHandler(),
    streamCollector,
    sha256: Sha256,
    urlParser: parseUrl,
    bodyLengthChecker: calculateBodyLength,
    base64Decoder: fromBase64,
    base64Encoder: toBase64,
    utf8Decoder: fromUtf8,
    utf8Encoder: toUtf8,
    disableHostPrefix: false,
    runtime: 'node',
    logger: new NoOpLogger(),
    extensions: [],
  };
  const placed = resolveEndpointConfig(
    resolveHostHeaderConfig(resolveRegionConfig(resolveRetryConfig(resolveUserAgentConfig(initial)))),
  );
  return Object.assign(resolveAwsSdkSigV4Config(placed), { authSchemePreference: normalizeProvider([]) });
}

export type ResolverConfig = ReturnType<typeof configure>;
