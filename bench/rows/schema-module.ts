export const TABLES = 500;
/** How many tables have a column more in the schema as it shall be. */
export const CHANGED = 10;

/**
 * A schema in Drizzle: 500 tables with ten columns, two indexes, a unique constraint, a check and a foreign key to the table before it, and an enum for ten tables; and a column
 * more in the first so many.
 */
export function schemaModule(changed: number): string {
  const enums = Array.from(
    { length: TABLES / 10 },
    (_, number) => `export const state${number} = pgEnum("state_${number}", ["new", "open", "done"]);`,
  );
  const tables = Array.from({ length: TABLES }, (_, number) => {
    const table = `t_${String(number).padStart(4, "0")}`;
    const reference = number === 0 ? "" : `.references(() => t${number - 1}.id)`;
    return `export const t${number} = pgTable(
  "${table}",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    parentId: bigint("parent_id", { mode: "number" })${reference},
    name: varchar("name", { length: 100 }).notNull().default("x"),
    email: text("email").notNull(),
    amount: numeric("amount", { precision: 12, scale: 2 }).default("0"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    state: state${Math.floor(number / 10)}("state").notNull().default("new"),
    data: jsonb("data"),
    flag: boolean("flag").default(false),
    n: integer("n"),${number < changed ? '\n    extra: integer("extra"),' : ""}
  },
  (table) => [
    index("ix_${table}_parent").on(table.parentId),
    index("ix_${table}_created").on(table.createdAt, table.state),
    unique("uq_${table}_email").on(table.email),
    check("ck_${table}_amount", sql\`\${table.amount} >= 0\`),
  ],
);`;
  });
  const names =
    "bigint, bigserial, boolean, check, index, integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, unique, varchar";
  return [
    `import { sql } from "drizzle-orm";\nimport { ${names} } from "drizzle-orm/pg-core";`,
    ...enums,
    ...tables,
    "",
  ].join("\n\n");
}
