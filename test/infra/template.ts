import { App } from 'aws-cdk-lib';
import cdk from '../../cdk.json' with { type: 'json' };
import { Bundles } from '../../infra/bundles.ts';
import type { OwnersData } from '../../infra/foundation.ts';
import { addSallyport } from '../../infra/synthesize.ts';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A role as it stands in the template, its policies gathered. */
export interface RoleInTemplate {
  readonly name: string;
  readonly path: string;
  readonly trust: readonly Statement[];
  readonly statements: readonly Statement[];
  readonly boundary: string | undefined;
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '111122223333',
  'AWS::URLSuffix': 'amazonaws.com',
};

let committed: Promise<Template> | undefined;

/** The stack's template as cdk.json configures it, without bundles. */
export function committedTemplate(): Promise<Template> {
  committed ??= synthesize({});
  return committed;
}

/** The stack's template, without bundles: cdk.json's own context, with what the test wants otherwise. */
export async function synthesize(sallyport: object): Promise<Template> {
  const { hub } = await synthesizeAll(sallyport);
  return hub;
}

/** The templates of the hub and of a member, which there is only where accounts are given. */
export async function synthesizeAll(
  sallyport: object,
  owners?: OwnersData,
): Promise<{ hub: Template; spoke?: Template }> {
  const app = appOf(sallyport, { 'aws:cdk:bundling-stacks': [] });
  await addSallyport(app, new Bundles(), owners);
  const { stacks } = app.synth();
  const [hub, spoke] = ['Sallyport', 'SallyportSpoke'].map((name) => {
    const stack = stacks.find(({ stackName }) => stackName === name);
    return stack && new Template(stack.template);
  });
  if (!hub) throw new Error('the app has no stack Sallyport');
  return { hub, ...(spoke && { spoke }) };
}

/** cdk.json's context with two member accounts. */
export const organization = {
  accounts: ['444455556666', '777788889999'],
  hubAccount: '111122223333',
  organizationId: 'o-sandbox0000',
};

/** An app with cdk.json's context. */
export function appOf(sallyport: object = {}, more: object = {}): App {
  const { context } = cdk;
  return new App({ context: { ...context, sallyport: { ...context.sallyport, ...sallyport }, ...more } });
}

/** A template with its intrinsics resolved: what refers to a resource becomes `<LogicalId>` or `<LogicalId.Attribute>`. */
export class Template {
  readonly resources: Readonly<Record<string, Resource>>;
  /** Names of what must be given at deployment. */
  readonly parameters: readonly string[];
  /** How long it is as a text. */
  readonly characters: number;

  constructor(template: { readonly Resources: object; readonly Parameters?: object }) {
    this.parameters = Object.keys(template.Parameters ?? {});
    this.characters = JSON.stringify(template).length;
    this.resources = resolve(template.Resources) as Readonly<Record<string, Resource>>;
  }

  /** The properties of every resource of a type, by logical id. */
  ofType(type: string): Map<string, Readonly<Record<string, unknown>>> {
    const entries = Object.entries(this.resources).filter(([, resource]) => resource.Type === type);
    return new Map(entries.map(([id, { Properties }]) => [id, Properties]));
  }

  /** The logical id of the only resource of a type whose id starts so. */
  idOf(type: string, prefix: string): string {
    const [id, ...others] = [...this.ofType(type).keys()].filter((name) => name.startsWith(prefix));
    if (id === undefined || others.length > 0)
      throw new Error(`not exactly one ${type} starts with ${prefix}`);
    return id;
  }

  roles(): RoleInTemplate[] {
    return [...this.ofType('AWS::IAM::Role')].map(([id, properties]) => ({
      name: String(properties.RoleName),
      path: String(properties.Path),
      trust: statementsOf(properties.AssumeRolePolicyDocument),
      statements: [...this.inline(properties), ...this.attached(id)],
      boundary: properties.PermissionsBoundary as string | undefined,
    }));
  }

  private inline({ Policies = [] }: Readonly<Record<string, unknown>>): Statement[] {
    return (Policies as { PolicyDocument: unknown }[]).flatMap((policy) =>
      statementsOf(policy.PolicyDocument),
    );
  }

  private attached(role: string): Statement[] {
    return [...this.ofType('AWS::IAM::Policy').values()]
      .filter(({ Roles }) => (Roles as string[]).includes(`<${role}>`))
      .flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument));
  }
}

export function asList<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Value];
}

export function statementsOf(document: unknown): Statement[] {
  return [...(document as { Statement: Statement[] }).Statement];
}

function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, inside] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0) {
    if (key === 'Ref') return pseudo[String(inside)] ?? `<${inside}>`;
    if (key === 'Fn::GetAtt') return attribute(inside as [string, string]);
    if (key === 'Fn::Join') return join(resolve(inside) as [string, string[]]);
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one)]));
}

function attribute([id, name]: [string, string]): string {
  return name === 'ApiEndpoint' ? 'https://console.example.com' : `<${id}.${name}>`;
}

function join([separator, parts]: [string, string[]]): string {
  return parts.join(separator);
}

/** References to ARNs, as a deployment fills them in. */
export function filledIn(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replace(/^<(\w+)\.Arn>$/, 'arn:aws:service:eu-central-1:111122223333:$1'),
    ]),
  );
}
