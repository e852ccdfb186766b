export const BUCKET = 'shop-assets';
export const OTHER = 'payroll';
export const OTHER_ACCOUNT = '444455556666';

export const everything = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** A statement that grants reading every object of a bucket. */
export function reading(principal: unknown, bucket = BUCKET, more: object = {}) {
  return {
    Effect: 'Allow',
    Principal: principal,
    Action: 's3:GetObjectTagging',
    Resource: `arn:aws:s3:::${bucket}/*`,
    ...more,
  };
}

export function policyOf(...statements: readonly object[]) {
  return { Version: '2012-10-17', Statement: statements };
}

/** Two buckets: the one that is acted on, and an innocent neighbour that is as open. */
export function buckets(target: object = {}, s3: object = {}) {
  return {
    s3: {
      ...s3,
      buckets: [
        { name: BUCKET, ...target },
        {
          name: OTHER,
          policy: policyOf(reading('*', OTHER)),
          objects: [{ key: 'salaries.csv' }],
          lifecycle: {
            rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 9 } }],
          },
        },
      ],
    },
  };
}
