import { identifier, shortened } from "../operations/language/identifiers.ts";
import type { Recipe } from "./rule.ts";
import type { Subject } from "./subject.ts";

/** A string as TypeScript, for the calls of a recipe. */
export function call(text: string): string {
  return JSON.stringify(text);
}

/** The options object that a call on a table outside the search path needs, or nothing. */
export function inSchema({ name: { schema } }: Subject, more = ""): string {
  const fields = [schema === undefined ? "" : `schema: ${call(schema)}`, more].filter((field) => field !== "");
  return fields.length === 0 ? "" : `, { ${fields.join(", ")} }`;
}

/** NOT NULL without a scan under a lock that stops everybody: by a CHECK that is validated first. */
export function notNullRecipe(subject: Subject, column: string): Recipe {
  const { said, name } = subject;
  const check = shortened(`${name.name}_${column}_is_not_null`);
  const quoted = identifier(check);
  return {
    sql: [
      `ALTER TABLE ${said} ADD CONSTRAINT ${quoted} CHECK (${identifier(column)} IS NOT NULL) NOT VALID;`,
      `ALTER TABLE ${said} VALIDATE CONSTRAINT ${quoted};  -- in a transaction of its own`,
      `ALTER TABLE ${said} ALTER COLUMN ${identifier(column)} SET NOT NULL;`,
      `ALTER TABLE ${said} DROP CONSTRAINT ${quoted};`,
    ],
    operations: [
      `op.createCheckConstraint(${call(check)}, ${call(name.name)}, ${call(`${identifier(column)} IS NOT NULL`)}${inSchema(subject, "notValid: true")});`,
      `op.validateConstraint(${call(check)}, ${call(name.name)}${inSchema(subject)});`,
      `op.alterColumn(${call(name.name)}, ${call(column)}, { nullable: false${name.schema === undefined ? "" : `, schema: ${call(name.schema)}`} });`,
      `op.dropConstraint(${call(check)}, ${call(name.name)}${inSchema(subject)});`,
    ],
  };
}

/** A new column whose values are written batch by batch. */
export function backfillRecipe(subject: Subject, column: string, type: string, value: string): Recipe {
  const { said, name } = subject;
  const quoted = identifier(column);
  return {
    sql: [
      `ALTER TABLE ${said} ADD COLUMN ${quoted} ${type};`,
      `ALTER TABLE ${said} ALTER COLUMN ${quoted} SET DEFAULT ${value};`,
      `UPDATE ${said} SET ${quoted} = ${value} WHERE ${quoted} IS NULL AND …;  -- batch by batch, each in its own transaction`,
    ],
    operations: [
      `op.addColumn(${call(name.name)}, column(${call(column)}, ${call(type)})${inSchema(subject)});`,
      `op.alterColumn(${call(name.name)}, ${call(column)}, { default: sql\`${value}\` });`,
      `op.backfill(${call(name.name)}, { set: { ${call(column)}: sql\`${value}\` }, where: sql\`${quoted} IS NULL\` });`,
    ],
  };
}
