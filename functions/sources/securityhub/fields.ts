import { at, type Document, isObject, leaves } from '../../core/document.ts';
import type { AsffDocument } from './document.ts';

/** What GuardDuty's event has under `service`. */
export interface ServiceFields {
  /** By path with slashes: `action/awsApiCallAction/api`. */
  readonly all: ReadonlyMap<string, unknown>;
  /** Where the fields of the one action stand, whatever it is called: `action/awsApiCallAction`. */
  readonly action: string;
}

/**
 * GuardDuty's own fields where Security Hub passes them on: in `ProductFields`, with or without the beginning
 * `aws/guardduty/service/`, and in `Action`. Lists are flattened there: `sourceIPs.0_`.
 */
export function serviceFieldsOf({ action, productFields }: AsffDocument): ServiceFields {
  const all = new Map<string, unknown>();
  for (const { path, value } of leaves(action)) all.set(['action', ...path].join('/'), value);
  for (const [name, value] of Object.entries(productFields ?? {}))
    all.set(name.replace('aws/guardduty/service/', ''), value);
  const named = all.keys().find((name) => /^action\/\w+Action\//.test(name));
  return { all, action: named?.split('/').slice(0, 2).join('/') ?? '' };
}

/** A field of the one action. */
export function fieldOfAction({ all, action }: ServiceFields, path: string): unknown {
  return all.get(`${action}/${path}`);
}

/** A number that Security Hub wrote as text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** `true` and `false`, which Security Hub may have written as text. */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'false' ? value === 'true' : undefined;
}

/** What stands under a resource's own type in its details: `Details.AwsEc2Instance`. */
export function detailsOf(resource: {
  readonly type: string;
  readonly details?: unknown;
}): Document | undefined {
  const details = at(resource, 'details', resource.type.charAt(0).toLowerCase() + resource.type.slice(1));
  return isObject(details) ? details : undefined;
}
