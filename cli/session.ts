import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type BodyStore, s3Bodies } from '../functions/adapters/bodies.ts';
import { type CoordinationTable, coordinationTable } from '../functions/adapters/coordination-table.ts';
import { DynamoLedger } from '../functions/adapters/ledger.ts';
import { type LedgerTable, ledgerTable } from '../functions/adapters/ledger-table.ts';
import { type IncidentSummary, projection } from '../functions/adapters/projection.ts';
import type { Finding } from '../functions/core/finding.ts';
import type { Incident } from '../functions/core/incident.ts';
import { hasName } from '../functions/core/named-error.ts';
import type { Ledger } from '../functions/core/ports.ts';
import type { EventEnvelope } from '../functions/core/source.ts';
import { webhookSecretName } from '../functions/core/webhook.ts';
import { joinKeys } from '../functions/response/correlate.ts';
import type { CloudFile } from '../sandbox/state-folder.ts';
import { type ApiAnswer, signedPost } from './signed-post.ts';

/** A sender of the webhook. */
export interface Sender {
  readonly url: string;
  readonly secret: string;
}

/** A cloud as a command sees it: what an auditor may read, and what an operator may ask of the console. */
export interface Session {
  readonly cloud: CloudFile;
  readonly ledger: Pick<Ledger, 'read'>;
  readonly table: LedgerTable;
  readonly bodies: BodyStore;
  /** A file of an evidence bundle by its S3 URI; nothing where there is none. */
  evidenceFile(uri: string): Promise<Uint8Array | undefined>;
  /** The public half of the key that signs bundles, as DER. */
  evidenceKey(key: string): Promise<Uint8Array>;
  incidents(): Promise<IncidentSummary[]>;
  /** The incident that has a finding, once it was taken in. */
  incidentOf(finding: Finding): Promise<Incident | undefined>;
  /** Publishes an event through the service's own door. Answers the rules that took it; none, and nobody will see it. */
  deliver(event: EventEnvelope): Promise<readonly string[]>;
  /** Where a sender of the webhook posts, and what it signs with. */
  sender(name: string): Promise<Sender>;
  /** Resolves when nothing moves but what waits for people. */
  idle(): Promise<void>;
  /** Asks the console's SigV4 route, as the operator. */
  ask(path: string, body: object): Promise<ApiAnswer>;
  /** Makes the incident list anew from the ledger. Answers how many incidents it holds. */
  rebuild(): Promise<number>;
}

/** Opens a session on a running cloud, with the credentials that lie in its folder for people. */
export function openSession(cloud: CloudFile): Session {
  const { endpoint, region, outputs, auditor: credentials } = cloud;
  const dynamo = new DynamoDBClient({ endpoint, region, credentials });
  const table = ledgerTable(output(outputs, 'LedgerTableName'), dynamo);
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const bodies = s3Bodies(output(outputs, 'BodiesBucketName'), s3);
  const coordination = coordinationTable(output(outputs, 'CoordinationTableName'), dynamo);
  const ledger = new DynamoLedger(table, bodies, 'auditor', () => new Date());
  return {
    cloud,
    table,
    bodies,
    ledger,
    evidenceFile: (uri) => evidenceFile(uri, s3),
    evidenceKey: (key) => evidenceKey(key, new KMSClient({ endpoint, region, credentials })),
    incidents: () => projection(coordination).list(),
    incidentOf: (finding) => incidentOf(finding, coordination, ledger),
    async deliver(event) {
      const headers = { authorization: `Bearer ${cloud.doorKey}`, 'content-type': 'application/json' };
      const answer = await fetch(`${cloud.inboxUrl}/door/events`, {
        method: 'POST',
        headers,
        body: JSON.stringify(event),
      });
      if (!answer.ok) throw new Error(`the event door answered ${answer.status}: ${await answer.text()}`);
      const { rules } = (await answer.json()) as { rules: string[] };
      return rules;
    },
    sender: (name) => senderOf(name, cloud),
    async idle() {
      const headers = { authorization: `Bearer ${cloud.doorKey}` };
      const answer = await fetch(`${cloud.inboxUrl}/door/idle`, { headers });
      if (!answer.ok) throw new Error(`the door answered ${answer.status}: ${await answer.text()}`);
    },
    ask: (path, body) =>
      signedPost(new URL(path, cloud.consoleUrl), body, { region, credentials: cloud.operator }),
    rebuild: () => rebuild(cloud),
  };
}

function output(outputs: CloudFile['outputs'], name: string): string {
  const value = outputs[name];
  if (!value) throw new Error(`the stack has no output ${name}; synthesize it again with "npm run synth"`);
  return value;
}

/** Where a finding is about several incidents, it is in one of those that hold its keys, or in what that became part of. */
async function incidentOf(
  finding: Finding,
  coordination: CoordinationTable,
  ledger: Pick<Ledger, 'read'>,
): Promise<Incident | undefined> {
  for (const key of joinKeys(finding).own) {
    const claim = await coordination.get(`claim#${key}`);
    if (!claim) continue;
    let incident = await ledger.read(String(claim.incident));
    while (incident.mergedInto) incident = await ledger.read(incident.mergedInto);
    if (incident.findings.some(({ finding_info }) => finding_info.uid === finding.finding_info.uid))
      return incident;
  }
  return undefined;
}

async function evidenceFile(uri: string, s3: S3Client): Promise<Uint8Array | undefined> {
  const { hostname: Bucket, pathname } = new URL(uri);
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: pathname.slice(1) }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (!hasName(error, 'NoSuchKey')) throw error;
    return undefined;
  }
}

async function evidenceKey(KeyId: string, kms: KMSClient): Promise<Uint8Array> {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  if (!PublicKey) throw new Error(`KMS gave no public key of ${KeyId}`);
  return PublicKey;
}

/** In the laptop cloud one address serves every API. */
async function senderOf(
  name: string,
  { endpoint, region, operator, consoleUrl }: CloudFile,
): Promise<Sender> {
  const secrets = new SecretsManagerClient({ endpoint, region, credentials: operator });
  const { SecretString = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: webhookSecretName(name) }),
  );
  return { url: new URL(`/webhooks/${name}`, consoleUrl).href, secret: SecretString };
}

async function rebuild({ endpoint, region, operator, outputs }: CloudFile): Promise<number> {
  const lambda = new LambdaClient({ endpoint, region, credentials: operator });
  const answer = await lambda.send(
    new InvokeCommand({
      FunctionName: output(outputs, 'ProjectFunctionName'),
      Payload: JSON.stringify({ rebuild: true }),
    }),
  );
  const payload: unknown = JSON.parse(new TextDecoder().decode(answer.Payload) || 'null');
  if (answer.FunctionError || typeof payload !== 'object' || payload === null || !('incidents' in payload))
    throw new Error(`the projection could not be rebuilt: ${JSON.stringify(payload)}`);
  return Number(payload.incidents);
}
