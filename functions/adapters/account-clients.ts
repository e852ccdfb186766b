import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { OperationRefusedError } from '../core/errors.ts';
import { clientSettings, measured } from './clients.ts';

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
interface Settings {
  readonly region: string;
  readonly maxAttempts: number;
  readonly retryMode: 'adaptive';
  readonly credentials?: Credentials;
}

/** The services that actions and tools may use, by the name in an operation's schema. */
const services: Readonly<Record<string, (settings: Settings) => Client>> = {
  autoscaling: (settings) => measured(new AutoScalingClient(settings)),
  cloudtrail: (settings) => measured(new CloudTrailClient(settings)),
  ec2: (settings) => measured(new EC2Client(settings)),
  elasticloadbalancingv2: (settings) => measured(new ElasticLoadBalancingV2Client(settings)),
  iam: (settings) => measured(new IAMClient(settings)),
};

const ownRole = createClients(undefined);

/** The clients of one set of credentials. The function's own are made once and outlive an invocation. */
export function accountClients(credentials: Credentials | undefined): AccountClients {
  return credentials ? createClients(credentials) : ownRole;
}

/** Made on first use. Adaptive retries keep within LookupEvents' two calls a second; AWS_ENDPOINT_URL is the SDK's to honour. */
function createClients(credentials: Credentials | undefined): AccountClients {
  const clients = new Map<string, Client>();
  return {
    async send(operation, command, region) {
      const [service = ''] = operation.split(':');
      const key = `${service}/${region}`;
      const client = clients.get(key) ?? create(service, region, operation, credentials);
      clients.set(key, client);
      return client.send(command);
    },
  };
}

function create(
  service: string,
  region: string,
  operation: string,
  credentials: Credentials | undefined,
): Client {
  const make = Object.hasOwn(services, service) ? services[service] : undefined;
  if (!make)
    throw new OperationRefusedError(
      operation,
      `there is no client for ${service}; add it to account-clients.ts`,
    );
  return make({ ...clientSettings, retryMode: 'adaptive', region, ...(credentials ? { credentials } : {}) });
}
