import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { format } from 'node:util';
import { chai, expect as vitestExpect } from 'vitest';

type Work = () => unknown;

/**
 * What test files import as `vitest` in a mutation run. Suites and tests are kept as a tree, so that any of them can
 * be run alone, over and over, in one process; vitest itself starts new workers for every run. Only what the
 * contract's tests use of vitest is here; what is expected is still decided by vitest's own `expect`.
 */
export interface Suite {
  readonly name: string;
  readonly parent?: Suite;
  readonly children: (Suite | Test)[];
  readonly hooks: Readonly<Record<Hook, Work[]>>;
}

export interface Test {
  readonly name: string;
  readonly file: string;
  readonly parent: Suite;
  readonly work: Work;
}

type Hook = 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';

let open = suiteOf('');
let file = '';
let running: Test | undefined;

/** Imports a test file, a path from the working directory. Answers its tests, as it declares them. */
export async function collect(path: string): Promise<Suite> {
  const suite = suiteOf(path);
  file = path;
  open = suite;
  await import(resolve(path));
  return suite;
}

export function testsOf(part: Suite | Test): readonly Test[] {
  return 'children' in part ? part.children.flatMap(testsOf) : [part];
}

/** The names of the suites around a test, outermost first, and its own. */
export function namesOf(test: Test): readonly string[] {
  return [...around(test).slice(1), test].map(({ name }) => name);
}

/** Runs tests in this order, each by `runTest`: their suites begin when they are first needed, and end after the last. */
export async function run(
  tests: readonly Test[],
  runTest: (test: Test, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const begun = new Set<Suite>();
  try {
    for (const test of tests) {
      for (const suite of around(test)) if (!begun.has(suite)) await inOrder(begin(suite, begun));
      await runTest(test, () => withHooks(test));
    }
  } finally {
    await inOrder([...begun].toReversed().flatMap(({ hooks }) => hooks.afterAll));
  }
}

function begin(suite: Suite, begun: Set<Suite>): readonly Work[] {
  begun.add(suite);
  return suite.hooks.beforeAll;
}

async function withHooks(test: Test): Promise<void> {
  const suites = around(test);
  running = test;
  try {
    await inOrder(suites.flatMap(({ hooks }) => hooks.beforeEach));
    await test.work();
  } finally {
    await inOrder(suites.toReversed().flatMap(({ hooks }) => hooks.afterEach));
  }
}

/** The file first. */
function around(part: Suite | Test): readonly Suite[] {
  return part.parent ? [...around(part.parent), part.parent] : [];
}

async function inOrder(works: readonly Work[]): Promise<void> {
  for (const work of works) await work();
}

function suiteOf(name: string, parent?: Suite): Suite {
  const hooks = { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
  return { name, children: [], hooks, ...(parent && { parent }) };
}

function declareSuite(name: string, declare: Work): void {
  const parent = open;
  open = suiteOf(name, parent);
  parent.children.push(open);
  declare();
  open = parent;
}

function declareTest(name: string, work: Work): void {
  open.children.push({ name, file, parent: open, work });
}

type Declare = (name: string, work: Work) => void;

/** `each` of vitest: a row that is an array is spread, and `%s` or `$a.b` of the name is filled from it. */
function withEach(declare: Declare) {
  const each =
    (rows: readonly unknown[]) =>
    (name: string, work: (...row: readonly unknown[]) => unknown): void => {
      for (const row of rows) {
        const values: readonly unknown[] = Array.isArray(row) ? row : [row];
        declare(fill(name, values), () => work(...values));
      }
    };
  return Object.assign(declare, { each });
}

function fill(name: string, values: readonly unknown[]): string {
  const wanted = name.match(/%[sdij]/g)?.length ?? 0;
  return format(name, ...values.slice(0, wanted)).replace(/\$([\w.]+)/g, (_, path: string) =>
    String(path.split('.').reduce<unknown>((value, key) => Object(value)[key], values[0])),
  );
}

const hook = (name: Hook) => (work: Work) => {
  open.hooks[name].push(work);
};

export const describe = withEach(declareSuite);
export const test = withEach(declareTest);
export const it = test;
export const beforeAll = hook('beforeAll');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');
export const afterAll = hook('afterAll');
export const expect = vitestExpect;

// vitest's own asks its worker for the file. Nothing is ever written here: `vitest -u` does that.
chai.util.overwriteMethod(
  chai.Assertion.prototype,
  'toMatchFileSnapshot',
  () =>
    function (this: Chai.Assertion, path: string) {
      chai.assert.equal(
        chai.util.flag(this, 'object'),
        readFileSync(join(dirname(running?.file ?? ''), path), 'utf8'),
      );
    },
);
