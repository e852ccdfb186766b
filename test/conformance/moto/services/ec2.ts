import { readMachines } from '../ec2/read-machines.ts';
import { readNetwork } from '../ec2/read-network.ts';
import { seedMachines } from '../ec2/seed-machines.ts';
import { seedNetwork } from '../ec2/seed-network.ts';
import type { ImitatedService } from '../service.ts';

/** EC2 is of a region. Interfaces' hardware addresses and all the ids of links between resources are AWS's. */
export const ec2: ImitatedService = {
  of: 'region',
  invented: [
    'securityGroupRuleId',
    'reservationId',
    'associationId',
    'attachmentId',
    'attachTime',
    'macAddress',
    // Of an instance's profile, whose id IAM makes up.
    'id',
  ],

  async seed({ ec2: seed }, account) {
    await seedNetwork(seed, account);
    await seedMachines(seed, account);
  },

  async read(account) {
    return { ...(await readNetwork(account)), ...(await readMachines(account)) };
  },
};
