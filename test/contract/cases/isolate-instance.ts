import {
  AuthorizeSecurityGroupIngressCommand,
  DeleteSecurityGroupCommand,
  ModifyNetworkInterfaceAttributeCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import { type ActionCase, REGION, target } from '../action-case.ts';
import { balanced } from './deregister-targets.ts';
import { INNOCENT, instances, network, TARGET } from './seeds.ts';

const WEB = 'sg-0a000000000000001';
const EVERYTHING = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

function earlier(groupId: string, purpose: string, rules: object) {
  return {
    groupId,
    groupName: `sallyport-${purpose}-000000000000`,
    vpcId: 'vpc-0a000000000000001',
    tags: {
      'sallyport:action': 'isolate-instance',
      'sallyport:purpose': purpose,
      'sallyport:incident': 'INC-FEDCBA9876543210',
      'sallyport:plan': '0'.repeat(64),
    },
    ...rules,
  };
}

const open = { ingress: [{ protocol: '-1', cidr: '0.0.0.0/0' }] };
const closed = { ingress: [], egress: [] };

const common = {
  target: target('instance', TARGET),
  innocent: ({ regions }) => [
    regions[REGION]?.ec2.instances,
    regions[REGION]?.ec2.networkInterfaces['eni-0b000000000000001'],
    regions[REGION]?.ec2.securityGroups[WEB],
  ],
  trespasses: () => [
    new ModifyNetworkInterfaceAttributeCommand({
      NetworkInterfaceId: 'eni-0b000000000000001',
      Groups: ['sg-0a000000000000002'],
    }),
    new AuthorizeSecurityGroupIngressCommand({ GroupId: WEB, IpPermissions: EVERYTHING }),
    new RevokeSecurityGroupEgressCommand({ GroupId: WEB, IpPermissions: EVERYTHING }),
    new DeleteSecurityGroupCommand({ GroupId: WEB }),
  ],
} satisfies Partial<ActionCase>;

export const cases: readonly ActionCase[] = [
  {
    ...common,
    name: 'two interfaces with groups of their own, in a VPC that was never touched',
    seed: { ec2: { ...network(), instances: instances() } },
  },
  {
    ...common,
    name: 'an instance behind a load balancer',
    seed: balanced([
      {
        name: 'web',
        loadBalancers: ['app/web/50dc6c495c0c9188'],
        targets: [{ id: TARGET }, { id: INNOCENT }],
      },
    ]),
  },
  {
    ...common,
    name: 'a VPC in which an earlier incident left its groups',
    seed: {
      ec2: {
        ...network([
          earlier('sg-0c000000000000001', 'isolation-closed', closed),
          earlier('sg-0c000000000000002', 'isolation-open', open),
        ]),
        instances: instances(),
      },
    },
  },
  {
    ...common,
    name: 'a VPC whose earlier closed group was given a rule',
    seed: {
      ec2: {
        ...network([
          earlier('sg-0c000000000000001', 'isolation-closed', {
            ingress: [{ port: 22, cidr: '0.0.0.0/0' }],
            egress: [],
          }),
        ]),
        instances: instances(),
      },
    },
  },
];
