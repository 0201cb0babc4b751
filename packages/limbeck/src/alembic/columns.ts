import { column, type ColumnSpec, type IdentityOptions, type ReferenceAction } from "../operations/language/column.ts";
import type { Literal } from "../operations/language/literals.ts";
import { Sql } from "../operations/language/sql-text.ts";
import { Arguments, sqlalchemyCall } from "./arguments.ts";
import { Call, Name, NotUnderstood, type Value } from "./python/values.ts";
import { isSqlExpression, literalSql, sqlExpression } from "./sql-expression.ts";
import { readType, type EnumType } from "./types.ts";

/** A foreign key that stands in its column. */
export interface ColumnReference {
  readonly name: string | undefined;
  readonly target: ReferenceTarget;
  readonly options: ReferenceOptions;
}

export interface ReferenceTarget {
  readonly schema: string | undefined;
  readonly table: string;
  readonly column: string;
}

export interface ReferenceOptions {
  readonly onDelete?: ReferenceAction;
  readonly onUpdate?: ReferenceAction;
  readonly match?: "full" | "simple";
  readonly deferrable?: boolean;
  readonly initially?: "deferred" | "immediate";
}

/** `sa.Column(…)` as PostgreSQL is told of it. */
export interface ReadColumn {
  /** Without what makes a table's constraint or index of it. */
  readonly spec: ColumnSpec;
  readonly enumType: EnumType | undefined;
  readonly references: readonly ColumnReference[];
  readonly isPrimaryKey: boolean;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
  /** What was said of the column taking NULL. */
  readonly nullable: boolean | undefined;
  readonly autoincrement: boolean | undefined;
}

/** Throws NotUnderstood. */
export function readColumn(value: Value): ReadColumn {
  if (sqlalchemyCall(value) !== "Column") throw new NotUnderstood("a column is made by something else than sa.Column");
  const call = value as Call;
  const [first, second, ...others] = call.positional;
  const isTyped = second !== undefined && !isColumnPart(second);
  const args = new Arguments(
    new Call(call.callee, first === undefined ? [] : [first], call.keywords),
    ["name"],
    "Column",
  );
  const name = args.text("name");
  const type = readType((isTyped ? second : args.take("type_")) ?? null);
  const parts = second !== undefined && !isTyped ? [second, ...others] : others;
  const isPrimaryKey = args.flag("primary_key") === true;
  const nullable = args.flag("nullable");
  const comment = args.textOr("comment");
  const autoincrement = args.take("autoincrement");
  const [isUnique, isIndexed] = [args.flag("unique") === true, args.flag("index") === true];
  const given = args.take("server_default") ?? undefined;
  // What Python fills in leaves no trace in the table.
  args.ignore("default", "onupdate", "insert_default", "server_onupdate");
  args.done();
  const extras = parts.map(readPart);
  const { identity, generated } = Object.assign(
    {},
    given === undefined ? {} : serverDefault(given),
    ...extras,
  ) as Extras;
  const isNull = nullable ?? !isPrimaryKey;
  const expression = given === undefined ? undefined : serverDefault(given).default;
  return {
    spec: column(name, type.type, {
      ...(isNull || identity !== undefined ? {} : { nullable: false }),
      ...(expression !== undefined && { default: expression }),
      ...(identity !== undefined && { identity }),
      ...(generated !== undefined && { generated }),
      ...(type.collation !== undefined && { collation: type.collation }),
      ...(comment !== undefined && { comment }),
    }),
    enumType: type.enumType,
    references: extras.flatMap(({ reference }) => (reference === undefined ? [] : [reference])),
    isPrimaryKey,
    isUnique,
    isIndexed,
    nullable,
    autoincrement: typeof autoincrement === "boolean" ? autoincrement : autoincrement === "ignore_fk" || undefined,
  };
}

interface Extras {
  readonly default?: Literal | Sql;
  readonly identity?: IdentityOptions | true;
  readonly generated?: { readonly expression: string; readonly virtual?: boolean };
  readonly reference?: ColumnReference;
}

const PARTS = new Set(["ForeignKey", "Identity", "Computed"]);

function isColumnPart(value: Value): boolean {
  return PARTS.has(sqlalchemyCall(value) ?? "");
}

function readPart(value: Value): Extras {
  if (sqlalchemyCall(value) === "ForeignKey") return { reference: readReference(value as Call) };
  if (isColumnPart(value)) return serverDefault(value);
  const name = value instanceof Call ? value.name : value instanceof Name ? value.dotted : undefined;
  throw new NotUnderstood(`a column has ${name ?? "something"} in it that is not known here`);
}

/** What PostgreSQL puts in where a row says nothing. */
export function serverDefault(value: Value): Extras {
  const kind = sqlalchemyCall(value);
  if (kind === "Identity") return { identity: readIdentity(value as Call) };
  if (kind === "Computed") return { generated: readComputed(value as Call) };
  if (isSqlExpression(value)) return { default: new Sql(sqlExpression(value)) };
  if (typeof value === "string") return { default: value };
  throw new NotUnderstood("a server_default is built in Python");
}

