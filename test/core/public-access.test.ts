import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavesToAccessPoints } from '../../functions/core/bucket-policy.ts';
import { type PublicAccess, strictest } from '../../functions/core/public-access.ts';

const settings: fc.Arbitrary<PublicAccess> = fc.record({
  blockPublicAcls: fc.boolean(),
  ignorePublicAcls: fc.boolean(),
  blockPublicPolicy: fc.boolean(),
  restrictPublicBuckets: fc.boolean(),
});
const maybe = fc.option(settings);

test('a setting counts where the bucket or its account has it, whichever of the two', () =>
  fc.assert(
    fc.property(maybe, maybe, (one, other) => {
      const effective = strictest(one, other);
      expect(effective).toEqual(strictest(other, one));
      for (const [name, on] of Object.entries(effective))
        expect(on).toBe([one, other].some((each) => each?.[name as keyof PublicAccess]));
    }),
  ));

const policyWith = (condition: object) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Condition: condition } });

test.each([
  [{ StringEquals: { 's3:DataAccessPointAccount': '111122223333' } }, true],
  [{ ArnLike: { 'S3:dataaccesspointarn': 'arn:aws:s3:*:111122223333:accesspoint/*' } }, true],
  [{ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, false],
  // A value may be called anything.
  [{ StringEquals: { 'aws:PrincipalArn': 's3:DataAccessPointAccount' } }, false],
])('a policy under %j leaves it to access points: %s', (condition, expected) => {
  expect(leavesToAccessPoints(policyWith(condition))).toBe(expected);
});

test('so may a policy that cannot be read', () => {
  expect(leavesToAccessPoints('{"Statement": "none"}')).toBe(true);
});
