import type { NormalizedSchema } from '@smithy/core/schema';
import { errorSchemas, traitsOf } from './members.ts';
import type { ModelledError } from './protocol.ts';
import { AwsError } from './service.ts';

export type ErrorModel = (error: AwsError) => ModelledError;

/** Finds errors in a client's module by exception name or by wire code, so that clients throw the right class. */
export function createErrorModel(module: Readonly<Record<string, unknown>>): ErrorModel {
  const shapes = new Map<string, NormalizedSchema>();
  for (const schema of errorSchemas(module)) {
    const [code] = traitsOf(schema).awsQueryError ?? [];
    if (code !== undefined) shapes.set(code, schema);
    shapes.set(schema.getName() ?? '', schema);
  }
  return (error) => modelled(error, shapes.get(error.code));
}

function modelled(error: AwsError, schema: NormalizedSchema | undefined): ModelledError {
  const traits = schema ? traitsOf(schema) : {};
  const [code, queryStatus] = traits.awsQueryError ?? [];
  return {
    error,
    shapeName: schema?.getName() ?? error.code,
    code: code ?? error.code,
    status: traits.httpError ?? queryStatus ?? error.status,
    members: { [messageMember(schema)]: error.message, ...error.details },
    traits,
  };
}

/** Services disagree on whether the message has a capital. */
function messageMember(schema: NormalizedSchema | undefined): string {
  if (!schema) return 'message';
  const names = [...schema.structIterator()].map(([name]) => name);
  return names.find((name) => name.toLowerCase() === 'message') ?? 'message';
}

/** Anything that is not an AwsError is a bug of ours: the client sees a failure, never a hanging connection. */
export function toAwsError(cause: unknown): AwsError {
  if (cause instanceof AwsError) return cause;
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return new AwsError('InternalFailure', `The sandbox failed: ${message}`, 500);
}
