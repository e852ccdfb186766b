import * as z from 'zod';
import { readTemplate, type TemplateDocument } from './document.ts';
import { TemplateError } from './error.ts';
import { generatedName, type Identity, identityOf, namePropertyOf, type Place } from './identities.ts';
import { type Json, type Lookup, resolve } from './intrinsics.ts';

/** A resource of the template with everything concrete: as CloudFormation would have made it. */
export interface StackResource<Properties> {
  readonly logicalId: string;
  readonly name: string;
  readonly ref: string;
  /** Empty for a type that has none. */
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: Properties;
}

/** The template, deployed nowhere: names and ARNs as they would be in `account` and `region`. */
export class Stack {
  readonly place: Place;
  readonly #document: TemplateDocument;
  readonly #names = new Map<string, string>();
  readonly #lookup: Lookup = {
    ref: (logicalId) => this.#ref(logicalId),
    attribute: (logicalId, attribute) => this.#attribute(logicalId, attribute),
  };

  constructor(document: TemplateDocument, place: Place) {
    this.#document = document;
    this.place = place;
  }

  /** Throws TemplateError. */
  static read(file: string, place: Place): Stack {
    return new Stack(readTemplate(file), place);
  }

  /** Resources of a type with their properties resolved and parsed. Throws TemplateError that names the resource. */
  ofType<Schema extends z.ZodType>(type: string, schema: Schema): StackResource<z.infer<Schema>>[] {
    return Object.keys(this.#document.Resources)
      .filter((logicalId) => this.#document.Resources[logicalId]?.Type === type)
      .map((logicalId) => this.#resource(logicalId, schema));
  }

  /** The stack's outputs by name. Throws TemplateError. */
  outputs(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.#document.Outputs).map(([name, { Value }]) => [
        name,
        String(resolve(Value, this.#lookup, `output ${name}`)),
      ]),
    );
  }

  #resource<Schema extends z.ZodType>(logicalId: string, schema: Schema): StackResource<z.infer<Schema>> {
    const where = `${logicalId} (${this.#typeOf(logicalId)})`;
    const parsed = schema.safeParse(resolve(this.#propertiesOf(logicalId), this.#lookup, where));
    if (!parsed.success) throw new TemplateError(where, z.prettifyError(parsed.error));
    const { ref, attributes } = this.#identity(logicalId);
    const name = this.#nameOf(logicalId);
    return { logicalId, name, ref, arn: attributes.Arn ?? '', attributes, properties: parsed.data };
  }

  #ref(name: string): Json | undefined {
    const { stackName, account, region } = this.place;
    const pseudo: Record<string, string> = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/sandbox`,
    };
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    if (Object.hasOwn(this.#document.Resources, name)) return this.#identity(name).ref;
    return this.#document.Parameters[name]?.Default;
  }

  #attribute(logicalId: string, attribute: string): string {
    const found = this.#identity(logicalId).attributes[attribute];
    if (found !== undefined) return found;
    const type = this.#typeOf(logicalId);
    throw new TemplateError(`${logicalId} (${type})`, `the sandbox does not know its attribute ${attribute}`);
  }

  #identity(logicalId: string): Identity {
    const { Path } = this.#propertiesOf(logicalId);
    const path = typeof Path === 'string' ? Path : undefined;
    return identityOf(this.#typeOf(logicalId), this.#nameOf(logicalId), this.place, path);
  }

  /** Names are resolved on demand, since a name may itself be an intrinsic function. */
  #nameOf(logicalId: string): string {
    const known = this.#names.get(logicalId);
    if (known !== undefined) return known;
    const type = this.#typeOf(logicalId);
    const property = namePropertyOf(type);
    const written = property === undefined ? undefined : this.#propertiesOf(logicalId)[property];
    this.#names.set(logicalId, generatedName(type, logicalId, this.place));
    if (written !== undefined) {
      const name = resolve(written, this.#lookup, `${logicalId} (${type})`);
      this.#names.set(logicalId, String(name));
    }
    return this.#names.get(logicalId) ?? logicalId;
  }

  #typeOf(logicalId: string): string {
    const resource = this.#document.Resources[logicalId];
    if (!resource) throw new TemplateError(logicalId, 'is referred to, but does not exist');
    return resource.Type;
  }

  #propertiesOf(logicalId: string): { [key: string]: Json } {
    return (this.#document.Resources[logicalId]?.Properties ?? {}) as { [key: string]: Json };
  }
}
