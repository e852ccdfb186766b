import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../cli/root.ts';
import type { OwnersData } from '../../infra/foundation.ts';

/**
 * An assembly of hub and spoke for these accounts and this owner's files, which takes no bundling. Answers its folder;
 * the caller removes it.
 */
export function synthesizeOrganization(sallyport: object, owners: Partial<OwnersData> = {}): string {
  const outdir = mkdtempSync(join(tmpdir(), 'sallyport-organization-'));
  const script = join(root, 'test', 'infra', 'synthesize-organization.ts');
  const { status, stderr } = spawnSync(
    process.execPath,
    [script, outdir, JSON.stringify(sallyport), JSON.stringify(owners)],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the organization cannot be synthesized:\n${stderr}`);
  return outdir;
}

/** What an account's seed holds: `account.json`, and `activity.json`. */
export interface AccountSeedFiles {
  readonly account: object;
  readonly activity?: readonly object[];
}

/** A folder with the hub's account and those below `members`, to seed a cloud with. */
export function organizationSeed(
  hub: AccountSeedFiles,
  members: Readonly<Record<string, AccountSeedFiles>>,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-seed-'));
  writeSeed(folder, hub);
  for (const [name, seed] of Object.entries(members)) {
    const member = join(folder, 'members', name);
    mkdirSync(member, { recursive: true });
    writeSeed(member, seed);
  }
  return folder;
}

function writeSeed(folder: string, { account, activity = [] }: AccountSeedFiles): void {
  writeFileSync(join(folder, 'account.json'), JSON.stringify(account));
  writeFileSync(join(folder, 'activity.json'), JSON.stringify(activity));
}
