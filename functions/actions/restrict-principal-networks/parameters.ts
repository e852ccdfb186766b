import * as z from 'zod';
import { isGlobal, type Network, parseNetwork } from '../../core/network.ts';

/** More would not fit beside a user's other inline policies, which share 2,048 characters. */
const NETWORKS = 20;
/** The widest range that counts as known, by family: as much as one organisation was ever given. */
const WIDEST = { 4: 8, 6: 16 } as const;

/**
 * `networks`: 1 to 20 public ranges with commas between, such as `198.51.100.0/24,2001:db8::/32`. `vpcs`: VPCs of this
 * account and region from which calls come through endpoints. A private range would match nothing: over an endpoint
 * AWS sees no aws:SourceIp.
 */
export const Parameters = z.strictObject({
  networks: z
    .string()
    .max(1024)
    .refine(
      areKnown,
      'expected 1 to 20 public ranges such as 198.51.100.0/24, none wider than /8 or, for IPv6, /16',
    ),
  vpcs: z
    .string()
    .regex(/^vpc-[0-9a-f]{8,17}(,vpc-[0-9a-f]{8,17}){0,9}$/, 'expected 1 to 10 ids of VPCs')
    .exactOptional(),
});
export type Parameters = z.infer<typeof Parameters>;

function areKnown(text: string): boolean {
  const networks = text.split(',').map(parseNetwork);
  return networks.length <= NETWORKS && networks.every((one) => one !== undefined && isKnown(one));
}

function isKnown(network: Network): boolean {
  return network.bits >= WIDEST[network.family] && isGlobal(network);
}

export function networksOf({ networks }: Parameters): readonly Network[] {
  return networks.split(',').flatMap((text) => parseNetwork(text) ?? []);
}

export function vpcsOf({ vpcs }: Parameters): readonly string[] {
  return vpcs?.split(',') ?? [];
}
