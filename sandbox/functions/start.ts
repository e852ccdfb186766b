import { join } from 'node:path';
import type { Calls } from '../calls.ts';
import type { Cleanup } from '../cleanup.ts';
import type { Home } from '../home.ts';
import type { Identities } from '../identities.ts';
import type { FunctionDefinition } from './definition.ts';
import { type Addresses, functionEnvironment } from './environment.ts';
import { Logs } from './logs.ts';
import { FunctionProcess } from './process.ts';

export interface Processes {
  /** Starts a process of a function with credentials of its own role. */
  start(definition: FunctionDefinition): FunctionProcess;
  /** Tells where this cloud's servers are; nothing may be started before. */
  announce(addresses: Addresses): void;
}

interface ProcessPorts {
  readonly home: Home;
  readonly identities: Identities;
  readonly calls: Calls;
  readonly variables: Readonly<Record<string, string>>;
  readonly cleanup: Cleanup;
}

/** How functions' processes come to life in this cloud. */
export function createProcesses({ home, identities, calls, variables, cleanup }: ProcessPorts): Processes {
  const logs = new Logs(join(home.stateDirectory, 'logs'));
  cleanup.add(() => logs.close());
  let known: Addresses | undefined;
  return {
    announce(addresses) {
      known = addresses;
    },
    start(definition) {
      if (!known) throw new Error(`${definition.name} was called before the cloud's servers were open`);
      const session = identities.issue(definition.roleArn, definition.name);
      const environment = functionEnvironment(definition, home.stack.place, session, known, variables);
      const process = new FunctionProcess(definition, environment, logs.of(definition.name));
      calls.register(session.accessKeyId, { function: definition.name, process });
      return process;
    },
  };
}
