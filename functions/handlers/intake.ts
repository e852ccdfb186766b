import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { clientSettings, measured } from '../adapters/clients.ts';
import { eventQueue } from '../adapters/finding-queue.ts';
import { webhookSecrets } from '../adapters/webhook-secrets.ts';
import { webhookMappings } from '../generated/policies.gen.ts';
import { DeliveryRefusedError } from '../intake/delivery.ts';
import { receive } from '../intake/receive.ts';
import { environment } from './environment.ts';
import { measuredHandler } from './measured-handler.ts';
import { clock } from './ports.ts';

const { WEBHOOK_QUEUE_URL, WEBHOOK_SENDERS, OWN_ACCOUNT, AWS_REGION } = environment(
  'WEBHOOK_QUEUE_URL',
  'WEBHOOK_SENDERS',
  'OWN_ACCOUNT',
  'AWS_REGION',
);
const parts = {
  mappings: Object.fromEntries(
    webhookMappings
      .filter(({ sender }) => WEBHOOK_SENDERS.has(sender))
      .map(({ sender, expression }) => [sender, expression]),
  ),
  secretOf: webhookSecrets(measured(new SecretsManagerClient(clientSettings)), clock),
  send: eventQueue(WEBHOOK_QUEUE_URL),
  account: OWN_ACCOUNT,
  region: AWS_REGION,
  clock,
};

/** Refusals are answers: nothing that a stranger posts is a failure of the function. */
export const handler = measuredHandler(
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      const { id, uid } = await receive(deliveryOf(event), parts);
      return answer(202, { status: 'accepted', id, uid });
    } catch (error) {
      if (!(error instanceof DeliveryRefusedError)) throw error;
      return answer(error.status, { status: 'refused', reason: error.message });
    }
  },
);

function deliveryOf({ body = '', isBase64Encoded, headers, pathParameters }: APIGatewayProxyEventV2) {
  return {
    sender: pathParameters?.sender ?? '',
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    timestamp: headers['x-sallyport-timestamp'],
    signature: headers['x-sallyport-signature'],
  };
}

function answer(statusCode: number, content: object): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
}
