import { join } from 'node:path';
import { webhookSecretName } from '../functions/core/webhook.ts';
import type { Cleanup } from './cleanup.ts';
import type { FunctionDefinition } from './functions/definition.ts';
import { FunctionPool } from './functions/pool.ts';
import type { FunctionProcess } from './functions/process.ts';
import type { Home } from './home.ts';
import { Inbox } from './people/inbox.ts';
import { DynaliteStore } from './services/dynalite-store.ts';
import { dynamodbService } from './services/dynamodb.ts';
import { startEventSources } from './services/event-sources.ts';
import { EventBus, eventsService } from './services/events.ts';
import { Executions } from './services/executions.ts';
import { kmsService } from './services/kms.ts';
import { Functions, lambdaService } from './services/lambda.ts';
import { readMachines } from './services/machine.ts';
import { s3Service } from './services/s3.ts';
import { startSchedules } from './services/schedules.ts';
import { Secrets, secretsService } from './services/secrets.ts';
import { sesService } from './services/ses.ts';
import { Queues, sqsService } from './services/sqs.ts';
import { statesService } from './services/states.ts';
import { Streams } from './services/streams.ts';
import { createTables } from './services/tables.ts';
import { TaskTokens } from './services/task-tokens.ts';
import type { Service } from './wire/service.ts';

export interface ControlPlanePorts {
  readonly home: Home;
  readonly definitions: readonly FunctionDefinition[];
  readonly startProcess: (definition: FunctionDefinition) => FunctionProcess;
  /** Why a role may not call a function; undefined if it may. */
  readonly refusal: (roleArn: string, functionArn: string) => string | undefined;
  readonly haltBefore: ReadonlySet<string>;
  readonly cleanup: Cleanup;
}

/** Sallyport's own AWS: everything in its template, made to work. */
export interface ControlPlane {
  readonly services: readonly Service[];
  readonly functions: Functions;
  readonly bus: EventBus;
  readonly executions: Executions;
  readonly inbox: Inbox;
  readonly secrets: Secrets;
  /** Lets in what waits: messages, stream records, events and executions of an earlier run. */
  start(): void;
}

/** Builds the control plane. Throws TemplateError for what the template asks and the sandbox cannot give. */
export async function createControlPlane(ports: ControlPlanePorts): Promise<ControlPlane> {
  const { home, definitions, startProcess, refusal, haltBefore, cleanup } = ports;
  const functions = new Functions(
    home,
    definitions.map((definition) => new FunctionPool(definition, startProcess)),
  );
  const queues = new Queues(home);
  const bus = new EventBus(home, functions, queues);
  const tokens = new TaskTokens();
  const executions = new Executions(
    { home, functions, tokens, haltBefore, refusal },
    bus,
    readMachines(home),
  );
  const secrets = new Secrets(home, externalSecrets(definitions));
  const streams = new Streams();
  const store = await DynaliteStore.start(join(home.stateDirectory, 'dynamodb'));
  cleanup.add(() => store.stop());
  const inbox = await Inbox.open(home);
  cleanup.add(() => inbox.close());
  cleanup.add(() => functions.stop());
  cleanup.add(() => executions.stop());
  const tables = await createTables(home, store, streams);
  return {
    functions,
    bus,
    executions,
    inbox,
    secrets,
    services: [
      dynamodbService(tables, store, streams),
      sqsService(queues),
      eventsService(bus),
      statesService(executions, tokens),
      lambdaService(functions),
      kmsService(home),
      sesService(home, inbox),
      secretsService(secrets),
      s3Service(home),
    ],
    start() {
      startEventSources(home, functions, queues, streams);
      startSchedules(home, functions, bus);
      functions.resume();
      executions.resume();
    },
  };
}

/** Secrets that a person makes in a deployment, such as the chat's token, are named by the functions' environment. */
function externalSecrets(definitions: readonly FunctionDefinition[]): string[] {
  const named = definitions.flatMap(({ variables: { SLACK_SECRET_ID, WEBHOOK_SENDERS } }) => [
    ...(SLACK_SECRET_ID ? [SLACK_SECRET_ID] : []),
    ...(WEBHOOK_SENDERS ? WEBHOOK_SENDERS.split(',').map(webhookSecretName) : []),
  ]);
  return [...new Set(named)];
}
