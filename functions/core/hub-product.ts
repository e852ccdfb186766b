/** Who sent Security Hub a finding. */
export interface HubProduct {
  readonly name: string;
  /** Only AWS imports under the namespace `aws`. Everything else anybody with BatchImportFindings may have written. */
  readonly awsOwned: boolean;
}

/**
 * `arn:aws:securityhub:<region>::product/aws/<name>`, or `…::productv2/aws/<name>` in OCSF. Partners' and accounts' own
 * products have another namespace, or an account.
 */
export function productOf(productArn: string): HubProduct {
  const owned = /^arn:aws[\w-]*:securityhub:[\w-]*::product(?:v2)?\/aws\/([\w-]+)$/.exec(productArn);
  if (owned?.[1]) return { name: owned[1], awsOwned: true };
  return { name: productArn.split(/product(?:v2)?\//).at(-1) || productArn, awsOwned: false };
}

/** Products whose own events name a finding by a bare id, and spell its type `Purpose:Resource/Name`. */
const namedByBareId: ReadonlySet<string> = new Set(['guardduty', 'macie']);

/**
 * The one name of a finding, whichever way it comes: that which the product's own event has. Security Hub writes
 * GuardDuty's and Macie's ids as ARNs; other products' are the same everywhere. A custom product cannot take the name of
 * another's finding: what it says stays in a world of its own.
 */
export function uidOf({ name, awsOwned }: HubProduct, id: string): string {
  if (!awsOwned || !namedByBareId.has(name)) return id;
  return /^arn:.*[:/]finding\/([^/]+)$/s.exec(id)?.[1] ?? id;
}

/** What a finding says of its own type, in ASFF or in OCSF. */
export interface TypeSaid {
  readonly types: readonly string[];
  readonly generator: string;
  /** Of a control's finding. */
  readonly control: string | undefined;
}

/**
 * The finding's type in our terms, which playbooks match. Controls: `SecurityHub:Control/S3.8`. GuardDuty's and Macie's
 * types come back in their own spelling (`TTPs/Discovery/Recon:EC2-Portscan` is `Recon:EC2/Portscan`). Other products of
 * AWS: `SecurityHub:<product>/<type>`. Everybody else: `Custom:<product>/<type>`, which no specific playbook takes.
 */
export function typeOf({ name, awsOwned }: HubProduct, { types, generator, control }: TypeSaid): string {
  const last = lastPart(types[0] ?? '') || lastPart(generator) || 'Finding';
  if (!awsOwned) return clean(`Custom:${name}/${last}`);
  if (control !== undefined) return clean(`SecurityHub:Control/${control}`);
  const own = namedByBareId.has(name) ? types.flatMap((type) => ownSpelling(type) ?? [])[0] : undefined;
  return clean(own ?? `SecurityHub:${name}/${last}`);
}

function ownSpelling(type: string): string | undefined {
  const [, resource, rest] = /(?:^|\/)(\w+:\w+)[-/]([^/]+)$/.exec(type) ?? [];
  return resource && rest ? `${resource}/${rest}` : undefined;
}

function lastPart(text: string): string {
  return text.split('/').at(-1) ?? '';
}

function clean(type: string): string {
  return type.replaceAll(/\s+/g, '-').slice(0, 512).toWellFormed();
}
