import * as lambda from '@aws-sdk/client-lambda';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { callerOperations } from './lambda/callers.ts';
import { concurrencyOperations } from './lambda/concurrency.ts';
import { permissionOperations } from './lambda/permissions.ts';
import { urlOperations } from './lambda/urls.ts';

/** Lambda, as far as an account's functions are looked at and contained. Invoke is the laptop cloud's own (services/lambda.ts). */
export function lambdaService(cloud: Cloud): Service {
  return {
    signingName: 'lambda',
    protocol: 'restJson1',
    schemas: lambda,
    operations: {
      ...callerOperations(cloud),
      ...concurrencyOperations(cloud),
      ...permissionOperations(cloud),
      ...urlOperations(cloud),
    },
  };
}
