import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { expect, test } from 'vitest';
import { createS3ControlClient } from '../../functions/adapters/s3-control-client.ts';

const settings = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIAANY000000000000A', secretAccessKey: 'any' },
};

// The tests' own endpoint is no business of this one's.
delete process.env.AWS_ENDPOINT_URL;

/** The host that a request would go to, and the account that its header names. */
async function askedOf(endpoint?: string) {
  const client = createS3ControlClient({ ...settings, ...(endpoint === undefined ? {} : { endpoint }) });
  let asked: unknown;
  client.middlewareStack.add(
    () => async (arguments_) => {
      const { hostname, headers } = arguments_.request as {
        hostname: string;
        headers: Record<string, string>;
      };
      asked = [hostname, headers['x-amz-account-id']];
      throw new Error('asked');
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const command = new GetPublicAccessBlockCommand({ AccountId: '111122223333' });
  await expect(client.send(command)).rejects.toThrow('asked');
  return asked;
}

test.each([
  [undefined, '111122223333.s3-control.eu-west-1.amazonaws.com'],
  ['https://control.example.com', '111122223333.control.example.com'],
  ['http://127.0.0.1:4566', '127.0.0.1'],
  ['http://[::1]:4566', '[::1]'],
])('of endpoint %s it asks %s, and names the account', async (endpoint, host) => {
  expect(await askedOf(endpoint)).toEqual([host, '111122223333']);
});
