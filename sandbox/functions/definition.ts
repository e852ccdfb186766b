import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { TemplateError } from '../template/error.ts';
import type { Stack } from '../template/stack.ts';

/** A function as the template defines it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly file: string;
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memory: number;
}

const FunctionProperties = z.looseObject({
  Code: z.looseObject({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string(),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  Environment: z
    .looseObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
    .default({ Variables: {} }),
});

/** The Node functions of a stack; others (CDK's custom resource providers in Python) are no part of the system. */
export function readFunctions(stack: Stack, assembly: string): FunctionDefinition[] {
  return stack
    .ofType('AWS::Lambda::Function', z.looseObject({ Runtime: z.string().optional() }))
    .filter(({ properties }) => properties.Runtime?.startsWith('nodejs'))
    .map(({ logicalId, name, arn, properties }) => {
      const parsed = FunctionProperties.safeParse(properties);
      if (!parsed.success) throw new TemplateError(logicalId, z.prettifyError(parsed.error));
      const { Code, Handler, Role, Timeout, MemorySize, Environment } = parsed.data;
      const asset = join(assembly, `asset.${Code.S3Key.replace(/\.zip$/, '')}`);
      return {
        name,
        arn,
        roleArn: Role,
        ...entryPoint(logicalId, asset, Handler),
        variables: Environment.Variables,
        timeoutSeconds: Timeout,
        memory: MemorySize,
      };
    });
}

function entryPoint(logicalId: string, asset: string, written: string): { file: string; handler: string } {
  const [module = '', handler = ''] = written.split('.');
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => join(asset, `${module}${extension}`))
    .find((candidate) => existsSync(candidate));
  if (file) return { file, handler };
  throw new TemplateError(logicalId, `its bundle ${asset} holds no ${module}.mjs. Run "npm run synth" again`);
}
