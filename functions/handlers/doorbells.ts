import { KMSClient } from '@aws-sdk/client-kms';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings, measured } from '../adapters/clients.ts';
import { doorbells } from '../adapters/doorbells.ts';
import type { Doorbells } from '../core/ports.ts';
import { environment } from './environment.ts';
import { openCoordination } from './ports.ts';

/** The task tokens that wait for somebody, sealed with the stack's key. */
export function openDoorbells(): Doorbells {
  const { KEY_ID } = environment('KEY_ID');
  return doorbells(
    openCoordination(),
    KEY_ID,
    measured(new KMSClient(clientSettings)),
    measured(new SFNClient(clientSettings)),
  );
}
