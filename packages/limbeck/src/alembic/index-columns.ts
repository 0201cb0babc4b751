import type { ExcludeElement } from "../operations/language/constraint.ts";
import { frozen } from "../operations/language/freeze.ts";
import type { IndexColumn } from "../operations/language/index-column.ts";
import { Sql } from "../operations/language/sql-text.ts";
import { Call, isDict, Method, NotUnderstood, type Dict, type Value } from "./python/values.ts";
import { isSqlExpression, sqlExpression } from "./sql-expression.ts";

const NAME = /^[a-z_][a-z0-9_$]*$/;

/** The columns of an index: names, `sa.text("…")`, functions. Throws NotUnderstood. */
export function readIndexColumns(values: readonly Value[], classes: Dict): (string | Sql | IndexColumn)[] {
  return values.map((value) => {
    const read = readIndexColumn(value);
    const column = typeof read === "object" && "column" in read ? read.column : read;
    const opclass = typeof column === "string" ? classes.get(column) : undefined;
    if (opclass === undefined) return read;
    if (typeof opclass !== "string") throw new NotUnderstood("an operator class is no text");
    return { ...(typeof read === "object" && "column" in read ? read : { column: read }), opclass };
  });
}

function readIndexColumn(value: Value): string | Sql | IndexColumn {
  if (typeof value === "string") return value;
  if (value instanceof Call && value.callee instanceof Method && /^(?:desc|asc)$/.test(value.callee.name)) {
    return { column: plainColumn(readIndexColumn(value.callee.of)), order: value.callee.name as "asc" | "desc" };
  }
  if (value instanceof Call && /^sqlalchemy\.(?:sql\.)?(?:expression\.)?column$/.test(value.name ?? "")) {
    const [name] = value.positional;
    if (typeof name === "string") return name;
  }
  if (isSqlExpression(value)) return indexText(sqlExpression(value));
  throw new NotUnderstood("an index's expression is built in Python");
}

function plainColumn(read: string | Sql | IndexColumn): string | Sql {
  if (typeof read === "object" && "column" in read) throw new NotUnderstood("an index's expression is built in Python");
  return read;
}

const WAYS = /^([^]*?)(?:\s+(\w+_ops))?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i;

/** `lower(name) text_pattern_ops desc nulls last` */
function indexText(text: string): string | Sql | IndexColumn {
  const [, subject = "", opclass, order, nulls] = WAYS.exec(text.trim()) ?? [];
  const column = columnOf(subject);
  const ways = frozen({
    opclass,
    order: order?.toLowerCase() as "asc" | "desc" | undefined,
    nulls: nulls?.toLowerCase() as "first" | "last" | undefined,
  });
  return Object.keys(ways).length === 0 ? column : { column, ...ways };
}

/** A name as it is, anything else as an expression, out of the parentheses around the whole of it. */
function columnOf(text: string): string | Sql {
  if (NAME.test(text)) return text;
  const quoted = /^"((?:[^"]|"")+)"$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll('""', '"');
  if (/\bcollate\b/i.test(text) || !isBalanced(text))
    throw new NotUnderstood(`the index's expression ${text} is not known here`);
  return new Sql(isWrapped(text) ? text.slice(1, -1) : text);
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text.replace(/'(?:[^']|'')*'/g, "")) {
    if (char === "(") depth++;
    else if (char === ")" && --depth < 0) return false;
    else if (char === "," && depth === 0) return false;
  }
  return depth === 0;
}

function isWrapped(text: string): boolean {
  return text.startsWith("(") && text.endsWith(")") && isBalanced(text.slice(1, -1));
}

/** `("room", "="), (sa.text("tsrange(a, b)"), "&&")` */
export function readExcludeElements(values: readonly Value[], classes: Dict): ExcludeElement[] {
  return values.map((value) => {
    const [subject, operator] = Array.isArray(value) && !isDict(value) ? (value as readonly Value[]) : [];
    if (subject === undefined || typeof operator !== "string")
      throw new NotUnderstood("a part of an exclusion is not known here");
    const [column] = readIndexColumns([subject], classes);
    if (typeof column === "object" && "column" in column) {
      const { column: element, ...options } = column;
      return { element, operator, ...options };
    }
    return { element: column!, operator };
  });
}
