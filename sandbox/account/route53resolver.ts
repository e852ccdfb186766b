import * as schemas from '../../functions/resolver/schemas.ts';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { domainListOperations } from './route53resolver/domain-lists.ts';
import { ruleOperations } from './route53resolver/rules.ts';

/** Route 53 Resolver in one region: its DNS Firewall, and which names it forwards. No name is resolved. */
export function resolverService(cloud: Cloud): Service {
  return {
    signingName: 'route53resolver',
    protocol: 'awsJson1_1',
    schemas,
    operations: { ...domainListOperations(cloud), ...ruleOperations(cloud) },
  };
}
