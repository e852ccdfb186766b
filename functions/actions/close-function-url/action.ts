import { ListTagsCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { functionArn, lambdaFunction, readFunctionTags } from '../../core/lambda-function.ts';
import type { Target } from '../../core/plan.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import {
  existingUrls,
  type FunctionUrl,
  openBefore,
  reads,
  readUrls,
  setAuthType,
  type Writer,
  writes,
} from './urls.ts';

const same = (one: FunctionUrl) => (other: FunctionUrl) =>
  other.url === one.url && other.qualifier === one.qualifier;

/**
 * Lets a function's URLs, its aliases' too, answer signed requests alone
 * (https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html). Who may sign is up to IAM and to the function's own
 * policy: `remove-function-permission` takes grants to strangers out of that.
 */
export const closeFunctionUrl = defineAction({
  id: 'close-function-url',
  title: 'Close public function URLs',
  targets: ['function'],
  danger: 'medium',
  family: 'compute',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: ['lambda:ListFunctionUrlConfigs', 'lambda:ListTags', 'lambda:UpdateFunctionUrlConfig'],
      resources: [lambdaFunction()],
      narrow: (planned) => [lambdaFunction(planned.target.id), lambdaFunction(`${planned.target.id}:*`)],
    },
  ],

  async plan(target, _params, account) {
    const tags = await readFunctionTags(target, (input) => account.send(new ListTagsCommand(input)));
    const open = (await existingUrls(target, account)).filter(({ authType }) => authType === 'NONE');
    if (open.length === 0)
      throw new NothingToDoError(`function ${target.id}`, 'has no URL that answers unsigned requests');
    return {
      before: { urls: open },
      expected: { authType: 'AWS_IAM' },
      change: `${open.length} URL(s) of ${target.id} answer signed requests alone (AWS_IAM); everybody else gets 403.`,
      undo: `Let the same ${open.length} URL(s) answer everybody again (NONE).`,
      cannotRestore: [],
      blastRadius: [...blastRadius(open), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id, arn: functionArn(target) },
    };
  },

  async execute(planned, account) {
    const agreed = openBefore(planned);
    for (const url of await existingUrls(planned.target, account))
      if (url.authType === 'NONE' && agreed.some(same(url)))
        await setAuthType(planned.target, url, 'AWS_IAM', account);
  },

  async verify(planned, account) {
    const urls = await readUrls(planned.target, account);
    if (!urls) return { status: 'done', observed: 'the function no longer exists' };
    const open = urls.filter(({ authType }) => authType === 'NONE').length;
    return {
      status: open === 0 ? 'done' : 'not-done',
      observed: `${open} of ${urls.length} URL(s) answer unsigned requests`,
    };
  },

  async rollback(planned, account) {
    const now = await existingUrls(planned.target, account);
    const gone = openBefore(planned).filter((url) => !now.some(same(url)));
    for (const url of openBefore(planned)) await open(planned.target, url, now, account);
    refuseGone(planned.target, gone, now);
  },
});

/** Opens the URL that was closed, and never one that was made in its place. */
async function open(
  target: Target,
  url: FunctionUrl,
  now: readonly FunctionUrl[],
  account: Writer,
): Promise<void> {
  const current = now.find(same(url));
  if (current?.authType === 'AWS_IAM') await setAuthType(target, url, 'NONE', account);
}

/** Said last, once everything else is as it was. */
function refuseGone({ id }: Target, gone: readonly FunctionUrl[], now: readonly FunctionUrl[]): void {
  const [first] = gone;
  if (!first) return;
  const name = `${gone.length} URL(s) of function ${id}`;
  if (!gone.some(({ qualifier }) => now.some((other) => other.qualifier === qualifier)))
    throw new TargetNotFoundError(name);
  throw new WrongStateError(
    name,
    'replaced by somebody since, under another address',
    'what is new stays closed; open it by hand if it is meant to be public',
  );
}

function blastRadius(open: readonly FunctionUrl[]) {
  return [
    {
      what: 'public URLs that refuse unsigned requests',
      count: open.length,
      evidence: 'ListFunctionUrlConfigs',
    },
    {
      what: 'web pages, webhooks and partners that call them',
      count: null,
      evidence: 'not available: requests are not counted',
    },
  ];
}
