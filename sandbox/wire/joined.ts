import type { Service } from './service.ts';

/**
 * One service for each signing name: the account under attack and the responder answer different operations of KMS
 * or Secrets Manager, and a client sees one service. Throws where two would answer the same operation.
 */
export function joinedServices(services: readonly Service[]): readonly Service[] {
  const bySigningName = Map.groupBy(services, ({ signingName }) => signingName);
  return [...bySigningName.values()].map((parts) => parts.reduce(joined));
}

function joined(one: Service, other: Service): Service {
  const twice = Object.keys(other.operations).find((name) => Object.hasOwn(one.operations, name));
  if (twice !== undefined) throw new Error(`two services answer ${one.signingName}:${twice}`);
  const http = one.http ?? other.http;
  return { ...one, operations: { ...one.operations, ...other.operations }, ...(http ? { http } : {}) };
}