function readIdentity(call: Call): IdentityOptions | true {
  const args = new Arguments(call, ["always", "start", "increment", "minvalue", "maxvalue"]);
  const numbers = {
    start: args.number("start"),
    increment: args.number("increment"),
    minValue: args.number("minvalue"),
    maxValue: args.number("maxvalue"),
    cache: args.number("cache"),
  };
  const options = {
    always: args.flag("always") === true ? true : undefined,
    cycle: args.flag("cycle") === true ? true : undefined,
    ...numbers,
  };
  args.ignore("on_null", "order");
  args.done();
  const said = Object.fromEntries(Object.entries(options).filter(([, option]) => option !== undefined));
  return Object.keys(said).length === 0 ? true : said;
}

function readComputed(call: Call): { expression: string; virtual?: boolean } {
  const args = new Arguments(call, ["sqltext", "persisted"]);
  const expression = args.sql("sqltext");
  const persisted = args.flag("persisted");
  args.done();
  if (expression === undefined) throw new NotUnderstood("a computed column has no expression");
  return { expression, ...(persisted === false && { virtual: true }) };
}

function readReference(call: Call): ColumnReference {
  const args = new Arguments(call, ["column"]);
  const target = referenceTarget(args.text("column"));
  const name = args.textOr("name");
  const options = readReferenceOptions(args);
  args.done();
  return { name, target, options };
}

/** `schema.table.column` */
export function referenceTarget(text: string): ReferenceTarget {
  const parts = text.split(".");
  const [name, table, ...schema] = parts.toReversed();
  if (name === undefined || table === undefined) throw new NotUnderstood(`${text} names no table and column`);
  return { schema: schema.length === 0 ? undefined : schema.toReversed().join("."), table, column: name };
}

const ACTIONS = new Set(["no action", "restrict", "cascade", "set null", "set default"]);

/** Takes what a foreign key says beside its columns. */
export function readReferenceOptions(args: Arguments): ReferenceOptions {
  const action = (name: string): ReferenceAction | undefined => {
    const text = args.textOr(name)?.toLowerCase();
    if (text !== undefined && !ACTIONS.has(text)) throw new NotUnderstood(`${name} is ${text}`);
    return text as ReferenceAction | undefined;
  };
  const onDelete = action("ondelete");
  const onUpdate = action("onupdate");
  const match = args.textOr("match")?.toLowerCase();
  if (match !== undefined && match !== "full" && match !== "simple") throw new NotUnderstood(`match is ${match}`);
  args.ignore("use_alter", "link_to_name");
  return {
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
    ...(match !== undefined && { match }),
    ...readDeferrable(args),
  };
}

export function readDeferrable(args: Arguments): Pick<ReferenceOptions, "deferrable" | "initially"> {
  const deferrable = args.flag("deferrable");
  const initially = args.textOr("initially")?.toLowerCase();
  if (initially !== undefined && initially !== "deferred" && initially !== "immediate") {
    throw new NotUnderstood(`initially is ${initially}`);
  }
  return { ...(deferrable !== undefined && { deferrable }), ...(initially !== undefined && { initially }) };
}

/** A value of a row. */
export function rowValue(value: Value): Literal | Sql {
  if (isSqlExpression(value)) return new Sql(sqlExpression(value));
  if (value instanceof Call) return timeValue(value);
  if (value instanceof Map || Array.isArray(value)) return JSON.stringify(plainJson(value as Value));
  literalSql(value);
  return value as Literal;
}

/** `datetime.datetime(2024, 1, 31, 12)` and `datetime.date(2024, 1, 31)`, without a time zone. */
function timeValue(call: Call): string {
  const kind = /^datetime\.(?:datetime\.)?(date|datetime)$/.exec(call.name ?? "")?.[1];
  const numbers = call.positional;
  if (kind === undefined || call.keywords.size > 0 || !numbers.every((number) => typeof number === "number")) {
    throw new NotUnderstood("a value of a row is built in Python");
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, micro = 0] = numbers;
  const two = (number: number): string => String(number).padStart(2, "0");
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  if (kind === "date") return date;
  return `${date} ${two(hour)}:${two(minute)}:${two(second)}${micro === 0 ? "" : `.${String(micro).padStart(6, "0")}`}`;
}

function plainJson(value: Value): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, field]) => [key, plainJson(field as Value)]));
  if (Array.isArray(value)) return (value as readonly Value[]).map(plainJson);
  if (typeof value === "object" && value !== null) throw new NotUnderstood("a value of a row is built in Python");
  if (typeof value === "bigint") throw new NotUnderstood("a number in JSON is too large");
  return value;
}
