import * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AccountSeed } from '../../../../sandbox/account/seed/account-schema.ts';
import { targetGroupArn } from '../../../../sandbox/account/seed/apply-elasticloadbalancingv2.ts';
import type { ImitatedAccount, ImitatedService } from '../service.ts';
import { eachOf } from '../shapes.ts';

type TargetGroup = AccountSeed['elasticloadbalancingv2']['targetGroups'][number];

/** Target groups are of a region. The load balancers before them are not made, and nobody can ask for a health. */
export const elasticloadbalancingv2: ImitatedService = {
  of: 'region',
  invented: ['loadBalancers', 'health'],

  async seed(seed, account) {
    for (const group of seed.elasticloadbalancingv2.targetGroups)
      await seedGroup(group, targetGroupArn(seed, group.name), account);
  },

  async read(account) {
    const { TargetGroups } = await account.send(new ELB.DescribeTargetGroupsCommand({}));
    return {
      targetGroups: await eachOf(TargetGroups, 'TargetGroupArn', (arn, one) => readGroup(arn, one, account)),
    };
  },
};

async function seedGroup(group: TargetGroup, arn: string, account: ImitatedAccount): Promise<void> {
  const { TargetGroups } = await account.send(
    new ELB.CreateTargetGroupCommand({
      Name: group.name,
      Protocol: group.protocol as ELB.ProtocolEnum,
      Port: group.port,
      VpcId: group.vpcId,
      TargetType: group.targetType,
    }),
  );
  account.name(arn, TargetGroups?.[0]?.TargetGroupArn);
  const Targets = group.targets.map(({ id, port }) => ({ Id: id, Port: port ?? group.port }));
  if (Targets.length > 0)
    await account.send(new ELB.RegisterTargetsCommand({ TargetGroupArn: arn, Targets }));
}

async function readGroup(arn: string, group: ELB.TargetGroup, account: ImitatedAccount): Promise<unknown> {
  const { TargetHealthDescriptions: targets = [] } = await account.send(
    new ELB.DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  return {
    name: group.TargetGroupName,
    arn,
    vpcId: group.VpcId,
    protocol: group.Protocol,
    port: group.Port,
    targetType: group.TargetType,
    targets: targets
      .map(({ Target: target }) => ({ id: target?.Id ?? '', port: target?.Port ?? 0 }))
      .sort((left, right) => left.id.localeCompare(right.id) || left.port - right.port),
  };
}
