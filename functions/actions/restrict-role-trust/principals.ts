import { parseArn } from '../../core/arn.ts';

/** Where a principal of a trust policy belongs, and how people are told of it: in AWS's words, never in its own. */
export type Place =
  | { readonly place: 'inside' }
  | { readonly place: 'outside'; readonly shown: string }
  /** Everybody on AWS; what stays of it is the own account. */
  | { readonly place: 'everywhere'; readonly shown: string }
  /** A user or role that was deleted: nobody can act as it, and IAM takes it in no document any more. */
  | { readonly place: 'nowhere' };

const inside: Place = { place: 'inside' };

/** The elements: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html. */
export function placeOf(kind: string, principal: string, account: string): Place {
  switch (kind) {
    case 'Service':
      return inside;
    case 'AWS':
      return placeOfAws(principal, account);
    case 'Federated':
      return placeOfProvider(principal, account);
    default:
      return { place: 'outside', shown: 'a principal of another kind' };
  }
}

function placeOfAws(principal: string, account: string): Place {
  if (principal === '*') return { place: 'everywhere', shown: 'everybody on AWS' };
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  if (/^A[A-Z]{3}[A-Z0-9]{13,}$/.test(principal)) return { place: 'nowhere' };
  const owner = /^\d{12}$/.test(principal) ? principal : parseArn(principal)?.account;
  if (owner === account) return inside;
  return {
    place: 'outside',
    shown: owner === undefined ? 'a principal of another kind' : `account ${owner}`,
  };
}

/** A provider that this account set up is its own; those that are there for everybody (Google, Cognito) are not. */
function placeOfProvider(principal: string, account: string): Place {
  const owner = parseArn(principal)?.account;
  if (owner === account) return inside;
  if (owner) return { place: 'outside', shown: `an identity provider of account ${owner}` };
  const host = /^[a-z0-9.-]{1,64}$/.test(principal) ? principal : 'of another kind';
  return { place: 'outside', shown: `the identity provider ${host}` };
}
