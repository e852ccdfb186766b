import * as WAF from '@aws-sdk/client-wafv2';
import type { AccountSeed } from '../../../../sandbox/account/seed/account-schema.ts';
import { ruleOf } from '../../../../sandbox/account/seed/apply-wafv2.ts';
import type { ImitatedAccount, ImitatedService } from '../service.ts';
import { eachOf, tagList, tagRecord } from '../shapes.ts';

type IpSet = AccountSeed['wafv2']['ipSets'][number];
type WebAcl = AccountSeed['wafv2']['webAcls'][number];

const Scope = 'REGIONAL';

/** What protects the resources of a region; its ids are AWS's. */
export const wafv2: ImitatedService = {
  of: 'region',
  invented: ['id', 'VisibilityConfig'],

  async seed({ wafv2: seed }, account) {
    const arns = new Map<string, string>();
    for (const set of seed.ipSets) arns.set(set.name, await seedSet(set, account));
    for (const acl of seed.webAcls) await seedAcl(acl, arns, account);
  },

  async read(account) {
    const { IPSets } = await account.send(new WAF.ListIPSetsCommand({ Scope }));
    const { WebACLs } = await account.send(new WAF.ListWebACLsCommand({ Scope }));
    return {
      ipSets: await eachOf(IPSets, 'Id', (_id, one) => readSet(one, account)),
      webAcls: await eachOf(WebACLs, 'Id', (_id, one) => readAcl(one, account)),
    };
  },
};

async function seedSet(set: IpSet, account: ImitatedAccount): Promise<string> {
  const { Summary } = await account.send(
    new WAF.CreateIPSetCommand({
      Scope,
      Name: set.name,
      IPAddressVersion: set.ipAddressVersion,
      Addresses: set.addresses,
      ...(set.description ? { Description: set.description } : {}),
      ...tagging(set.tags),
    }),
  );
  account.name(set.id, Summary?.Id);
  return Summary?.ARN ?? '';
}

async function seedAcl(
  acl: WebAcl,
  arns: ReadonlyMap<string, string>,
  account: ImitatedAccount,
): Promise<void> {
  const { Summary } = await account.send(
    new WAF.CreateWebACLCommand({
      Scope,
      Name: acl.name,
      DefaultAction: { [acl.defaultAction]: {} },
      Rules: acl.rules.map((rule, at) => ruleOf(rule, at, arns)),
      VisibilityConfig: {
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: false,
        MetricName: acl.name,
      },
      ...tagging(acl.tags),
    }),
  );
  account.name(acl.id, Summary?.Id);
}

/** WAF takes no empty list of tags. */
function tagging(tags: Readonly<Record<string, string>>): { Tags?: WAF.Tag[] } {
  const Tags = tagList(tags);
  return Tags.length > 0 ? { Tags } : {};
}

async function readSet(one: WAF.IPSetSummary, account: ImitatedAccount): Promise<unknown> {
  const { Name, Id } = one;
  const { IPSet } = await account.send(new WAF.GetIPSetCommand({ Scope, Name, Id }));
  return {
    name: Name,
    ipAddressVersion: IPSet?.IPAddressVersion,
    addresses: IPSet?.Addresses,
    // The APIs answer none with an empty text.
    ...(IPSet?.Description ? { description: IPSet.Description } : {}),
    tags: await readTags(one.ARN, account),
  };
}

async function readAcl(one: WAF.WebACLSummary, account: ImitatedAccount): Promise<unknown> {
  const { Name, Id } = one;
  const { WebACL } = await account.send(new WAF.GetWebACLCommand({ Scope, Name, Id }));
  return {
    name: Name,
    defaultAction: Object.keys(WebACL?.DefaultAction ?? {})[0],
    rules: WebACL?.Rules,
    tags: await readTags(one.ARN, account),
  };
}

async function readTags(ResourceARN: string | undefined, account: ImitatedAccount): Promise<unknown> {
  const { TagInfoForResource } = await account.send(new WAF.ListTagsForResourceCommand({ ResourceARN }));
  return tagRecord(TagInfoForResource?.TagList);
}
