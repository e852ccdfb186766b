import { accountOfArn, sessionArn } from './account/arns.ts';
import type { Authorize } from './account/authorizer.ts';
import type { Place } from './template/identities.ts';
import type { Call, Caller } from './wire/service.ts';

/**
 * Asks IAM on behalf of an AWS service that acts with a role (Step Functions with the state machine's). Answers the
 * refusal, or undefined if the role may.
 */
export function refusalFor(
  authorize: Authorize,
  { region }: Place,
  roleArn: string,
  action: string,
  resource: string,
): string | undefined {
  const sessionName = 'service';
  const account = accountOfArn(roleArn);
  const caller: Caller = {
    arn: sessionArn(roleArn, sessionName),
    account,
    accessKeyId: '',
    roleArn,
    sessionName,
  };
  const answer = authorize(caller, [{ action, resource }], internalCall(region));
  return answer.allowed ? undefined : answer.reason;
}

/** A call that came over no wire. */
function internalCall(region: string): Call {
  const request = {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    body: new Uint8Array(),
  };
  return { requestId: 'internal', region, sourceIpAddress: '127.0.0.1', userAgent: 'sandbox', request };
}
