import { isObject, listAt } from '../../core/document.ts';

/** A file's JSON, or undefined for what is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The objects of a list at a path, or of the document itself where it is a list. */
export function objectsOf(document: unknown, ...path: readonly string[]) {
  return Array.isArray(document) ? document.filter(isObject) : listAt(document, ...path);
}
