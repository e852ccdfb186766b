import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { REGION } from '../../contract/action-case.ts';
import type { ImitatedService, ServiceState } from './service.ts';

const folder = join(import.meta.dirname, 'services');

/** Every file of the folder, under its name, which is the name of the seed's part. */
export const services: Readonly<Record<string, ImitatedService>> = Object.fromEntries(
  await Promise.all(
    readdirSync(folder).map(async (file) => {
      const name = file.replace(/\.ts$/, '');
      const module = (await import(join(folder, file))) as Record<string, ImitatedService>;
      return [name, module[name]] as const;
    }),
  ),
) as Record<string, ImitatedService>;

/** Throws where a seed has a part that nobody can make in an imitation yet. */
export function serviceOf(name: string): ImitatedService {
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  if (!service)
    throw new Error(
      `no seeder for ${name}: write test/conformance/moto/services/${name}.ts (CONTRIBUTING, Tests)`,
    );
  return service;
}

/** One service's part of an account's state. */
export function partOf(state: AccountState, name: string): ServiceState {
  const holder = serviceOf(name).of === 'region' ? state.regions[REGION] : state;
  return (holder as unknown as Record<string, ServiceState> | undefined)?.[name] ?? {};
}
