import type { OwnersKnowledge } from './owners-knowledge.ts';

/** What the owner knows, a line each, for card, mail, chat and terminal alike. */
export function ownersLines(
  known: OwnersKnowledge | undefined,
): { readonly label: string; readonly value: string }[] {
  if (!known) return [];
  const { owners, crownJewels, changeWindows, callers } = known;
  return [
    ...owners.map(({ of, name, email }) => ({ label: 'Ask', value: `${name}, ${email}, about ${of}` })),
    ...crownJewels.map(({ id, because }) => ({ label: 'Crown jewel', value: `${id}: ${because}` })),
    ...callers.map(({ kind, id, is, note }) => ({
      label: 'Known caller',
      value: `${kind} ${id}: ${is} (${note})`,
    })),
    ...changeWindows.map((id) => ({ label: 'Change window', value: `the finding was written in ${id}` })),
  ];
}
