import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT } from '../../contract/action-case.ts';
import { type Imitation, startServer } from '../server.ts';

const requirements = join(import.meta.dirname, 'requirements.txt');
const environment = join(import.meta.dirname, '../../../node_modules/.cache/moto');
const stamp = join(environment, 'requirements.sha256');
const program = (name: string) => join(environment, 'bin', name);

/** What the pinned moto asks for: https://pypi.org/project/moto/5.2.5/. */
const PYTHON = '3.10';
const CHECK = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${PYTHON.replace('.', ', ')}))`;

/** The independent imitation of AWS in Python (Apache-2.0, https://docs.getmoto.org), with this test's account. */
export const moto: Imitation = {
  name: 'moto',

  missing() {
    const { status } = spawnSync('python3', ['-c', CHECK]);
    return status === 0
      ? undefined
      : `no python3 of ${PYTHON} or later with venv and ensurepip; moto runs on Python and comes from PyPI`;
  },

  async start() {
    install();
    return startServer({
      name: this.name,
      program: program('moto_server'),
      arguments: (port) => ['-H', '127.0.0.1', '-p', String(port)],
      cwd: environment,
      // A list of AWS's images with their snapshots would only make each reset and each reading slow.
      environment: { MOTO_ACCOUNT_ID: ACCOUNT, MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
    });
  },
};

/** Into a virtual environment of the project's own, once for each content of the requirements file. */
function install(): void {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(environment, { recursive: true, force: true });
  run('python3', ['-m', 'venv', environment]);
  run(program('pip'), ['install', '-q', '--disable-pip-version-check', '--no-deps', '-r', requirements]);
  // Last, so that an installation that was cut off starts anew.
  writeFileSync(stamp, wanted);
}

function run(command: string, words: readonly string[]): void {
  const { status } = spawnSync(command, words, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`moto could not be installed: \`${command}\` failed as it says above`);
}
