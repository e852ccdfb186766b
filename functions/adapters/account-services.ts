import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import type { Settings } from './account-clients.ts';
import { measured } from './clients.ts';

/** The services that actions and tools may use: one line each, under the name in an operation's schema. */
export const cloudtrail = (settings: Settings) => measured(new CloudTrailClient(settings));
export const ec2 = (settings: Settings) => measured(new EC2Client(settings));
export const iam = (settings: Settings) => measured(new IAMClient(settings));
