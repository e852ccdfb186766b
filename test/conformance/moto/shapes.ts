import { hasName } from '../../../functions/core/named-error.ts';

/** Tags under `aws:` are AWS's own: no API takes them (https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html). */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  const ours = Object.entries(tags).filter(([Key]) => !Key.startsWith('aws:'));
  return ours.map(([Key, Value]) => ({ Key, Value }));
}

/** What was asked for, or undefined where AWS answers with the error that says that there is none. */
export async function absent<Answer>(errorName: string, asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (hasName(error, errorName)) return undefined;
    throw error;
  }
}

/** The same the other way; in EC2's and IAM's form. */
export function tagRecord(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}

/** What AWS lists, as a record by one of its fields. */
export function byId<Item>(
  items: readonly Item[] | undefined,
  id: keyof Item,
  shape: (item: Item) => unknown,
): Record<string, unknown> {
  return Object.fromEntries((items ?? []).map((item) => [String(item[id]), shape(item)]));
}

/** The same where each needs calls of its own; one after the other, since an imitation is slow enough. */
export async function eachOf<Item>(
  items: readonly Item[] | undefined,
  id: keyof Item,
  shape: (id: string, item: Item) => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const shaped: Record<string, unknown> = {};
  for (const item of items ?? []) shaped[String(item[id])] = await shape(String(item[id]), item);
  return shaped;
}
