import { isSql } from "./sql-text.ts";
import { isTableElement, type TableElement } from "./table-element.ts";

/** Where a line of generated code is folded. */
const WIDTH = 116;

/** An argument that is TypeScript already. */
export class Code {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** Lines between an opening and a closing one, which stand where the call does. */
  static block(open: string, lines: readonly string[], close: string): Code {
    return new Code([open, ...lines.map(indent), close].join("\n"));
  }
}

/** A call as TypeScript: `name(a, b, { … })`. A trailing empty options object is left out. */
export function callSource(name: string, ...args: readonly unknown[]): string {
  const given = isEmptyObject(args.at(-1)) ? args.slice(0, -1) : args;
  const parts = given.map(argumentSource);
  const oneLine = `${name}(${parts.join(", ")})`;
  if (fits(oneLine)) return oneLine;
  const head = `${name}(${parts
    .slice(0, -1)
    .map((part) => `${part}, `)
    .join("")}`;
  const last = foldedAlone(given.at(-1));
  return last !== undefined && fits(head) ? `${head}${last})` : onLines(`${name}(`, parts, ")");
}

/** An argument that can be folded while those in front of it stay on the line of the call. */
function foldedAlone(value: unknown): string | undefined {
  if (isSql(value)) return sqlSource(value.$sql);
  if (value instanceof Code) return value.text;
  if (Array.isArray(value)) return onLines("[", value.map(valueSource), "]");
  return isOptions(value) ? onLines("{", fieldSources(value), "}") : undefined;
}

function isOptions(value: unknown): value is object {
  return typeof value === "object" && value?.constructor === Object && !isTableElement(value);
}

/** Only an argument can be a column or a constraint: inside of one, `{ element: "check" }` is somebody's JSON. */
function argumentSource(value: unknown): string {
  if (value instanceof Code) return value.text;
  return isTableElement(value) ? elementSource(value) : valueSource(value);
}

/** A value as TypeScript: literals, sql`…`, arrays and plain objects. */
export function valueSource(value: unknown): string {
  if (isSql(value)) return sqlSource(value.$sql);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (value instanceof Date) return `new Date(${JSON.stringify(value.toISOString())})`;
  if (value instanceof Uint8Array) return `Uint8Array.from([${value.join(", ")}])`;
  if (Array.isArray(value)) return folded("[", value.map(valueSource), "]");
  if (typeof value === "object" && value !== null) return objectSource(value);
  return JSON.stringify(value);
}

/** A carriage return is escaped because JavaScript reads one in a template as a line feed. */
function sqlSource(text: string): string {
  return `sql\`${text.replace(/[\\`]|\$\{/g, "\\$&").replaceAll("\r", "\\r")}\``;
}

function elementSource(spec: TableElement): string {
  switch (spec.element) {
    case "column": {
      const { element, name, type, ...options } = spec;
      return callSource(element, name, type, options);
    }
    case "primaryKey":
    case "unique": {
      const { element, columns, ...options } = spec;
      return callSource(element, columns, options);
    }
    case "check": {
      const { element, condition, ...options } = spec;
      return callSource(element, condition, options);
    }
    case "foreignKey": {
      const { element, columns, referencedTable, referencedColumns, ...options } = spec;
      return callSource(element, columns, referencedTable, referencedColumns, options);
    }
    case "exclude": {
      const { element, elements, ...options } = spec;
      return callSource(element, elements, options);
    }
  }
}

function objectSource(value: object): string {
  const fields = fieldSources(value);
  return fields.length === 0 ? "{}" : folded("{ ", fields, " }");
}

function fieldSources(value: object): string[] {
  return Object.entries(value).map(([key, field]) => `${keySource(key)}: ${valueSource(field)}`);
}

function keySource(key: string): string {
  // Without the brackets it would set the object's prototype.
  if (key === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** On one line where they fit, on a line each otherwise. */
function folded(open: string, parts: readonly string[], close: string): string {
  const oneLine = open + parts.join(", ") + close;
  return fits(oneLine) ? oneLine : onLines(open.trimEnd(), parts, close.trimStart());
}

function onLines(open: string, parts: readonly string[], close: string): string {
  return `${open}\n${parts.map((part) => `${indent(part)},\n`).join("")}${close}`;
}

function fits(line: string): boolean {
  return line.length <= WIDTH && !line.includes("\n");
}

const TEXT_OR_LINE_START = /"(?:\\.|[^"\\])*"|`(?:\\[^]|[^`\\])*`|^/gm;

/** Indents each line of a piece of source but those of a template, whose spaces are part of the SQL. */
export function indent(source: string): string {
  return source.replace(TEXT_OR_LINE_START, (piece, offset: number) =>
    offset === 0 || source[offset - 1] === "\n" ? `  ${piece}` : piece,
  );
}
