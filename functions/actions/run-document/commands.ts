import {
  type CommandInvocation,
  ListCommandInvocationsCommand,
  SendCommandCommand,
} from '@aws-sdk/client-ssm';
import type { Execution } from '../../core/account.ts';
import { NotYetError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import type { Before, Pinned, Reader, Writer } from './operations.ts';

/** Seconds in which an instance has to take a command: 30 is the least that AWS allows. */
const DELIVERY = 60;

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html */
const RUNNING = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

/** Run Command takes no token: this tells our command from others, and from those of other plans. 100 characters at most. */
function commentOf({ incident, manifestHash }: Execution): string {
  return `${incident} ${manifestHash.slice(0, 32)}`;
}

/** What was run of the two documents on an instance in the last 30 days, which is how long AWS knows; newest first. */
export async function readHistory(
  instanceId: string,
  { run, undo }: Before,
  account: Reader,
): Promise<readonly CommandInvocation[]> {
  const found: CommandInvocation[] = [];
  for (const { name } of [run, undo]) {
    let NextToken: string | undefined;
    do {
      const page = await account.send(
        new ListCommandInvocationsCommand({
          InstanceId: instanceId,
          Filters: [{ key: 'DocumentName', value: name }],
          MaxResults: 50,
          NextToken,
        }),
      );
      found.push(...(page.CommandInvocations ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
  }
  return found.sort((a, b) => timeOf(b) - timeOf(a));
}

function timeOf({ RequestedDateTime: time }: CommandInvocation): number {
  return time?.getTime() ?? 0;
}

export function isRunning({ Status }: CommandInvocation): boolean {
  return RUNNING.includes(Status ?? '');
}

/** Which of the two last did its work: what failed leaves what was before it, as far as anybody knows. */
export function lastSuccess(history: readonly CommandInvocation[]): string | undefined {
  return history.find(({ Status }) => Status === 'Success')?.DocumentName;
}

export function isOf(execution: Execution, { Comment }: CommandInvocation): boolean {
  return Comment === commentOf(execution);
}

/** Whether a command of the document need not be sent again: it did its work, or is at it. */
export function stands(document: Pinned, newest: CommandInvocation | undefined): boolean {
  return newest?.DocumentName === document.name && (newest.Status === 'Success' || isRunning(newest));
}

/** Throws WrongStateError where AWS takes no command for the instance, or not of this document any more. */
export async function send(
  instanceId: string,
  { name, version, hash }: Pinned,
  account: Writer,
  execution: Execution,
): Promise<void> {
  try {
    await account.send(
      new SendCommandCommand({
        InstanceIds: [instanceId],
        DocumentName: name,
        DocumentVersion: version,
        DocumentHash: hash,
        DocumentHashType: 'Sha256',
        Comment: commentOf(execution),
        TimeoutSeconds: DELIVERY,
      }),
    );
  } catch (error) {
    const cause = { cause: error };
    if (hasName(error, 'InvalidInstanceId'))
      throw new WrongStateError(
        `instance ${instanceId}`,
        'out of reach of Systems Manager',
        `document ${name} was not run; see whether the instance runs, and run it by hand`,
        cause,
      );
    if (hasName(error, 'InvalidDocument', 'InvalidDocumentVersion'))
      throw new WrongStateError(`document ${name}`, 'no longer the one of the plan', 'plan again', cause);
    throw error;
  }
}

/** Returns once the newest command is the document's and has done its work. Throws NotYetError and WrongStateError. */
export function settled(instanceId: string, document: Pinned, newest: CommandInvocation | undefined): void {
  const target = `instance ${instanceId}`;
  // AWS shows a command a moment after it has taken it.
  if (newest?.DocumentName !== document.name || isRunning(newest))
    throw new NotYetError(target, `running document ${document.name}`);
  if (newest.Status !== 'Success')
    throw new WrongStateError(
      target,
      `left by document ${document.name} with status ${newest.Status}`,
      `what it said is in Systems Manager, under command ${newest.CommandId}`,
    );
}
