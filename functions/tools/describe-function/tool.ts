import {
  GetFunctionConcurrencyCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { defineTool } from '../../core/account.ts';
import { parseArn } from '../../core/arn.ts';
import { boundedList, boundedText } from '../../core/bounded.ts';
import type { HandledEntity } from '../../core/entity.ts';
import { TargetNotFoundError } from '../../core/errors.ts';
import { functionArn, functionTags, lambdaFunction } from '../../core/lambda-function.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { readInvokers } from './invokers.ts';
import { DescribedFunction } from './output.ts';
import { type Reader, reads } from './reads.ts';

const LISTED = { eventSources: 20, tags: 30 } as const;

/** Who may start a function, and what does. */
export const describeFunction = defineTool({
  id: 'describe-function',
  title: 'Describe a function',
  description:
    "A Lambda function by what calls it: whom its policy and its aliases' let in, function URLs with their authentication, reserved concurrency (0 stops it), event sources, tags. `invocableByAnybody` needs a statement for everybody that is in force, and that the function is not stopped. Its environment, code and role are not read.",
  targets: ['function'],
  reads,
  permissions: [
    {
      actions: [
        'lambda:ListTags',
        'lambda:GetFunctionConcurrency',
        'lambda:GetPolicy',
        'lambda:ListAliases',
        'lambda:ListFunctionUrlConfigs',
      ],
      resources: [lambdaFunction()],
    },
    { actions: ['lambda:ListEventSourceMappings'], resources: ['*'] },
  ],
  output: DescribedFunction,
  tainted: ['/invokers/*/qualifier', '/urls/*/qualifier', '/tags/*/key', '/tags/*/value'],

  async ask(target, { account }) {
    try {
      return await describe(target, account);
    } catch (error) {
      if (error instanceof TargetNotFoundError) return undefined;
      throw error;
    }
  },
});

async function describe(target: HandledEntity, account: Reader): Promise<DescribedFunction> {
  const FunctionName = functionArn(target);
  const found = await functionTags(target, (input) => account.send(new ListTagsCommand(input)));
  const tags = boundedList(found, LISTED.tags);
  const [concurrency, called, sources] = await Promise.all([
    account.send(new GetFunctionConcurrencyCommand({ FunctionName })),
    readInvokers(FunctionName, account),
    readEventSources(FunctionName, account),
  ]);
  const reserved = concurrency.ReservedConcurrentExecutions ?? null;
  return {
    ...called,
    invocableByAnybody: reserved !== 0 && called.invokers.some(({ anybody }) => anybody),
    stopped: reserved === 0,
    reservedConcurrency: reserved,
    eventSources: sources.items,
    protected: isProtected(found),
    tags: tags.items.map(({ Key, Value }) => ({ key: boundedText(Key), value: boundedText(Value) })),
    truncated: called.truncated || sources.truncated || tags.truncated,
  };
}

async function readEventSources(FunctionName: string, account: Reader) {
  const { EventSourceMappings: mappings = [], NextMarker: next } = await account.send(
    new ListEventSourceMappingsCommand({ FunctionName }),
  );
  const sources = mappings.map(({ EventSourceArn: arn, State: state }) => ({
    service: parseArn(arn ?? '')?.service ?? '',
    account: parseArn(arn ?? '')?.account ?? '',
    enabled: state !== 'Disabled',
  }));
  const { items, truncated } = boundedList(sources, LISTED.eventSources);
  return { items, truncated: truncated || Boolean(next) };
}
