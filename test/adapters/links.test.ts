import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { links } from '../../functions/adapters/links.ts';
import { sha256 } from '../../functions/core/canonical.ts';
import { startHome, type TestHome } from './home.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());

describe('links', () => {
  const link = (changes: object = {}) => ({
    incident: 'INC-link',
    manifestHash: 'a'.repeat(64),
    approver: 'rosa',
    expiresAt: '2026-11-21T16:00:00.000Z',
    ...changes,
  });

  it('lead to what they were issued for', async () => {
    const secret = await links(home.coordination).issue(link());
    expect(await links(home.coordination).find(secret)).toEqual(link());
  });

  it('are the same for the same question, also when it is asked twice at once', async () => {
    const asked = link({ incident: 'INC-same' });
    const issued = await Promise.all([1, 2, 3].map(() => links(home.coordination).issue(asked)));
    expect(new Set([...issued, await links(home.coordination).issue(asked)]).size).toBe(1);
  });

  it('are others for another person, plan or time', async () => {
    const changes = [
      {},
      { approver: 'lena' },
      { manifestHash: 'b'.repeat(64) },
      { expiresAt: '2026-11-22T16:00:00.000Z' },
    ];
    const issued = await Promise.all(changes.map((change) => links(home.coordination).issue(link(change))));
    expect(new Set(issued).size).toBe(changes.length);
  });

  it('cannot be guessed, and nothing is found under a wrong secret', async () => {
    const secret = await links(home.coordination).issue(link({ incident: 'INC-secret' }));
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(await links(home.coordination).find(`${secret}x`)).toBeUndefined();
    expect(await links(home.coordination).find('')).toBeUndefined();
  });

  it('are looked up by a hash: whoever reads that item has no link', async () => {
    const secret = await links(home.coordination).issue(link({ incident: 'INC-hash' }));
    const stored = await home.coordination.get(`link#${sha256(secret)}`);
    expect(stored).toMatchObject({
      incident: 'INC-hash',
      expires: Date.parse('2026-11-21T16:00:00Z') / 1000,
    });
    expect(JSON.stringify(stored)).not.toContain(secret);
  });
});
