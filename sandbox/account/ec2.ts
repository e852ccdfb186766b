import * as ec2 from '@aws-sdk/client-ec2';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { consoleOutputOperations } from './ec2/console-output.ts';
import { flowLogOperations } from './ec2/flow-logs.ts';
import { instanceProfileOperations } from './ec2/instance-profiles.ts';
import { instanceStateOperations } from './ec2/instance-states.ts';
import { instanceTypeOperations } from './ec2/instance-types.ts';
import { instanceOperations } from './ec2/instances.ts';
import { networkInterfaceOperations } from './ec2/interfaces.ts';
import { metadataOptionsOperations } from './ec2/metadata-options.ts';
import { networkOperations } from './ec2/network.ts';
import { networkAclOperations } from './ec2/network-acls.ts';
import { prefixListOperations } from './ec2/prefix-lists.ts';
import { securityGroupRuleOperations } from './ec2/security-group-rules.ts';
import { securityGroupOperations } from './ec2/security-groups.ts';
import { snapshotAttributeOperations } from './ec2/snapshot-attributes.ts';
import { snapshotOperations } from './ec2/snapshots.ts';
import { tagOperations } from './ec2/tags.ts';
import { volumeOperations } from './ec2/volumes.ts';

/** EC2: the machines, their network and their disks, as far as an investigation reads and containment writes. */
export function ec2Service(cloud: Cloud): Service {
  return {
    signingName: 'ec2',
    protocol: 'ec2Query',
    schemas: ec2,
    operations: {
      ...consoleOutputOperations(cloud),
      ...flowLogOperations(cloud),
      ...instanceOperations(cloud),
      ...instanceProfileOperations(cloud),
      ...instanceStateOperations(cloud),
      ...instanceTypeOperations(cloud),
      ...metadataOptionsOperations(cloud),
      ...networkInterfaceOperations(cloud),
      ...networkAclOperations(cloud),
      ...networkOperations(cloud),
      ...prefixListOperations(cloud),
      ...securityGroupOperations(cloud),
      ...securityGroupRuleOperations(cloud),
      ...snapshotAttributeOperations(cloud),
      ...snapshotOperations(cloud),
      ...tagOperations(cloud),
      ...volumeOperations(cloud),
    },
  };
}
