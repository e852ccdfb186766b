import { SQSClient } from '@aws-sdk/client-sqs';
import { accountClients } from '../../../functions/adapters/account-clients.ts';
import * as services from '../../../functions/adapters/account-services.ts';

/**
 * Production's clients, on moto where AWS_ENDPOINT_URL says so, and those that only seeding needs. moto takes any
 * credentials for its one account's.
 */
export const clients = accountClients({
  sqs: (settings) => new SQSClient(settings),
  ...services,
})({ accessKeyId: 'any', secretAccessKey: 'any', sessionToken: 'any' });
