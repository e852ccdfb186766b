import { devNull } from 'node:os';
import type { SessionState } from '../account/state.ts';
import { demoApprover } from '../http-api/sign-in.ts';
import { operatorArn } from '../operators.ts';
import type { Place } from '../template/identities.ts';
import type { FunctionDefinition } from './definition.ts';

/** Addresses of this cloud's servers; known only once they listen. */
export interface Addresses {
  readonly endpoint: string;
  readonly consoleUrl: string;
  readonly inboxUrl: string;
}

/**
 * The whole environment of a function's process: Lambda's own variables, the template's, and what only the sandbox
 * can know. `extra` is the caller's last word (a model endpoint, say).
 */
export function functionEnvironment(
  definition: FunctionDefinition,
  place: Place,
  session: SessionState,
  addresses: Addresses,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...lambdaVariables(definition, place),
    ...definition.variables,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
    AWS_ENDPOINT_URL: addresses.endpoint,
    // The machine's own AWS settings must not show through.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...sandboxVariables(definition, place, session, addresses),
    ...extra,
  };
}

export function issuerOf({ consoleUrl }: Pick<Addresses, 'consoleUrl'>): string {
  return `${consoleUrl}/sandbox`;
}

function lambdaVariables(
  { name, memory, handler }: FunctionDefinition,
  { region }: Place,
): Record<string, string> {
  return {
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    _HANDLER: handler,
    TZ: ':UTC',
  };
}

/** The chat's address carries the process's key id, so that its messages are recorded as the function's calls. */
function sandboxVariables(
  { variables }: FunctionDefinition,
  place: Place,
  session: SessionState,
  addresses: Addresses,
): Record<string, string> {
  return {
    SANDBOX: '1',
    CONSOLE_URL: addresses.consoleUrl,
    OIDC_ISSUER: issuerOf(addresses),
    SIGN_IN_URL: '/sandbox/sign-in?return=',
    SLACK_API_URL: `${addresses.inboxUrl}/slack/${session.accessKeyId}/api`,
    ...(variables.APPROVERS === undefined ? {} : { APPROVERS: withDemoApprover(variables.APPROVERS, place) }),
  };
}

/** The operator's role is the demo approver on the route that wants a signature. */
function withDemoApprover(approvers: string, place: Place): string {
  const others = (JSON.parse(approvers) as { id: string }[]).filter(({ id }) => id !== demoApprover.id);
  return JSON.stringify([...others, { ...demoApprover, principalArn: operatorArn(place, 'operator') }]);
}
