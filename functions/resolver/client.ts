import {
  getHostHeaderPlugin,
  getLoggerPlugin,
  getRecursionDetectionPlugin,
  getUserAgentPlugin,
} from '@aws-sdk/core/client';
import {
  DefaultIdentityProviderConfig,
  getHttpAuthSchemeEndpointRuleSetPlugin,
  getHttpSigningPlugin,
} from '@smithy/core';
import { Client, getSmithyContext, normalizeProvider } from '@smithy/core/client';
import { getContentLengthPlugin } from '@smithy/core/protocols';
import { getRetryPlugin } from '@smithy/core/retry';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import type { HandlerExecutionContext, HttpHandlerOptions, MetadataBearer } from '@smithy/types';
import { configure, type ResolverConfig, type ResolverSettings } from './config.ts';

/**
 * Route 53 Resolver's client, assembled of the SDK's parts as the SDK's generator assembles one. The package that it would
 * stand in for, `@aws-sdk/client-route53resolver` 3.654.0, is older than the SDK's schemas, and brings its own, older copy
 * of the whole runtime; one with schemas can take its place.
 */
export class ResolverClient extends Client<HttpHandlerOptions, object, MetadataBearer, ResolverConfig> {
  constructor(settings: ResolverSettings) {
    const config = configure(settings);
    super(config);
    const { middlewareStack: stack } = this;
    stack.use(getSchemaSerdePlugin(config));
    stack.use(getUserAgentPlugin(config));
    stack.use(getRetryPlugin(config));
    stack.use(getContentLengthPlugin(config));
    stack.use(getHostHeaderPlugin(config));
    stack.use(getLoggerPlugin(config));
    stack.use(getRecursionDetectionPlugin(config));
    stack.use(
      getHttpAuthSchemeEndpointRuleSetPlugin(config, {
        httpAuthSchemeParametersProvider: signingPlace,
        identityProviderConfigProvider: async ({ credentials }) =>
          new DefaultIdentityProviderConfig({ 'aws.auth#sigv4': credentials }),
      }),
    );
    stack.use(getHttpSigningPlugin(config));
  }
}

/** Which operation is signed, and for which region. */
async function signingPlace(config: ResolverConfig, context: HandlerExecutionContext) {
  return {
    operation: String(getSmithyContext(context).operation),
    region: await normalizeProvider(config.region)(),
  };
}
