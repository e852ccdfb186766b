import { partition } from '@aws-sdk/core/client';
import type { EndpointParameters, EndpointV2 } from '@smithy/types';

interface Parameters extends EndpointParameters {
  readonly Region?: string;
  readonly Endpoint?: string;
  readonly UseFIPS?: boolean;
  readonly UseDualStack?: boolean;
}

/**
 * Where a region's Route 53 Resolver is, by the rules that the service publishes (botocore,
 * `data/route53resolver/2018-04-01/endpoint-rule-set-1.json`). GovCloud's endpoints are FIPS endpoints by themselves.
 * Throws for a region that nobody named, and for a choice of endpoints beside one that is given.
 */
export function endpointOf({ Region, Endpoint, UseFIPS, UseDualStack }: Parameters): EndpointV2 {
  if (Endpoint) {
    if (UseFIPS || UseDualStack)
      throw new Error('Invalid Configuration: neither FIPS nor dual-stack goes with a custom endpoint');
    return { url: new URL(Endpoint) };
  }
  if (!Region) throw new Error('Invalid Configuration: Missing Region');
  const { dnsSuffix, dualStackDnsSuffix } = partition(Region);
  const isFips = UseFIPS && (UseDualStack || !Region.startsWith('us-gov-'));
  const suffix = UseDualStack ? dualStackDnsSuffix : dnsSuffix;
  return { url: new URL(`https://route53resolver${isFips ? '-fips' : ''}.${Region}.${suffix}`) };
}
