import type { EntityColumn, EntityDiagram, Relationship } from "../commands/erd.ts";

/** The tables as a Mermaid entity relationship diagram. */
export function entityMermaid({ entities, relationships }: EntityDiagram): string {
  return [
    "erDiagram",
    ...entities.flatMap(({ name, columns }) =>
      columns.length === 0
        ? [`  ${quoted(name)}`]
        : [`  ${quoted(name)} {`, ...columns.map((column) => `    ${columnLine(column)}`), "  }"],
    ),
    ...relationships.map(relationLine),
  ].join("\n");
}

/** A type and a name in Mermaid are words; whatever else is in them becomes an underscore. */
function columnLine({ name, type, isPrimary, isForeign, isUnique, nullable }: EntityColumn): string {
  const keys = [isPrimary && "PK", isForeign && "FK", isUnique && "UK"].filter((key) => key !== false);
  const isNotNull = !nullable && !isPrimary;
  return [
    word(type),
    word(name),
    ...(keys.length === 0 ? [] : [keys.join(", ")]),
    ...(isNotNull ? ['"not null"'] : []),
  ].join(" ");
}

function relationLine({ from, to, columns, isOptional, isUnique }: Relationship): string {
  return `  ${quoted(to)} ${isOptional ? "|o" : "||"}--${isUnique ? "o|" : "o{"} ${quoted(from)} : ${quoted(columns.join(", "))}`;
}

function word(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}_()[\]]+/gu, "_");
  return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', "'").replace(/[\r\n]/g, " ")}"`;
}
