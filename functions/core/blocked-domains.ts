import { reservedTags } from './reserved-tags.ts';

/**
 * The domain list of DNS Firewall that comes with the stack. The action block-domain writes into it alone; the owner
 * refers to it in a rule that blocks, of a rule group of the VPCs that shall obey. Its ARN bears no name: roles know it by
 * the tag, which the shipped SCP reserves.
 */
export const blockedDomains = {
  name: 'sallyport-blocked-domains',
  tag: { key: reservedTags.action, value: 'block-domain' },
} as const;
