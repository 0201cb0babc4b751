import { sourceOf, statementsOf } from "../operations/catalogue.ts";
import { indent } from "../operations/language/source.ts";
import type { Operation } from "../operations/operation.ts";
import { keyOf, type FactKind } from "./fact.ts";

/** What is to be said in front of the operation that is about a fact, by the fact's key. */
export type Notes = ReadonlyMap<string, readonly string[]>;

/** What is to be said in front of an operation itself. */
export type Remarks = ReadonlyMap<Operation, readonly string[]>;

/** The body of one half of a revision file, with notes as comments; those that are about no operation stand first. */
export function halfText(
  operations: readonly Operation[],
  notes: Notes,
  format: "ts" | "sql",
  remarks: Remarks = new Map(),
): string {
  const said = new Set<string>();
  const parts = operations.map((operation) => {
    const own = subjectsOf(operation).flatMap((key) => {
      if (said.has(key)) return [];
      const about = notes.get(key) ?? [];
      if (about.length > 0) said.add(key);
      return about;
    });
    return commented([...own, ...(remarks.get(operation) ?? [])], linesOf(operation, format), format);
  });
  const rest = [...notes].filter(([key]) => !said.has(key)).flatMap(([, about]) => about);
  const text = [...(rest.length === 0 ? [] : [commented(rest, "", format)]), ...parts].join("");
  return format === "ts" && text !== "" ? `${indent(text.trimEnd())}\n` : text;
}

function linesOf(operation: Operation, format: "ts" | "sql"): string {
  if (format === "ts") return `${sourceOf(operation)};\n`;
  return statementsOf(operation)
    .map(({ text }) => `${text};\n`)
    .join("");
}

function commented(notes: readonly string[], lines: string, format: "ts" | "sql"): string {
  const mark = format === "ts" ? "//" : "--";
  return notes.map((note) => `${mark} ${note.replace(/\s+/g, " ")}\n`).join("") + lines;
}

/** The keys of the facts that an operation makes, changes or takes away. */
export function subjectsOf(op: Operation): string[] {
  const key = (kind: FactKind, name: string, schema = "public", relation?: string): string =>
    keyOf(kind, { schema, ...(relation !== undefined && { relation }), name });
  switch (op.kind) {
    case "createTable":
    case "dropTable":
      return [key("table", op.name, op.schema)];
    case "addColumn":
      return [key("column", op.column.name, op.schema, op.table)];
    case "dropColumn":
    case "alterColumn":
      return [key("column", op.column, op.schema, op.table)];
    case "createSequence":
    case "dropSequence":
      return [key("sequence", op.name, op.schema)];
    case "replaceEnumValues":
      return [key("enum", op.name, op.schema)];
    case "batch":
      return op.operations.flatMap(subjectsOf);
    default:
      return [];
  }
}
