import { expect, it } from 'vitest';
import { isOwnFunction } from '../../functions/core/lambda-function.ts';
import { functionNames, physicalName } from '../../infra/names.ts';

it('no action takes one of the functions of the template for somebody else’s', () => {
  expect(functionNames.map(physicalName).filter((name) => !isOwnFunction(name))).toEqual([]);
  expect(['shop-sallyport', 'sallyport', 'Sallyport-x'].filter(isOwnFunction)).toEqual([]);
});
