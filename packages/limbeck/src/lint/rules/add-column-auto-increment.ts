import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";
import { displayType } from "../types.ts";
import { identifier, MAX_BYTES, utf8Length } from "../../operations/language/identifiers.ts";
import { call, inSchema } from "../recipes.ts";

export const addColumnAutoIncrement: Rule = {
  name: "add-column-auto-increment",
  group: "blocking",
  severity: "error",
  summary: "A new serial or identity column rewrites the table.",
  docs: {
    problem:
      "Every row that there is gets a number of its own, so the table and all its indexes are rewritten under ACCESS " +
      "EXCLUSIVE. An identity column does not avoid what a serial column does.",
    instead: ["ALTER TABLE city ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;"],
    use: [
      "ALTER TABLE city ADD COLUMN number bigint;",
      "CREATE SEQUENCE city_number_seq OWNED BY city.number;",
      "ALTER TABLE city ALTER COLUMN number SET DEFAULT nextval('city_number_seq');",
      "UPDATE city SET number = nextval('city_number_seq') WHERE number IS NULL AND id BETWEEN 1 AND 1000;  -- and so on",
    ],
    operations: [
      `op.addColumn("city", column("number", "bigint"));`,
      `op.createSequence("city_number_seq");`,
      `op.alterColumn("city", "number", { default: sql\`nextval('city_number_seq')\` });`,
      `op.backfill("city", { set: { number: sql\`nextval('city_number_seq')\` }, where: sql\`number IS NULL\` });`,
    ],
    locks: "ACCESS EXCLUSIVE for a moment to add the column and to set its default, ROW EXCLUSIVE for the rows.",
  },
  check(action, context) {
    if (action.kind !== "add column" || !(action.column.serial || action.column.identity)) return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    const { name, type, serial } = action.column;
    const usual = `${table.name.name}_${name}_seq`;
    const sequence = utf8Length(usual) > MAX_BYTES ? "number_seq" : usual;
    const value = `nextval('${identifier(sequence)}')`;
    return {
      message: `The ${serial ? "serial" : "identity"} column ${name} numbers every row of ${table.said}, which is rewritten with all its indexes.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "rewrite",
      evidence: table.evidence,
      recipe: {
        sql: [
          `ALTER TABLE ${table.said} ADD COLUMN ${identifier(name)} ${displayType(type)};`,
          `CREATE SEQUENCE ${identifier(sequence)} OWNED BY ${table.said}.${identifier(name)};`,
          `ALTER TABLE ${table.said} ALTER COLUMN ${identifier(name)} SET DEFAULT ${value};`,
          `UPDATE ${table.said} SET ${identifier(name)} = ${value} WHERE ${identifier(name)} IS NULL AND …;  -- batch by batch`,
        ],
        operations: [
          `op.addColumn(${call(table.name.name)}, column(${call(name)}, ${call(displayType(type))})${inSchema(table)});`,
          `op.createSequence(${call(sequence)});`,
          `op.alterColumn(${call(table.name.name)}, ${call(name)}, { default: sql\`${value}\` });`,
          `op.backfill(${call(table.name.name)}, { set: { ${call(name)}: sql\`${value}\` }, where: sql\`${identifier(name)} IS NULL\` });`,
        ],
      },
    };
  },
};
