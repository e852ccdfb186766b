import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Imitation, startServer } from './server.ts';

const libraries = join(import.meta.dirname, '../../node_modules/.cache/dynamodb-local');

/** AWS's own imitation of DynamoDB, in memory. */
export const dynamoDbLocal: Imitation = {
  name: 'DynamoDB Local',

  missing() {
    const missing = ['java', 'mvn'].filter((program) => spawnSync(program, ['-version']).error);
    return missing.length > 0
      ? `${missing.join(' and ')} not found; DynamoDB Local runs on Java and comes from Maven Central`
      : undefined;
  },

  async start() {
    fetchLibraries();
    return startServer({
      name: this.name,
      program: 'java',
      arguments: (port) => [
        `-Djava.library.path=${libraries}`,
        '-cp',
        join(libraries, '*'),
        'com.amazonaws.services.dynamodbv2.local.main.ServerRunner',
        '-inMemory',
        '-port',
        String(port),
      ],
      // It leaves a file of its own where it is started.
      cwd: libraries,
    });
  },
};

function fetchLibraries(): void {
  if (existsSync(libraries)) return;
  const pom = join(import.meta.dirname, 'pom.xml');
  const { status } = spawnSync(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('Maven could not fetch DynamoDB Local; its own message stands above');
}
