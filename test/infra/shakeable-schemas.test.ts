import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { shakeableSchemas, withLiteralKeys } from '../../infra/shakeable-schemas.ts';

const S3 = '@aws-sdk/client-s3/dist-es/schemas/schemas_0.js';

describe('the SDK’s schemas, prepared for the bundler', () => {
  it('have the text of a constant where there was a computed key', () => {
    const source = 'const _a = "httpQuery";\nexport var A$ = [3, { [_a]: 1, [_a]: [_a] }];';
    expect(withLiteralKeys(source)).toBe(
      'const _a = "httpQuery";\nexport var A$ = [3, { "httpQuery": 1, "httpQuery": [_a] }];',
    );
  });

  it('keep a computed key that is no constant of the module', () => {
    const source = 'export const table = { [name()]: 1, [other]: 2 };';
    expect(withLiteralKeys(source)).toBe(source);
  });

  it('keep a computed key whose constant is written with escapes', () => {
    const source = 'const _a = "a\\"b";\nexport var A$ = { [_a]: 1 };';
    expect(withLiteralKeys(source)).toBe(source);
  });

  it('are left out where nobody uses them', async () => {
    const source = `export { GetObject$ } from '${S3}'`;
    const [kept, prepared] = [await bundle(source, false), await bundle(source, true)];
    expect(kept).toContain('PutBucketLifecycleConfiguration');
    expect(prepared).not.toContain('PutBucketLifecycleConfiguration');
    expect(prepared).toContain('GetObject');
  });

  it('say the same to the SDK as before', async () => {
    const source = `export * from '${S3}'`;
    const [original, prepared] = await Promise.all([
      load(await bundle(source, false)),
      load(await bundle(source, true)),
    ]);
    expect(Object.keys(original).length).toBeGreaterThan(300);
    expect(written(prepared)).toEqual(written(original));
  });
});

async function bundle(contents: string, prepare: boolean): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: prepare ? [shakeableSchemas] : [],
  });
  return outputFiles[0]?.text ?? '';
}

function load(code: string): Promise<Record<string, unknown>> {
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

/** Schemas as texts: members refer to each other by functions. */
function written(module: Record<string, unknown>): Record<string, string> {
  const lazily = (_: string, value: unknown) => (typeof value === 'function' ? String(value) : value);
  return Object.fromEntries(
    Object.entries(module).map(([name, schema]) => [name, JSON.stringify(schema, lazily)]),
  );
}
