import { expect, test } from 'vitest';
import { joinedServices } from '../../sandbox/wire/joined.ts';
import { operation, type Service } from '../../sandbox/wire/service.ts';

const answering = (...names: readonly string[]): Service['operations'] =>
  Object.fromEntries(names.map((name) => [name, operation({ requires: () => [], handle: () => ({}) })]));
const service = (signingName: string, ...names: readonly string[]): Service => ({
  signingName,
  protocol: 'awsJson1_1',
  schemas: {},
  operations: answering(...names),
});

test('two services of one name answer what either does', () => {
  const joined = joinedServices([
    service('kms', 'DescribeKey'),
    service('iam', 'GetUser'),
    service('kms', 'Decrypt'),
  ]);
  expect(joined.map((one) => [one.signingName, Object.keys(one.operations)])).toEqual([
    ['kms', ['DescribeKey', 'Decrypt']],
    ['iam', ['GetUser']],
  ]);
});

test('the same operation twice is refused by name', () => {
  expect(() => joinedServices([service('kms', 'Decrypt'), service('kms', 'Decrypt')])).toThrow(
    'two services answer kms:Decrypt',
  );
});

test('a service that looks at requests itself still does', () => {
  const http = () => undefined;
  const [joined] = joinedServices([service('s3', 'ListBuckets'), { ...service('s3', 'GetObject'), http }]);
  expect(joined?.http).toBe(http);
});
