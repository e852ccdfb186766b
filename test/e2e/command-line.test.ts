import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemblyDirectory } from '../../cli/assembly.ts';
import { root } from '../../cli/root.ts';
import { demoDirectory } from '../../cli/tell-story.ts';
import { startCloud } from '../../sandbox/cloud.ts';
import { demoFinding, startTestCloud, type TestCloud } from './cloud.ts';
import { ended, type Ran, sallyport, start } from './run.ts';

let test: TestCloud;
let closed: string;
const folder = mkdtempSync(join(tmpdir(), 'sallyport-files-'));
const good = join(demoDirectory, 'findings', 'benign.json');
beforeAll(async () => {
  test = await startTestCloud({ accountSeed: demoDirectory });
  closed = (await test.respond(demoFinding('benign'))).id;
});
afterAll(async () => {
  await test.stop();
  rmSync(folder, { recursive: true });
});

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** One clear line, no stack, and a failure. */
function expectOneLine({ code, error }: Ran, line: RegExp): void {
  expect(error.trim().split('\n')).toEqual([expect.stringMatching(line)]);
  expect(error).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
}

describe('respond', () => {
  it('names each file that holds no finding and says why; the others run', async () => {
    const files = [
      join(folder, 'missing.json'),
      written('text.json', 'not json'),
      written('other.json', '{"hello": "world"}'),
      written('empty.json', '[]'),
      written('event.json', '{"detail-type": "Other", "detail": {}}'),
    ];
    const { code, out, error } = await sallyport(['respond', '--json', ...files, good], test.stateDirectory);
    expect(code).toBe(1);
    const lines = error.trim().split('\n');
    expect(lines.map((line) => line.split(': ')[0])).toEqual(files);
    expect(lines[0]).toMatch(/cannot be read: .*ENOENT/);
    expect(lines[1]).toContain('is no JSON');
    expect(lines[2]).toContain('no source knows this document');
    expect(lines[3]).toContain('empty');
    const { outcomes, problems } = JSON.parse(out) as { outcomes: object[]; problems: object[] };
    expect(outcomes).toMatchObject([{ incident: closed, outcome: 'closed' }]);
    expect(problems.length).toBe(files.length);
  });

  it('refuses a kill that it does not understand, or that a running cloud cannot carry out', async () => {
    const wrong = await sallyport(['respond', '--kill', 'triage', good], test.stateDirectory);
    expect(wrong.error).toContain("option '--kill <function:point>' argument 'triage' is invalid");
    expect(wrong.code).toBe(1);
    const running = await sallyport(['respond', '--kill', 'triage:1', good], test.stateDirectory);
    expectOneLine(running, /--kill needs a cloud of its own/);
  });
});

it('respond --kill kills a function in the middle of its work, and its retry heals that', async () => {
  const scenario = join(root, 'test', 'scenarios', 'stolen-key');
  const file = join(scenario, 'findings', 'malicious-ip-caller.json');
  const args = [
    'respond',
    '--json',
    '--account',
    scenario,
    '--approve',
    '--kill',
    'remediate-identity:20',
    file,
  ];
  const state = join(folder, 'killed');
  const { code, out, error } = await sallyport(args, state);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(JSON.parse(out)).toMatchObject({ outcomes: [{ outcome: 'contained' }], problems: [] });
  const audited = await sallyport(['audit', 'verify', '--json'], state);
  expect(JSON.parse(audited.out)).toMatchObject({ ok: true, incidents: 1 });
});

describe('a command about an incident', () => {
  it('says that there is none of that name', async () => {
    expectOneLine(
      await sallyport(['show', 'INC-0000000000000000'], test.stateDirectory),
      /there is no incident/,
    );
  });

  it('says that one which is closed and had no plan cannot be approved', async () => {
    expectOneLine(await sallyport(['approve', closed], test.stateDirectory), /has no plan/);
  });
});

it('mode refuses a word that is no mode, and lists those that are', async () => {
  const { code, error } = await sallyport(['mode', 'full-speed'], test.stateDirectory);
  expect(error).toContain('Allowed choices are off, observe, propose, act');
  expect(code).toBe(1);
});

describe('the demo', () => {
  it('says which port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const ran = await ended(start('demo.ts', ['--port', String(port)], join(folder, 'busy')));
    server.close();
    expectOneLine(ran, new RegExp(`${port}`));
  });

  it('leaves no process behind when it is interrupted', async () => {
    const demo = start('demo.ts', [], join(folder, 'interrupted'));
    let said = '';
    demo.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes('/approvals/')) await once(demo.stdout ?? demo, 'data');
    const children = childrenOf(demo.pid);
    expect(children.length).toBeGreaterThan(0);
    demo.kill('SIGINT');
    const { code } = await ended(demo);
    expect(code).toBe(130);
    expect(children.filter(isAlive)).toEqual([]);
  });
});

it('a template that the laptop cloud cannot run is refused by its resource, and nothing is left running', async () => {
  const broken = join(folder, 'cdk.out');
  cpSync(assemblyDirectory, broken, { recursive: true });
  const template = join(broken, 'Sallyport.template.json');
  writeFileSync(template, readFileSync(template, 'utf8').replaceAll('"index.handler"', '"missing.handler"'));
  const stateDirectory = join(folder, 'broken');
  await expect(startCloud({ stateDirectory, assembly: broken })).rejects.toThrow(
    /holds no missing\.mjs.*synth/,
  );
  await expect(startCloud({ stateDirectory, assembly: broken })).rejects.toThrow(/holds no missing\.mjs/);
});

function childrenOf(pid: number | undefined): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return listed
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
