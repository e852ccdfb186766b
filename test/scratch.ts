import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whatever the tests leave in the folder for temporary files goes when they end. */
export function setup(): () => void {
  const scratch = mkdtempSync(join(tmpdir(), 'sallyport-test-'));
  process.env.TMPDIR = scratch;
  return () => rmSync(scratch, { recursive: true, force: true });
}
