import * as wafv2 from '@aws-sdk/client-wafv2';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { ipSetOperations } from './wafv2/ip-sets.ts';
import { webAclOperations } from './wafv2/web-acls.ts';

/** AWS WAF, the second version, in one region: what its IP sets hold, and which web ACLs refer to them. */
export function wafService(cloud: Cloud): Service {
  return {
    signingName: 'wafv2',
    protocol: 'awsJson1_1',
    schemas: wafv2,
    operations: { ...ipSetOperations(cloud), ...webAclOperations(cloud) },
  };
}
