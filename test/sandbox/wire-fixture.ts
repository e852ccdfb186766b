import { startWireServer } from '../../sandbox/wire/server.ts';
import type {
  Caller,
  CallRecord,
  Service,
  WireServer,
  WireServerOptions,
} from '../../sandbox/wire/service.ts';

export const caller: Caller = {
  arn: 'arn:aws:iam::111122223333:user/tester',
  account: '111122223333',
  accessKeyId: 'AKIATESTER0000000000',
};

export const credentials = { accessKeyId: caller.accessKeyId, secretAccessKey: 'any' };

export interface WireFixture {
  readonly server: WireServer;
  readonly records: CallRecord[];
  /** What every client needs. */
  readonly settings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: typeof credentials;
    readonly maxAttempts: number;
  };
}

/** A server that knows one caller and allows everything, unless a test says otherwise. */
export async function startWireFixture(
  services: readonly Service[],
  options: Partial<WireServerOptions> = {},
): Promise<WireFixture> {
  const records: CallRecord[] = [];
  const server = await startWireServer({
    services,
    identify: (accessKeyId) => (accessKeyId === caller.accessKeyId ? caller : undefined),
    authorize: () => ({ allowed: true }),
    onCall: (record) => void records.push(record),
    ...options,
  });
  const settings = { endpoint: server.endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 };
  return { server, records, settings };
}
