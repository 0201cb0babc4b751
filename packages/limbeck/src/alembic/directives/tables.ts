import { createIndex } from "../../operations/create-index.ts";
import { createTable } from "../../operations/create-table.ts";
import { createTableComment } from "../../operations/create-table-comment.ts";
import { dropTableComment } from "../../operations/drop-table-comment.ts";
import { dropTable } from "../../operations/drop-table.ts";
import {
  check,
  exclude,
  foreignKey,
  primaryKey,
  unique,
  type ConstraintSpec,
} from "../../operations/language/constraint.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { ColumnSpec } from "../../operations/language/column.ts";
import { renameTable } from "../../operations/rename-table.ts";
import { Arguments, sqlalchemyCall } from "../arguments.ts";
import { readColumn, readDeferrable, readReferenceOptions, referenceTarget, type ReadColumn } from "../columns.ts";
import { readExcludeElements } from "../index-columns.ts";
import { NotUnderstood, type Call, type Value } from "../python/values.ts";
import { indexName, type Directive } from "./directive.ts";

const createTableDirective: Directive = (call, enums) => {
  const args = new Arguments(call, ["table_name"]);
  const name = args.text("table_name");
  const schema = args.textOr("schema");
  const inherits = args.take("postgresql_inherits") ?? [];
  const prefixes = args.texts("prefixes").map((prefix) => prefix.toUpperCase());
  if (prefixes.some((prefix) => !["UNLOGGED", "TEMPORARY", "TEMP"].includes(prefix))) {
    throw new NotUnderstood(`create_table has the prefix ${prefixes.join(" ")}`);
  }
  const parents = Array.isArray(inherits) ? (inherits as readonly Value[]) : [inherits];
  if (!parents.every((parent) => typeof parent === "string")) throw new NotUnderstood("postgresql_inherits is no name");
  const onCommit = args.textOr("postgresql_on_commit")?.toLowerCase().replaceAll("_", " ");
  const options = frozen({
    schema,
    ifNotExists: args.flag("if_not_exists") === true ? true : undefined,
    unlogged: prefixes.includes("UNLOGGED") ? true : undefined,
    temporary: prefixes.some((prefix) => prefix.startsWith("TEMP")) ? true : undefined,
    onCommit: onCommit as "preserve rows" | "delete rows" | "drop" | undefined,
    inherits: parents.length === 0 ? undefined : parents,
    partitionBy: args.textOr("postgresql_partition_by"),
    using: args.textOr("postgresql_using"),
    tablespace: args.textOr("postgresql_tablespace"),
    comment: args.textOr("comment"),
  });
  const columns = args.rest.filter((part) => sqlalchemyCall(part) === "Column").map(readColumn);
  const constraints = args.rest.filter((part) => sqlalchemyCall(part) !== "Column").map(readConstraint);
  args.doneWithRest();
  const specs = keyed(columns, constraints);
  const indexed = columns.filter(({ isIndexed }) => isIndexed);
  return [
    ...enums.neededBy(
      name,
      columns.map(({ enumType }) => enumType),
    ),
    createTable(name, ...specs, ...columnConstraints(columns), ...constraints, options),
    ...indexed.map(({ spec, isUnique }) =>
      createIndex(
        indexName(schema, name, spec.name),
        name,
        [spec.name],
        frozen({ schema, unique: isUnique ? true : undefined }),
      ),
    ),
  ];
};

/** The columns with what they owe to the primary key: NOT NULL, and a sequence for a single number. */
function keyed(columns: readonly ReadColumn[], constraints: readonly ConstraintSpec[]): ColumnSpec[] {
  const named = constraints.find((constraint) => constraint.element === "primaryKey")?.columns;
  const key = named ?? columns.filter(({ isPrimaryKey }) => isPrimaryKey).map(({ spec }) => spec.name);
  return columns.map((read) => {
    if (!key.includes(read.spec.name)) return read.spec;
    const isReferring =
      read.references.length > 0 ||
      constraints.some((each) => each.element === "foreignKey" && each.columns.includes(read.spec.name));
    const counts = read.autoincrement ?? (key.length === 1 && !isReferring);
    const spec = counts ? serial(read.spec) : read.spec;
    return read.nullable === undefined && spec.identity === undefined ? frozen({ ...spec, nullable: false }) : spec;
  });
}

const SERIAL: Readonly<Record<string, string>> = { integer: "serial", bigint: "bigserial", smallint: "smallserial" };

export function serial(spec: ColumnSpec): ColumnSpec {
  const type = SERIAL[spec.type];
  const isGiven = spec.default !== undefined || spec.identity !== undefined || spec.generated !== undefined;
  return type === undefined || isGiven ? spec : frozen({ ...spec, type });
}

