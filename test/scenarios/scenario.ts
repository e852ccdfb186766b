import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openAccount } from '../../functions/adapters/account.ts';
import { accountClients } from '../../functions/adapters/account-clients.ts';
import { toolServices } from '../../functions/adapters/member-services.gen.ts';
import type { StageParts } from '../../functions/analyst/loop.ts';
import { toolCaller } from '../../functions/analyst/tools.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { tools } from '../../functions/tools/registry.gen.ts';
import { createAccountSide } from '../../sandbox/account/account.ts';
import { Cloud } from '../../sandbox/account/cloud.ts';
import { startWireServer } from '../../sandbox/wire/server.ts';
import { stageOver } from '../analyst/bench.ts';
import { ownedBy } from '../analyst/surroundings.ts';

/** A scenario folder: an account with its activity, and findings as EventBridge delivers them. */
const folder = (name: string) => new URL(`${name}/`, import.meta.url);

/** The parsed finding files of a scenario. */
function findingFiles(name: string): readonly unknown[] {
  const findings = new URL('findings/', folder(name));
  return readdirSync(findings).map((file) => JSON.parse(readFileSync(new URL(file, findings), 'utf8')));
}

/** What the owner of a scenario's account wrote into `policies/environment.yaml`. */
export const ownEnvironment = ownedBy({ networks: ['192.0.2.0/24'], logBucket: 'example-security-logs' });

/** The account that the owner's deployment gives evidence to. */
export const FORENSICS = '999988887777';

/** A stage over a scenario's findings, whose tools ask the sandbox's AWS over its wire protocols. */
export async function stageOverScenario(
  name: string,
): Promise<{ readonly parts: Awaited<ReturnType<typeof stageOver>>; close(): Promise<void> }> {
  const cloud = new Cloud(() => new Date());
  cloud.seed(fileURLToPath(folder(name)));
  const { principals, ...side } = createAccountSide(cloud);
  const server = await startWireServer(side);
  // What the sandbox gives its functions: the SDK finds the endpoint by itself.
  process.env.AWS_ENDPOINT_URL = server.endpoint;
  const findings = findingFiles(name).flatMap(normalise);
  const account = findings[0]?.cloud.account ?? '';
  const arn = `arn:aws:iam::${account}:role/reader`;
  const Action = tools.flatMap(({ permissions }) => permissions.flatMap(({ actions }) => [...actions]));
  const Statement = [{ Effect: 'Allow' as const, Action, Resource: '*' }];
  principals.register({ arn, trustPolicy: { Statement: [] }, identityPolicies: [{ Statement }] });
  const clientsOf = accountClients(toolServices);
  const { accessKeyId, secretAccessKey, sessionToken } = principals.issueSession({
    roleArn: arn,
    sessionName: 'test',
    durationSeconds: 3600,
  });
  const caller: StageParts['tools'] = toolCaller({
    tools,
    accountOf: ({ account: id, region }, declared) =>
      openAccount({
        id,
        region,
        declared,
        mode: 'read',
        clients: clientsOf({ accessKeyId, secretAccessKey, sessionToken }),
      }),
    history: { of: async () => [] },
    intelligence: { about: async () => undefined },
    clock: () => new Date(),
  });
  return {
    parts: await stageOver(findings, {
      tools: caller,
      environment: { ...ownEnvironment, forensicsAccount: FORENSICS },
    }),
    close: () => server.close(),
  };
}
