// Written by scripts/generate.ts from the files beside it. Do not edit.
import type { Exhibit } from '../core/exhibit.ts';
import { consoleOutput } from './console-output.ts';
import { instance } from './instance.ts';
import { networkAcls } from './network-acls.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { routeTables } from './route-tables.ts';
import { securityGroups } from './security-groups.ts';
import { snapshots } from './snapshots.ts';
import { trail } from './trail.ts';

/** Every exhibit that is built in, by id. */
export const exhibits: readonly Exhibit[] = [
  consoleOutput,
  instance,
  networkAcls,
  networkInterfaces,
  routeTables,
  securityGroups,
  snapshots,
  trail,
];
