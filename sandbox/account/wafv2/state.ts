import type * as wafv2 from '@aws-sdk/client-wafv2';
import type { Cloud } from '../cloud.ts';

export interface IpSetState {
  readonly name: string;
  readonly id: string;
  readonly ipAddressVersion: 'IPV4' | 'IPV6';
  /** As they were written: WAF takes an address in any spelling. */
  addresses: readonly string[];
  description?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface WebAclState {
  readonly name: string;
  readonly id: string;
  readonly defaultAction: 'Allow' | 'Block';
  readonly rules: readonly wafv2.Rule[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What one region has for its own resources (the scope REGIONAL), by id. */
export interface WafState {
  readonly ipSets: Record<string, IpSetState>;
  readonly webAcls: Record<string, WebAclState>;
}

/** Made on first use: an account that was saved before it had any still loads. */
export function wafState(cloud: Cloud, account: string, region: string): WafState {
  const state = cloud.region(account, region);
  state.wafv2 ??= { ipSets: {}, webAcls: {} };
  return state.wafv2;
}
