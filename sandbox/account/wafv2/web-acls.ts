import type * as wafv2 from '@aws-sdk/client-wafv2';
import type { Operation } from '../../wire/service.ts';
import { wafArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import {
  findOne,
  inScope,
  isRegional,
  lockToken,
  nonexistent,
  pageOf,
  requireOne,
  type Scope,
} from './scope.ts';
import type { WebAclState } from './state.ts';

/** What protects the region's load balancers and APIs, as far as it is read. */
export function webAclOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListWebACLs: inScope<wafv2.ListWebACLsCommandInput, wafv2.ListWebACLsCommandOutput>(
      cloud,
      () => [{ action: 'wafv2:ListWebACLs', resource: '*' }],
      (input, scope) => {
        const all = isRegional(input.Scope) ? Object.values(scope.waf.webAcls) : [];
        const { items, NextMarker } = pageOf(all, input);
        const WebACLs = items.map((acl) => ({ ...named(acl, scope), LockToken: lockToken(acl) }));
        return { WebACLs, NextMarker };
      },
    ),
    GetWebACL: inScope<wafv2.GetWebACLCommandInput, wafv2.GetWebACLCommandOutput>(
      cloud,
      (input, scope) => [requireOne(scope, 'GetWebACL', 'webacl', input)],
      (input, scope) => {
        const acl = findOne(scope.waf.webAcls, input);
        return { WebACL: shown(acl, scope), LockToken: lockToken(acl) };
      },
    ),
    ListTagsForResource: inScope<
      wafv2.ListTagsForResourceCommandInput,
      wafv2.ListTagsForResourceCommandOutput
    >(
      cloud,
      ({ ResourceARN = '' }) => [{ action: 'wafv2:ListTagsForResource', resource: ResourceARN }],
      ({ ResourceARN = '', ...page }, scope) => {
        const tags = Object.entries(tagsOf(ResourceARN, scope)).map(([Key, Value]) => ({ Key, Value }));
        const { items: TagList, NextMarker } = pageOf(tags, page);
        return { TagInfoForResource: { ResourceARN, TagList }, NextMarker };
      },
    ),
  };
}

function named(acl: WebAclState, { account, region }: Scope) {
  return { Name: acl.name, Id: acl.id, ARN: wafArn(account, region, 'webacl', acl) };
}

function shown(acl: WebAclState, scope: Scope): wafv2.WebACL {
  return {
    ...named(acl, scope),
    DefaultAction: { [acl.defaultAction]: {} },
    Rules: [...acl.rules],
    VisibilityConfig: {
      SampledRequestsEnabled: false,
      CloudWatchMetricsEnabled: false,
      MetricName: acl.name,
    },
  };
}

function tagsOf(arn: string, { account, region, waf }: Scope): Readonly<Record<string, string>> {
  const set = Object.values(waf.ipSets).find((one) => wafArn(account, region, 'ipset', one) === arn);
  const acl = Object.values(waf.webAcls).find((one) => wafArn(account, region, 'webacl', one) === arn);
  const tags = (set ?? acl)?.tags;
  if (!tags) throw nonexistent();
  return tags;
}