/** The constraints that columns carry, as those of their table. */
function columnConstraints(columns: readonly ReadColumn[]): ConstraintSpec[] {
  const key = columns.filter(({ isPrimaryKey }) => isPrimaryKey).map(({ spec }) => spec.name);
  return [
    ...(key.length === 0 ? [] : [primaryKey(key)]),
    // A column that is indexed and unique has one unique index.
    ...columns.filter((read) => read.isUnique && !read.isIndexed).map(({ spec }) => unique([spec.name])),
    ...columns.flatMap(({ spec, references }) =>
      references.map(({ name, target, options }) =>
        foreignKey(
          [spec.name],
          target.table,
          [target.column],
          frozen({ name, referencedSchema: target.schema, ...options }),
        ),
      ),
    ),
  ];
}

function readConstraint(value: Value): ConstraintSpec {
  const call = value as Call;
  switch (sqlalchemyCall(value)) {
    case "PrimaryKeyConstraint": {
      const { columns, ...options } = keyOf(call);
      return primaryKey(columns, options);
    }
    case "UniqueConstraint": {
      const { columns, ...options } = keyOf(call);
      return unique(columns, options);
    }
    case "CheckConstraint": {
      const args = new Arguments(call, ["sqltext", "name"]);
      const [condition, name] = [args.sql("sqltext"), args.textOr("name")];
      args.done();
      if (condition === undefined) throw new NotUnderstood("a check constraint has no condition");
      return check(condition, frozen({ name }));
    }
    case "ForeignKeyConstraint":
      return foreignKeyConstraint(call);
    case "ExcludeConstraint": {
      const args = new Arguments(call, []);
      const elements = readExcludeElements(args.rest, args.dict("ops"));
      const using = args.textOr("using");
      const options = frozen({ name: args.textOr("name"), using, where: args.sql("where"), ...readDeferrable(args) });
      args.doneWithRest();
      return exclude(elements, options);
    }
    default:
      throw new NotUnderstood("create_table has something in it that is neither a column nor a constraint known here");
  }
}

function keyOf(call: Call) {
  const args = new Arguments(call, []);
  if (!args.rest.every((column) => typeof column === "string"))
    throw new NotUnderstood("a constraint's columns are no names");
  const columns = args.rest;
  const isDistinct = args.flag("postgresql_nulls_not_distinct") === true;
  const include = args.texts("postgresql_include");
  const options = frozen({
    name: args.textOr("name"),
    include: include.length === 0 ? undefined : include,
    ...readDeferrable(args),
    ...(isDistinct && { nullsNotDistinct: true }),
  });
  args.doneWithRest();
  return { columns, ...options };
}

function foreignKeyConstraint(call: Call): ConstraintSpec {
  const args = new Arguments(call, ["columns", "refcolumns", "name"]);
  const columns = args.texts("columns");
  const targets = args.texts("refcolumns").map(referenceTarget);
  const [first] = targets;
  const isOne = targets.every(({ table, schema }) => table === first!.table && schema === first!.schema);
  if (first === undefined || !isOne) throw new NotUnderstood("a foreign key refers to several tables");
  const options = frozen({ name: args.textOr("name"), referencedSchema: first.schema, ...readReferenceOptions(args) });
  args.done();
  return foreignKey(
    columns,
    first.table,
    targets.map(({ column }) => column),
    options,
  );
}

export const tableDirectives: Readonly<Record<string, Directive>> = {
  create_table: createTableDirective,
  drop_table(call) {
    const args = new Arguments(call, ["table_name"]);
    const name = args.text("table_name");
    const options = frozen({ schema: args.textOr("schema"), ifExists: args.flag("if_exists") });
    args.done();
    return [dropTable(name, options)];
  },
  rename_table(call) {
    const args = new Arguments(call, ["old_table_name", "new_table_name"]);
    const [from, to] = [args.text("old_table_name"), args.text("new_table_name")];
    const options = frozen({ schema: args.textOr("schema") });
    args.done();
    return [renameTable(from, to, options)];
  },
  create_table_comment(call) {
    const args = new Arguments(call, ["table_name", "comment"]);
    args.ignore("existing_comment");
    const [table, comment] = [args.text("table_name"), args.textOr("comment")];
    const options = frozen({ schema: args.textOr("schema") });
    args.done();
    return [comment === undefined ? dropTableComment(table, options) : createTableComment(table, comment, options)];
  },
  drop_table_comment(call) {
    const args = new Arguments(call, ["table_name"]);
    args.ignore("existing_comment");
    const table = args.text("table_name");
    const options = frozen({ schema: args.textOr("schema") });
    args.done();
    return [dropTableComment(table, options)];
  },
};
