import { ACCOUNT, REGION } from '../action-case.ts';

export const FUNCTION = 'checkout';
export const INNOCENT_FUNCTION = 'billing';
export const arnOf = (name: string, qualifier = '') =>
  `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}${qualifier === '' ? '' : `:${qualifier}`}`;

/** A statement as AddPermission writes it. */
export function granting(
  Sid: string,
  Principal: object | string,
  more: object = {},
  Resource = arnOf(FUNCTION),
) {
  return { Sid, Effect: 'Allow', Principal, Action: 'lambda:InvokeFunction', Resource, ...more };
}

export const fromBucket = granting(
  'uploads',
  { Service: 's3.amazonaws.com' },
  {
    Condition: {
      StringEquals: { 'AWS:SourceAccount': ACCOUNT },
      ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::uploads' },
    },
  },
);

/** Two functions: the one that is acted on, and an innocent neighbour that is as open. */
export function functions(target: object = {}) {
  return {
    lambda: {
      functions: [
        { functionName: FUNCTION, ...target },
        {
          functionName: INNOCENT_FUNCTION,
          reservedConcurrency: 5,
          url: { authType: 'NONE', id: 'innocentinnocent' },
          policy: { Statement: [granting('all', '*', {}, arnOf(INNOCENT_FUNCTION))] },
          eventSources: [
            {
              uuid: '0b0b0b0b-0000-4000-8000-000000000001',
              eventSourceArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:bills`,
            },
          ],
        },
      ],
    },
  };
}
