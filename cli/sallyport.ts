import { enableCompileCache } from 'node:module';
import { compileCache } from '../sandbox/compile-cache.ts';

// Before anything else is loaded: it takes a third off the start of a command.
enableCompileCache(compileCache);
await import('./program.ts');
