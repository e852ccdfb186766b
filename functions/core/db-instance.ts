import { parseArn } from './arn.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html, DBInstanceIdentifier */
const NAME = /^[a-zA-Z](-?[a-zA-Z0-9]){0,62}$/;

export function isDbInstanceName(name: string): boolean {
  return NAME.test(name);
}

/** Whether an ARN names a DB instance: clusters and tables are databases too, in a finding's words, and have names of the same form. */
export function namesDbInstance(arn: string): boolean {
  const { service, resource } = parseArn(arn) ?? {};
  return service === 'rds' && resource !== undefined && resource.startsWith('db:');
}
