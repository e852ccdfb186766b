import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../functions/adapters/lambda-credentials.ts';

afterEach(() => vi.unstubAllEnvs());

function give(id: string, secret: string, token: string): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', id);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
  vi.stubEnv('AWS_SESSION_TOKEN', token);
}

describe('the credentials of a function', () => {
  it('are those that Lambda put into its environment', async () => {
    give('ASIAEXAMPLE', 'a secret', 'a token');
    const identity = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'a secret', sessionToken: 'a token' };
    expect(await defaultProvider()()).toEqual(identity);
  });

  it('have no session token where there is none', async () => {
    give('AKIAEXAMPLE', 'a secret', '');
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a secret' });
  });

  it.each([
    ['key', '', 'a secret'],
    ['secret', 'AKIAEXAMPLE', ''],
  ])('are refused by name without a %s', async (_, id, secret) => {
    give(id, secret, 'a token');
    await expect(defaultProvider()()).rejects.toThrow('AWS_ACCESS_KEY_ID');
  });
});
