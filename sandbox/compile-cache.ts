import { fileURLToPath } from 'node:url';

/**
 * Where Node keeps what it has compiled: a laptop cloud starts a dozen processes of the same few megabytes again and
 * again. Beside the packages, so that a fresh install has a fresh one and nobody else's files are read.
 */
export const compileCache = fileURLToPath(new URL('../node_modules/.cache/sallyport', import.meta.url));
