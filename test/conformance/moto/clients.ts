import { accountClients } from '../../../functions/adapters/account-clients.ts';
import * as services from '../../../functions/adapters/account-services.ts';

/** Production's clients, on moto where AWS_ENDPOINT_URL says so: it takes any credentials for its one account's. */
export const clients = accountClients(services)({
  accessKeyId: 'any',
  secretAccessKey: 'any',
  sessionToken: 'any',
});
