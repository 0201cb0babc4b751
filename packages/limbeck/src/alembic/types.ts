import { qualified } from "../operations/language/identifiers.ts";
import { sqlalchemyCall, Arguments } from "./arguments.ts";
import { Call, Method, Name, NotUnderstood, type Value } from "./python/values.ts";

/** An enum type as a column of a revision speaks of it. */
export interface EnumType {
  readonly name: string;
  readonly schema: string | undefined;
  readonly values: readonly string[];
  /** Whether Alembic creates the type along with a table that uses it. */
  readonly isCreated: boolean;
}

export interface ColumnTypeRead {
  /** In PostgreSQL's words. */
  readonly type: string;
  readonly collation?: string;
  readonly enumType?: EnumType;
}

/** Types without arguments that matter, by the names of their classes. */
const PLAIN: Readonly<Record<string, string>> = {
  Integer: "integer",
  INTEGER: "integer",
  INT: "integer",
  BigInteger: "bigint",
  BIGINT: "bigint",
  SmallInteger: "smallint",
  SMALLINT: "smallint",
  Text: "text",
  TEXT: "text",
  UnicodeText: "text",
  CLOB: "text",
  Boolean: "boolean",
  BOOLEAN: "boolean",
  Date: "date",
  DATE: "date",
  DateTime: "timestamp",
  DATETIME: "timestamp",
  TIMESTAMP: "timestamp",
  Time: "time",
  TIME: "time",
  Interval: "interval",
  INTERVAL: "interval",
  Double: "double precision",
  DOUBLE: "double precision",
  DOUBLE_PRECISION: "double precision",
  REAL: "real",
  LargeBinary: "bytea",
  BYTEA: "bytea",
  PickleType: "bytea",
  JSON: "json",
  JSONB: "jsonb",
  Uuid: "uuid",
  UUID: "uuid",
  INET: "inet",
  CIDR: "cidr",
  MACADDR: "macaddr",
  MACADDR8: "macaddr8",
  HSTORE: "hstore",
  TSVECTOR: "tsvector",
  TSQUERY: "tsquery",
  MONEY: "money",
  OID: "oid",
  REGCLASS: "regclass",
  REGCONFIG: "regconfig",
  CITEXT: "citext",
  INT4RANGE: "int4range",
  INT8RANGE: "int8range",
  NUMRANGE: "numrange",
  DATERANGE: "daterange",
  TSRANGE: "tsrange",
  TSTZRANGE: "tstzrange",
  INT4MULTIRANGE: "int4multirange",
  INT8MULTIRANGE: "int8multirange",
  NUMMULTIRANGE: "nummultirange",
  DATEMULTIRANGE: "datemultirange",
  TSMULTIRANGE: "tsmultirange",
  TSTZMULTIRANGE: "tstzmultirange",
};

const LENGTHS: Readonly<Record<string, string>> = {
  String: "varchar",
  Unicode: "varchar",
  VARCHAR: "varchar",
  NVARCHAR: "varchar",
  AutoString: "varchar",
  CHAR: "char",
  NCHAR: "char",
};

/** What only says how Python treats the values. */
const PYTHON_SIDE = [
  "as_uuid",
  "astext_type",
  "none_as_null",
  "asdecimal",
  "decimal_return_scale",
  "name",
  "create_constraint",
  "create_type",
  "metadata",
  "inherit_schema",
  "validate_strings",
  "values_callable",
  "omit_aliases",
  "zero_indexes",
  "as_tuple",
  "text_type",
  "native",
];

/** A type of SQLAlchemy's, as a class or as a call, in PostgreSQL's words. Throws NotUnderstood. */
export function readType(value: Value): ColumnTypeRead {
  if (value instanceof Name) return readType(new Call(value, [], new Map()));
  if (!(value instanceof Call)) throw new NotUnderstood("a column's type is missing");
  if (value.callee instanceof Method) return variant(value, value.callee);
  const name = sqlalchemyCall(value);
  if (value.name === "pgvector.sqlalchemy.Vector" || value.name === "pgvector.sqlalchemy.vector.VECTOR") {
    return sized("vector", value, ["dim"]);
  }
  if (name === undefined) throw new NotUnderstood(`the type ${value.name} is not known here`);
  if (name === "Enum" || name === "ENUM") return readEnum(value);
  if (name === "ARRAY") return array(value);
  if (name in LENGTHS) return text(LENGTHS[name]!, value);
  if (name === "Numeric" || name === "NUMERIC" || name === "DECIMAL")
    return sized("numeric", value, ["precision", "scale"]);
  if (name === "Float" || name === "FLOAT") return float(value);
  if (name === "BIT") return bit(value);
  const type = Object.hasOwn(PLAIN, name) ? PLAIN[name]! : undefined;
  if (type === undefined) throw new NotUnderstood(`the type ${value.name} is not known here`);
  return plain(type, name, value);
}

