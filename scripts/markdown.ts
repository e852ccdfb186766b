/** A table of Markdown; a cell's bars and line breaks would end it, so that they are written otherwise. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** `a`, `b`, `c`; a dash for nothing. */
export function codes(texts: readonly string[]): string {
  return texts.map(code).join(', ') || '–';
}
