/** ARNs as AWS forms them. IAM's have no region; a path stands between the type and the name. */
export function userArn(account: string, user: { readonly path: string; readonly userName: string }): string {
  return `arn:aws:iam::${account}:user${user.path}${user.userName}`;
}

export function groupArn(
  account: string,
  group: { readonly path: string; readonly groupName: string },
): string {
  return `arn:aws:iam::${account}:group${group.path}${group.groupName}`;
}

export function roleArn(account: string, role: { readonly path: string; readonly roleName: string }): string {
  return `arn:aws:iam::${account}:role${role.path}${role.roleName}`;
}

export function policyArn(
  account: string,
  policy: { readonly path: string; readonly policyName: string },
): string {
  return `arn:aws:iam::${account}:policy${policy.path}${policy.policyName}`;
}

export function instanceProfileArn(
  account: string,
  profile: { readonly path: string; readonly instanceProfileName: string },
): string {
  return `arn:aws:iam::${account}:instance-profile${profile.path}${profile.instanceProfileName}`;
}

/** A session's ARN drops the role's path. */
export function sessionArn(role: string, sessionName: string): string {
  return `arn:aws:sts::${accountOfArn(role)}:assumed-role/${nameOfArn(role)}/${sessionName}`;
}

/** `instance/i-0123`; snapshots belong to no account in their ARN. */
export function ec2Arn(account: string, region: string, resource: string): string {
  return `arn:aws:ec2:${region}:${resource.startsWith('snapshot/') ? '' : account}:${resource}`;
}

export function accountOfArn(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** The last step of the path: a role's name. */
export function nameOfArn(arn: string): string {
  return arn.split('/').at(-1) ?? '';
}

export function trailArn(account: string, region: string, name: string): string {
  return `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;
}

export function keyArn(account: string, region: string, keyId: string): string {
  return `arn:aws:kms:${region}:${account}:key/${keyId}`;
}

export function rdsArn(account: string, region: string, kind: 'db' | 'snapshot', name: string): string {
  return `arn:aws:rds:${region}:${account}:${kind}:${name}`;
}

/** `named` is the name and the six characters behind it. */
export function secretArn(account: string, region: string, named: string): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:${named}`;
}

/** Of what protects the region's own resources; CloudFront's have `global` in that place. */
export function wafArn(
  account: string,
  region: string,
  kind: 'ipset' | 'webacl',
  { name, id }: { readonly name: string; readonly id: string },
): string {
  return `arn:aws:wafv2:${region}:${account}:regional/${kind}/${name}/${id}`;
}

export function resolverArn(
  account: string,
  region: string,
  kind: 'firewall-domain-list' | 'firewall-rule-group' | 'firewall-rule-group-association' | 'resolver-rule',
  id: string,
): string {
  return `arn:aws:route53resolver:${region}:${account}:${kind}/${id}`;
}
