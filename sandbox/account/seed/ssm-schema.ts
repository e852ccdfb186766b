import * as z from 'zod';

const document = z.strictObject({
  name: z.string().regex(/^[\w.-]{3,128}$/, 'expected 3 to 128 letters, digits, _, - or .'),
  content: z.record(z.string(), z.unknown()).describe('The document of type Command itself'),
});

const instance = z.strictObject({
  instanceId: z.string().regex(/^i-[0-9a-f]{8,17}$/),
  pingStatus: z.enum(['Online', 'ConnectionLost', 'Inactive']).default('Online'),
  platformType: z.enum(['Linux', 'Windows', 'MacOS']).default('Linux'),
  commandStatus: z
    .enum(['Pending', 'InProgress', 'Success', 'Failed', 'TimedOut', 'Cancelled'])
    .default('Success')
    .describe('What every command on it comes to: nothing is run'),
});

/** Systems Manager in one region: its documents, and the instances that it manages. */
export const ssmSeed = z.strictObject({
  documents: z.array(document).default([]),
  instances: z.array(instance).default([]),
});
