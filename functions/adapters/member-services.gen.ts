// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Services } from './account-clients.ts';
import { cloudtrail, ec2, iam } from './account-services.ts';

export const toolServices: Services = { cloudtrail, ec2, iam };
export const actionServices: Services = { cloudtrail, ec2, iam };
export const computeServices: Services = { ec2 };
export const dataServices: Services = {  };
export const identityServices: Services = { cloudtrail, iam };
export const networkServices: Services = { ec2 };
export const policyServices: Services = { cloudtrail, iam };
