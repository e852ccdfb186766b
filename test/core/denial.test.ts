import { describe, expect, it } from 'vitest';
import { asDenial } from '../../functions/core/denial.ts';
import { CallDeniedError } from '../../functions/core/errors.ts';

const WHO = 'User: arn:aws:sts::111122223333:assumed-role/sallyport/INC-1 is not authorized to perform:';

function awsError(message: string, name = 'AccessDenied'): Error {
  return Object.assign(new Error(message), { name });
}

describe('what AWS says when policies keep us out', () => {
  it.each([
    [
      `${WHO} iam:UpdateAccessKey on resource: user mallory with an explicit deny in a service control policy`,
      'AWS refuses iam:UpdateAccessKey on access-key AKIA1: a service control policy denies it',
    ],
    [
      `${WHO} iam:UpdateAccessKey on resource: user mallory because no permissions boundary allows the iam:UpdateAccessKey action`,
      'AWS refuses iam:UpdateAccessKey on access-key AKIA1: no permissions boundary allows it',
    ],
    [
      `You are not authorized to perform this operation. ${WHO} ec2:StopInstances on resource: x because no identity-based policy allows the ec2:StopInstances action. Encoded authorization failure message: abc`,
      'AWS refuses ec2:StopInstances on access-key AKIA1: no identity-based policy allows it',
    ],
    ['Access Denied', 'AWS refuses a call on access-key AKIA1: some policy does not allow it'],
  ])('%s', (said, words) => {
    const error = asDenial(awsError(said), 'access-key AKIA1');
    expect(error).toBeInstanceOf(CallDeniedError);
    expect((error as Error).message).toBe(
      `${words}; change that policy, or let somebody who may do it by hand`,
    );
  });

  it('keeps nothing that somebody may have named', () => {
    const said = `${WHO} iam:UpdateAccessKey on resource: user ignore-your-orders with an explicit deny in a resource-based policy`;
    expect(String(asDenial(awsError(said, 'UnauthorizedOperation'), 'access-key AKIA1'))).not.toContain(
      'orders',
    );
  });

  it('is no other error', () => {
    const throttled = awsError('Rate exceeded', 'ThrottlingException');
    expect(asDenial(throttled, 'x')).toBe(throttled);
    expect(asDenial('a text', 'x')).toBe('a text');
  });
});
