import { asList, type Statement } from '../../authorize/policy.ts';
import type { Cloud } from '../cloud.ts';
import { type FunctionState, lambdaState, type QualifierState } from '../lambda/state.ts';
import type { AccountSeed } from './account-schema.ts';
import type { LambdaSeed } from './lambda-schema.ts';
import { resolveInstant } from './time.ts';

type FunctionSeed = LambdaSeed['functions'][number];
type QualifierSeed = Pick<FunctionSeed, 'url' | 'policy'>;

/** Adds the seeded functions to the account's region. */
export function applyLambda(cloud: Cloud, { account, region, lambda }: AccountSeed, now: Date): void {
  const { functions } = lambdaState(cloud, account, region);
  for (const one of lambda.functions) functions[one.functionName] = toFunction(one, region, now);
}

function toFunction(seed: FunctionSeed, region: string, now: Date): FunctionState {
  const { url: _url, policy: _policy, aliases, eventSources, tags, ...rest } = seed;
  return {
    ...rest,
    ...qualified(seed, region, now),
    aliases: Object.fromEntries(aliases.map((alias) => [alias.name, qualified(alias, region, now)])),
    eventSources: [...eventSources],
    tags: { ...tags },
  };
}

function qualified({ url, policy }: QualifierSeed, region: string, now: Date): QualifierState {
  const statements = asList<Statement>(policy?.Statement);
  return {
    ...(url && {
      url: {
        functionUrl: `https://${url.id}.lambda-url.${region}.on.aws/`,
        authType: url.authType,
        invokeMode: url.invokeMode,
        creationTime: resolveInstant(url.creationTime, now),
      },
    }),
    policy: Object.fromEntries(statements.map((one, index) => [one.Sid ?? `statement-${index}`, one])),
  };
}
