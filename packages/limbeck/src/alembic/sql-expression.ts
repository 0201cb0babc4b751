import { quote } from "../operations/language/literals.ts";
import { Call, Method, Name, NotUnderstood, type Value } from "./python/values.ts";

/** Functions that SQL calls without parentheses. */
const BARE = new Set([
  "current_date",
  "current_time",
  "current_timestamp",
  "current_user",
  "localtime",
  "localtimestamp",
  "session_user",
  "user",
]);

const TEXT = /^sqlalchemy\b.*\.(?:text|literal_column)$/;
const FUNCTION = /^sqlalchemy\.(?:sql\.)?(?:expression\.)?func\.([\w.]+)$/;
const CONSTANT = /^sqlalchemy\.(?:sql\.)?(?:expression\.)?(true|false|null)$/;

/** Whether a value is SQL and no Python: `sa.text("…")`, `sa.func.now()`, `sa.true()`. */
export function isSqlExpression(value: Value): boolean {
  if (!(value instanceof Call)) return false;
  if (value.callee instanceof Method) return value.callee.name === "bindparams" && isSqlExpression(value.callee.of);
  return [TEXT, FUNCTION, CONSTANT].some((form) => form.test(value.callee instanceof Name ? value.callee.dotted : ""));
}

/** An expression of SQLAlchemy's as SQL. Throws NotUnderstood. */
export function sqlExpression(value: Value): string {
  if (!(value instanceof Call)) throw new NotUnderstood("what should be SQL is something else");
  if (value.callee instanceof Method) return boundText(value, value.callee);
  const [argument] = value.positional;
  const { dotted } = value.callee;
  if (TEXT.test(dotted) && typeof argument === "string" && value.positional.length === 1 && value.keywords.size === 0) {
    return dotted.endsWith("text") ? textSql(argument, new Map()) : argument;
  }
  const constant = CONSTANT.exec(dotted)?.[1];
  if (constant !== undefined) return constant === "null" ? "NULL" : constant;
  const name = FUNCTION.exec(dotted)?.[1];
  if (name === undefined || value.keywords.size > 0) throw new NotUnderstood("an SQL expression is built in Python");
  if (BARE.has(name.toLowerCase()) && value.positional.length === 0) return name.toUpperCase();
  return `${name}(${value.positional.map(argumentSql).join(", ")})`;
}

function boundText(call: Call, { of, name }: Method): string {
  const [text] = of.positional;
  if (name !== "bindparams" || !TEXT.test(of.name ?? "") || typeof text !== "string" || call.positional.length > 0) {
    throw new NotUnderstood("an SQL expression is built in Python");
  }
  return textSql(text, call.keywords);
}

function argumentSql(value: Value): string {
  return isSqlExpression(value) ? sqlExpression(value) : literalSql(value);
}

/** A Python value where SQL expects one. Throws NotUnderstood for what has no literal. */
export function literalSql(value: Value): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value === null) return "NULL";
  throw new NotUnderstood("a value in SQL is built in Python");
}

/** A bind parameter as SQLAlchemy finds one in a text, also inside of quotes. */
const BIND = /(?<![:\w\\]):(\w+)(?!:)/g;

/** A text as SQLAlchemy's `text()` sends it: with its parameters filled in, and `\:` for a colon. */
export function textSql(text: string, parameters: ReadonlyMap<string, Value>): string {
  const filled = text.replace(BIND, (whole, name: string) => {
    const value = parameters.get(name);
    if (value === undefined) throw new NotUnderstood(`its SQL has the parameter ${whole}, which has no value there`);
    return literalSql(value);
  });
  return filled.replace(/\\(?=:)/g, "");
}
