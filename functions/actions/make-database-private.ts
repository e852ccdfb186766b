import { type DBInstance, DescribeDBInstancesCommand, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import * as z from 'zod';
import { type Account, defineAction } from '../core/account.ts';
import { parseArn } from '../core/arn.ts';
import { isDbInstanceName, namesDbInstance } from '../core/db-instance.ts';
import { NothingToDoError, NotYetError, TargetNotFoundError, WrongStateError } from '../core/errors.ts';
import { keptByCode } from '../core/infrastructure-as-code.ts';
import { hasName } from '../core/named-error.ts';
import type { Consequence, PlannedAction, Target } from '../core/plan.ts';
import { isProtected } from '../core/reserved-tags.ts';

const reads = [DescribeDBInstancesCommand] as const;
const writes = [ModifyDBInstanceCommand] as const;
type Reader = Account<typeof reads>;
type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

/** Which database, by the id that is never given again, and that it is public. */
const Before = z.strictObject({
  arn: z.string(),
  resourceId: z.string(),
  publiclyAccessible: z.literal(true),
});
const beforeOf = (planned: PlannedAction) => Before.parse(planned.before);

/** In these RDS takes changes; a database that is stopped must be started first. */
const CHANGEABLE: readonly (string | undefined)[] = ['available', 'storage-optimization'];

/**
 * Takes a database off the internet: its name no longer resolves to a public address. ApplyImmediately is left out
 * on purpose: this change is applied at once without it, and with it every other change that waits for the
 * maintenance window would be applied too, some of them with an outage
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html).
 */
export const makeDatabasePrivate = defineAction({
  id: 'make-database-private',
  title: 'Make a database private',
  targets: ['database'],
  danger: 'medium',
  family: 'data',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions: [
    {
      actions: ['rds:DescribeDBInstances', 'rds:ModifyDBInstance'],
      resources: ['arn:{partition}:rds:{region}:{account}:db:*'],
      narrow: (planned) => [beforeOf(planned).arn],
    },
  ],

  async plan(target, _params, account) {
    checkKind(target);
    const database = await read(target.id, account);
    const before = publicState(target.id, database);
    return {
      before,
      expected: { publiclyAccessible: false },
      change: `Database ${target.id} loses its public address: clients outside of its VPC can no longer connect. Changes of it that wait for the maintenance window go on waiting.`,
      undo: `Make database ${target.id} publicly accessible again; its security groups are never touched.`,
      cannotRestore: [],
      blastRadius: [...blastRadius, ...keptByCode(database.TagList)],
      protectedTarget: isProtected(database.TagList),
      observed: { id: target.id, arn: before.arn },
    };
  },

  execute: (planned, account) => write(planned, false, account),

  async verify(planned, account) {
    const database = await readIfThere(planned, account);
    if (!database) return { status: 'done', observed: 'the database no longer exists' };
    if (database.DBInstanceStatus === 'modifying')
      throw new NotYetError(`database ${planned.target.id}`, 'modifying');
    return database.PubliclyAccessible
      ? { status: 'not-done', observed: 'the database is publicly accessible' }
      : { status: 'done', observed: 'the database is not publicly accessible' };
  },

  rollback: (planned, account) => write(planned, beforeOf(planned).publiclyAccessible, account),
});

function checkKind({ id, arn }: Target): void {
  const { service, resource } = parseArn(arn ?? '') ?? {};
  if (service !== undefined && !namesDbInstance(arn ?? ''))
    throw new WrongStateError(
      `database ${id}`,
      `no DB instance, but ${service} ${resource?.split(/[:/]/)[0]}`,
      'only a DB instance has a public address; name the instances of a cluster',
    );
}

/** Throws TargetNotFoundError. */
async function read(name: string, account: Reader): Promise<DBInstance> {
  if (!isDbInstanceName(name)) throw new TargetNotFoundError(`database ${name}`);
  try {
    const { DBInstances: found } = await account.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }),
    );
    if (found?.[0]) return found[0];
  } catch (error) {
    if (!hasName(error, 'DBInstanceNotFoundFault', 'DBInstanceNotFound')) throw error;
    throw new TargetNotFoundError(`database ${name}`, { cause: error });
  }
  throw new TargetNotFoundError(`database ${name}`);
}

/** Undefined where the database is gone, or another one has its name. */
async function readIfThere(planned: PlannedAction, account: Reader): Promise<DBInstance | undefined> {
  try {
    const database = await read(planned.target.id, account);
    return database.DbiResourceId === beforeOf(planned).resourceId ? database : undefined;
  } catch (error) {
    if (error instanceof TargetNotFoundError) return undefined;
    throw error;
  }
}

/** Throws NothingToDoError, and WrongStateError for what RDS would refuse to change. */
function publicState(id: string, database: DBInstance): z.infer<typeof Before> {
  const name = `database ${id}`;
  const { Engine: engine = '', DBInstanceStatus: status = 'in an unknown state' } = database;
  if (!database.PubliclyAccessible) throw new NothingToDoError(name, 'is not publicly accessible');
  if (database.DBClusterIdentifier !== undefined && !engine.startsWith('aurora'))
    throw new WrongStateError(
      name,
      'a member of a Multi-AZ cluster',
      'RDS decides on public access for the cluster when it is made; close its security groups instead',
    );
  if (!CHANGEABLE.includes(status))
    throw new WrongStateError(name, status, 'RDS changes only what is available; plan again when it is');
  return Before.parse({
    arn: database.DBInstanceArn,
    resourceId: database.DbiResourceId,
    publiclyAccessible: true,
  });
}

/** Makes it so. Throws NotYetError while RDS is busy with an earlier change. */
async function write(planned: PlannedAction, wanted: boolean, account: Writer): Promise<void> {
  const name = `database ${planned.target.id}`;
  const database = await readIfThere(planned, account);
  if (!database) throw new TargetNotFoundError(name);
  if (database.PubliclyAccessible === wanted) return;
  try {
    await account.send(
      new ModifyDBInstanceCommand({
        DBInstanceIdentifier: planned.target.id,
        PubliclyAccessible: wanted,
      }),
    );
  } catch (error) {
    if (!hasName(error, 'InvalidDBInstanceStateFault', 'InvalidDBInstanceState')) throw error;
    throw new NotYetError(name, database.DBInstanceStatus ?? 'busy');
  }
}

const blastRadius: readonly Consequence[] = [
  {
    what: 'databases that clients outside of the VPC can no longer reach',
    count: 1,
    evidence: 'DescribeDBInstances PubliclyAccessible',
  },
  {
    what: 'clients that connect from outside of the VPC now',
    count: null,
    evidence: "not available: the database's own log of connections is not read",
  },
];
