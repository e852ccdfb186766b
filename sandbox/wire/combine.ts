import type { Service } from './service.ts';

/**
 * Services of one signing name as one: Lambda's functions of the account under attack and those of Sallyport itself
 * answer at the same endpoint. Throws where both would answer the same operation, or a service answers HTTP itself.
 */
export function combineServices(services: readonly Service[]): readonly Service[] {
  const byName = Map.groupBy(services, ({ signingName }) => signingName);
  return [...byName.values()].map((sharing) => sharing.reduce(combine));
}

function combine(one: Service, other: Service): Service {
  const twice = Object.keys(one.operations).find((name) => Object.hasOwn(other.operations, name));
  if (twice !== undefined) throw new Error(`two services answer ${one.signingName}:${twice}`);
  if (one.protocol !== other.protocol || one.http || other.http)
    throw new Error(`the services that answer as ${one.signingName} cannot share an endpoint`);
  return { ...one, operations: { ...one.operations, ...other.operations } };
}
