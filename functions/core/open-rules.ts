import * as z from 'zod';

/** An ingress rule that lets the whole internet in. Ports are null for protocols without them. */
export const OpenRule = z.strictObject({
  groupId: z.string(),
  /** `tcp`, `udp`, `icmp`, a protocol's number, or `all`. */
  protocol: z.string(),
  fromPort: z.number().int().nullable(),
  toPort: z.number().int().nullable(),
  source: z.enum(['0.0.0.0/0', '::/0']),
});
export type OpenRule = z.infer<typeof OpenRule>;

/** A security group as EC2 describes it, as far as exposure needs it. */
interface Group {
  readonly GroupId?: string | undefined;
  readonly IpPermissions?: readonly Rule[] | undefined;
}
interface Rule {
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly IpRanges?: readonly { readonly CidrIp?: string | undefined }[] | undefined;
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6?: string | undefined }[] | undefined;
}

export function openRules(groups: readonly Group[]): readonly OpenRule[] {
  return groups.flatMap((group) =>
    (group.IpPermissions ?? []).flatMap((rule) =>
      sourcesOf(rule).map((source) => ({
        groupId: group.GroupId ?? '',
        protocol: rule.IpProtocol === '-1' ? 'all' : (rule.IpProtocol ?? ''),
        fromPort: rule.FromPort ?? null,
        toPort: rule.ToPort ?? null,
        source,
      })),
    ),
  );
}

function sourcesOf(rule: Rule): readonly OpenRule['source'][] {
  const sources: OpenRule['source'][] = [];
  if (rule.IpRanges?.some((range) => range.CidrIp === '0.0.0.0/0')) sources.push('0.0.0.0/0');
  if (rule.Ipv6Ranges?.some((range) => range.CidrIpv6 === '::/0')) sources.push('::/0');
  return sources;
}

/** Whether a rule lets in who connects to a port by TCP. */
export function isOpenOn({ protocol, fromPort, toPort }: OpenRule, port: number): boolean {
  if (protocol === 'all') return true;
  return (protocol === 'tcp' || protocol === '6') && (fromPort ?? 0) <= port && port <= (toPort ?? 65_535);
}
