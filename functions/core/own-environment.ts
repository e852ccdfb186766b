import * as z from 'zod';
import { EntityKind } from './entity.ts';
import { Window } from './window.ts';

const Cidr = z.union([z.cidrv4(), z.cidrv6()], { error: 'expected a range such as 192.0.2.0/24' });
const AccountId = z.string().regex(/^\d{12}$/, 'expected an account id of 12 digits');
const Note = z.string().min(3).max(200);
/** A tag as its owner writes it: whoever may tag the resource may write it as well. */
const OwnTag = z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) });

/** The owner's own scanners and probes, by the addresses that they call from. */
const Scanner = z.strictObject({ network: Cidr, note: Note });

/** A role or user that deploys, by its name or ARN; `*` stands for any text. */
const CiRole = z.strictObject({ match: z.string().min(3).max(2048), note: Note });

/** When the owner's people change things, in these accounts; in all of them where none is named. */
const ChangeWindow = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'expected a name such as nightly-deployment'),
  accounts: z.array(AccountId).min(1).exactOptional(),
  window: Window,
});

/** What must not go down, by its ARN or id (`*` stands for any text), by a name in an account, or by a tag. */
const CrownJewel = z.union(
  [
    z.strictObject({ match: z.string().min(3).max(2048), because: Note }),
    z.strictObject({ kind: EntityKind, id: z.string().min(1).max(2048), account: AccountId, because: Note }),
    z.strictObject({ tag: OwnTag, because: Note }),
  ],
  { error: 'expected because, with match, or kind, id and account, or tag' },
);

/** Whom to ask about what stands in these accounts, or carries this tag. */
const Owner = z
  .strictObject({
    name: z.string().min(1).max(100),
    email: z.email(),
    accounts: z.array(AccountId).min(1).exactOptional(),
    tag: OwnTag.exactOptional(),
  })
  .refine(({ accounts, tag }) => accounts !== undefined || tag !== undefined, 'expected accounts, or a tag');
export type Owner = z.infer<typeof Owner>;

/** What the owner knows of the account and nobody can measure: `policies/environment.yaml`. */
export const OwnEnvironment = z.strictObject({
  /** Where the owner's people and systems call AWS from, as CIDR blocks. */
  networks: z.array(Cidr).max(50),
  scanners: z.array(Scanner).max(50).default([]),
  ciRoles: z.array(CiRole).max(50).default([]),
  changeWindows: z.array(ChangeWindow).max(50).default([]),
  crownJewels: z.array(CrownJewel).max(500).default([]),
  owners: z.array(Owner).max(500).default([]),
  /** The S3 bucket that flow logs and the log of model calls go to; null where there is none. */
  logBucket: z
    .string()
    .regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of an S3 bucket')
    .nullable(),
});
export type OwnEnvironment = z.infer<typeof OwnEnvironment>;

/** What rules and models know of their surroundings: the owner's, and what the deployment says. */
export interface Surroundings extends OwnEnvironment {
  /** The account that evidence may be given to; null where none is configured. */
  readonly forensicsAccount: string | null;
}
