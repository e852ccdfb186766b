import * as z from 'zod';
import { families } from '../functions/core/family.ts';
import { nameOf } from './operations-table.ts';
import type { Loaded } from './registry.ts';

const HEADER = '// Written by scripts/generate.ts from the actions and tools. Do not edit.';

/** The source of the lists of actions by family, of which each remediating function imports its own. */
export function familiesSource(actions: readonly Loaded[]): string {
  const lists = families.map((family) => {
    const names = actions.filter((action) => action.family === family).map(({ name }) => name);
    return `export const ${family}Actions: readonly Action[] = [${names.join(', ')}];`;
  });
  return [
    HEADER,
    "import type { Action } from '../core/account.ts';",
    "import type { FamilyOfAction } from '../core/family.ts';",
    ...actions.map(({ name, path }) => `import { ${name} } from './${path.replace('actions/', '')}';`),
    '',
    '/** For those who only need to know which function carries an action out. */',
    'export const familyOfAction: FamilyOfAction = new Map([',
    ...actions.map(({ id, family }) => `  ['${id}', '${family}'],`),
    ']);',
    '',
    ...lists,
    '',
  ].join('\n');
}

/** The source of what is told of the actions to analysts. */
export function offersSource(actions: readonly Loaded[]): string {
  const offers = actions.map(({ id, title, targets, params, answers }) => {
    const { $schema: _, ...schema } = params ? z.toJSONSchema(params) : {};
    return `  ${JSON.stringify({ id, title, targets, answers, params: schema })},`;
  });
  return [
    HEADER,
    "import type { Offer } from '../core/offer.ts';",
    '',
    'export const offers: readonly Offer[] = [',
    ...offers,
    '];',
    '',
  ].join('\n');
}

/** The source of the sets of services: what each function's members call, so that a bundle holds no other client. */
export function servicesSource(
  actions: readonly Loaded[],
  tools: readonly Loaded[],
  exhibits: readonly Loaded[],
  probes: readonly Loaded[],
): string {
  const sets = new Map([
    ['tool', servicesOf(tools)],
    ['exhibit', servicesOf(exhibits)],
    ['action', servicesOf(actions)],
    ...probes.map((probe) => [probe.id, servicesOf([probe])] as const),
    ...families.map((family) => {
      const members = actions.filter((action) => action.family === family);
      return [family, servicesOf(members)] as const;
    }),
  ]);
  const all = [...new Set([...sets.values()].flat())].sort();
  return [
    HEADER,
    "import type { Services } from './account-clients.ts';",
    `import { ${all.join(', ')} } from './account-services.ts';`,
    '',
    ...[...sets].map(
      ([name, services]) => `export const ${name}Services: Services = { ${services.join(', ')} };`,
    ),
    '',
  ].join('\n');
}

function servicesOf(members: readonly Loaded[]): string[] {
  const operations = members.flatMap(({ reads, writes = [] }) => [...reads, ...writes].map(nameOf));
  return [...new Set(operations.map((operation) => operation.split(':')[0] ?? ''))].sort();
}
