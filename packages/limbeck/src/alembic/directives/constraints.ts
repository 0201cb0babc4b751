import { createCheckConstraint } from "../../operations/create-check-constraint.ts";
import { createExcludeConstraint } from "../../operations/create-exclude-constraint.ts";
import { createForeignKey } from "../../operations/create-foreign-key.ts";
import { createPrimaryKey } from "../../operations/create-primary-key.ts";
import { createUniqueConstraint } from "../../operations/create-unique-constraint.ts";
import { dropConstraint, type DropConstraintOptions } from "../../operations/drop-constraint.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { Arguments } from "../arguments.ts";
import { readDeferrable, readReferenceOptions } from "../columns.ts";
import { readExcludeElements } from "../index-columns.ts";
import { NotUnderstood } from "../python/values.ts";
import type { Directive } from "./directive.ts";

export const constraintDirectives: Readonly<Record<string, Directive>> = {
  create_primary_key(call) {
    const args = new Arguments(call, ["constraint_name", "table_name", "columns"]);
    const name = args.textOr("constraint_name") ?? null;
    const [table, columns] = [args.text("table_name"), args.texts("columns")];
    const options = frozen({ schema: args.textOr("schema") });
    args.done();
    return [createPrimaryKey(name, table, columns, options)];
  },
  create_unique_constraint(call) {
    const args = new Arguments(call, ["constraint_name", "table_name", "columns"]);
    const name = args.textOr("constraint_name") ?? null;
    const [table, columns] = [args.text("table_name"), args.texts("columns")];
    const options = frozen({
      schema: args.textOr("schema"),
      nullsNotDistinct: args.flag("postgresql_nulls_not_distinct"),
      ...readDeferrable(args),
    });
    args.done();
    return [createUniqueConstraint(name, table, columns, options)];
  },
  create_foreign_key(call) {
    const parameters = ["constraint_name", "source_table", "referent_table", "local_cols", "remote_cols"];
    const args = new Arguments(call, parameters);
    const name = args.textOr("constraint_name") ?? null;
    const [source, referent] = [args.text("source_table"), args.text("referent_table")];
    const [local, remote] = [args.texts("local_cols"), args.texts("remote_cols")];
    const options = frozen({
      sourceSchema: args.textOr("source_schema"),
      referentSchema: args.textOr("referent_schema"),
      ...readReferenceOptions(args),
      notValid: args.flag("postgresql_not_valid"),
    });
    args.done();
    return [createForeignKey(name, source, referent, local, remote, options)];
  },
  create_check_constraint(call) {
    const args = new Arguments(call, ["constraint_name", "table_name", "condition"]);
    const name = args.textOr("constraint_name") ?? null;
    const [table, condition] = [args.text("table_name"), args.sql("condition")];
    const options = frozen({ schema: args.textOr("schema"), notValid: args.flag("postgresql_not_valid") });
    args.done();
    if (condition === undefined) throw new NotUnderstood("a check constraint has no condition");
    return [createCheckConstraint(name, table, condition, options)];
  },
  create_exclude_constraint(call) {
    const args = new Arguments(call, ["constraint_name", "table_name"]);
    const name = args.textOr("constraint_name") ?? null;
    const table = args.text("table_name");
    const elements = readExcludeElements(args.rest, args.dict("ops"));
    const options = frozen({
      schema: args.textOr("schema"),
      using: args.textOr("using"),
      where: args.sql("where"),
      ...readDeferrable(args),
    });
    args.doneWithRest();
    return [createExcludeConstraint(name, table, elements, options)];
  },
  drop_constraint(call) {
    const args = new Arguments(call, ["constraint_name", "table_name", "type_"]);
    const [name, table] = [args.text("constraint_name"), args.text("table_name")];
    const options = frozen({
      schema: args.textOr("schema"),
      type: args.textOr("type_") as DropConstraintOptions["type"],
      ifExists: args.flag("if_exists"),
    });
    args.done();
    return [dropConstraint(name, table, options)];
  },
};
