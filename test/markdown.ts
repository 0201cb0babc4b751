/** A table, a row by row of cells. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Code of a language. */
export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Code in a line. */
export function inCode(text: string): string {
  return `\`${text}\``;
}

/** Stands at the head of a page that is made. */
export const written = "<!-- Written by `npm run docs` from the sources. Changes made here are lost. -->";
