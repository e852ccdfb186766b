import { writeOrCheck } from './generated-file.ts';
import { compilePolicies, PolicyFileError } from './policies.ts';

/** `node scripts/generate-policies.ts [--check]`: compiles `policies/` into one module, or fails where it is stale. */
const check = process.argv.includes('--check');

try {
  const current = writeOrCheck('functions/generated/policies.gen.ts', compilePolicies(), check);
  if (check && !current) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof PolicyFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
