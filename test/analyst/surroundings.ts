import { OwnEnvironment, type Surroundings } from '../../functions/core/own-environment.ts';

/** What an owner wrote into `policies/environment.yaml`; nothing but this. */
export function ownedBy(changes: Partial<OwnEnvironment> = {}): OwnEnvironment {
  return OwnEnvironment.parse({ networks: [], logBucket: null, ...changes });
}

/** The same, in a deployment that names no forensics account unless this does. */
export function surroundings(changes: Partial<Surroundings> = {}): Surroundings {
  const { forensicsAccount = null, ...own } = changes;
  return { ...ownedBy(own), forensicsAccount };
}