function plain(type: string, name: string, call: Call): ColumnTypeRead {
  const args = new Arguments(
    call,
    type === "timestamp" || type === "time" ? ["timezone"] : type === "text" ? ["length"] : [],
  );
  args.ignore(...PYTHON_SIDE);
  if (type === "text") {
    if (args.take("length") !== undefined) throw new NotUnderstood("PostgreSQL's text has no length");
    const collation = args.textOr("collation");
    args.done();
    return { type, ...(collation !== undefined && { collation }) };
  }
  const precision =
    type === "interval" && name === "Interval" ? args.number("second_precision") : args.number("precision");
  const digits = precision === undefined ? "" : `(${precision})`;
  const zone = type === "timestamp" || type === "time" ? args.flag("timezone") : undefined;
  const fields = type === "interval" ? args.textOr("fields") : undefined;
  if (name === "Uuid" && args.flag("native_uuid") === false) return { type: "char(32)" };
  args.done();
  if (type === "interval")
    return { type: `interval${fields === undefined ? "" : ` ${fields.toLowerCase()}`}${digits}` };
  if (precision !== undefined && type !== "timestamp" && type !== "time") {
    throw new NotUnderstood(`${type} has no precision`);
  }
  return { type: `${type}${zone === true ? "tz" : ""}${digits}` };
}

function text(type: string, call: Call): ColumnTypeRead {
  const args = new Arguments(call, ["length", "collation"]);
  const length = args.number("length");
  const collation = args.textOr("collation");
  args.ignore("convert_unicode");
  args.done();
  return { type: length === undefined ? type : `${type}(${length})`, ...(collation !== undefined && { collation }) };
}

function sized(type: string, call: Call, parameters: readonly string[]): ColumnTypeRead {
  const args = new Arguments(call, parameters);
  args.ignore(...PYTHON_SIDE);
  const sizes = parameters.map((parameter) => args.number(parameter)).filter((size) => size !== undefined);
  args.done();
  return { type: sizes.length === 0 ? type : `${type}(${sizes.join(",")})` };
}

function float(call: Call): ColumnTypeRead {
  const { type } = sized("float", call, ["precision"]);
  return { type: type === "float" ? "double precision" : type };
}

function bit(call: Call): ColumnTypeRead {
  const args = new Arguments(call, ["length", "varying"]);
  const length = args.number("length");
  const varying = args.flag("varying") === true;
  args.done();
  return { type: `bit${varying ? " varying" : ""}${length === undefined ? "" : `(${length})`}` };
}

function array(call: Call): ColumnTypeRead {
  const args = new Arguments(call, ["item_type"]);
  args.ignore(...PYTHON_SIDE);
  const item = readType(args.take("item_type") ?? null);
  const dimensions = args.number("dimensions") ?? 1;
  args.done();
  return { ...item, type: `${item.type}${"[]".repeat(dimensions)}` };
}

function readEnum(call: Call): ColumnTypeRead {
  const args = new Arguments(call, []);
  const name = args.textOr("name");
  const schema = args.textOr("schema");
  const isNative = args.flag("native_enum") ?? true;
  const isCreated = args.flag("create_type") ?? true;
  const length = args.number("length");
  const checks = args.flag("create_constraint") === true;
  const values = call.positional;
  if (!values.every((value) => typeof value === "string"))
    throw new NotUnderstood("an enum's values come from a class");
  if (!isNative) {
    if (checks) throw new NotUnderstood("an enum is a text with a condition");
    return { type: `varchar(${length ?? Math.max(...values.map((value) => value.length))})` };
  }
  if (name === undefined) throw new NotUnderstood("an enum has no name");
  return { type: qualified(schema, name), enumType: { name, schema, values, isCreated } };
}

/** `sa.JSON().with_variant(postgresql.JSONB(), "postgresql")` */
function variant(call: Call, { of, name }: Method): ColumnTypeRead {
  const [type, ...dialects] = call.positional;
  if (name !== "with_variant" || type === undefined) throw new NotUnderstood("a column's type is computed");
  return readType(dialects.includes("postgresql") ? type : of);
}
