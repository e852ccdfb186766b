import { OperationRefusedError } from '../core/errors.ts';
import { clientSettings } from './clients.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration?: Date;
}

/** Sends a command to the client of its service and region. */
export interface AccountClients {
  send(operation: string, command: object, region: string): Promise<unknown>;
}

interface Client {
  // biome-ignore lint/suspicious/noExplicitAny: each client takes its own commands, which only `any` can span.
  send: (command: any) => Promise<unknown>;
}
export interface Settings {
  readonly region: string;
  readonly maxAttempts: number;
  readonly retryMode: 'adaptive';
  readonly credentials?: Credentials;
}

/** Makes a service's client, by the name in an operation's schema. A function holds those of its own members alone. */
export type Services = Readonly<Record<string, (settings: Settings) => Client>>;

/** The clients of one set of credentials; those of the function's own role when absent. */
export type ClientsOf = (credentials?: Credentials) => AccountClients;

/** The function's own clients are made once and outlive an invocation. */
export function accountClients(services: Services): ClientsOf {
  const ownRole = createClients(services, undefined);
  return (credentials) => (credentials ? createClients(services, credentials) : ownRole);
}

/** Made on first use. Adaptive retries keep within LookupEvents' two calls a second; AWS_ENDPOINT_URL is the SDK's to honour. */
function createClients(services: Services, credentials: Credentials | undefined): AccountClients {
  const clients = new Map<string, Client>();
  return {
    async send(operation, command, region) {
      const [service = ''] = operation.split(':');
      const key = `${service}/${region}`;
      const client = clients.get(key) ?? create(services, operation, region, credentials);
      clients.set(key, client);
      return client.send(command);
    },
  };
}

function create(
  services: Services,
  operation: string,
  region: string,
  credentials: Credentials | undefined,
): Client {
  const [service = ''] = operation.split(':');
  const make = Object.hasOwn(services, service) ? services[service] : undefined;
  if (!make)
    throw new OperationRefusedError(
      operation,
      `this function has no client for ${service}; add it to account-services.ts and run \`npm run generate\``,
    );
  return make({ ...clientSettings, retryMode: 'adaptive', region, ...(credentials ? { credentials } : {}) });
}
