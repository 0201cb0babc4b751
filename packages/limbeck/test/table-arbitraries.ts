import fc from "fast-check";
import { addColumn } from "../src/operations/add-column.ts";
import { alterColumn } from "../src/operations/alter-column.ts";
import { createCheckConstraint } from "../src/operations/create-check-constraint.ts";
import { createForeignKey } from "../src/operations/create-foreign-key.ts";
import { createIndex } from "../src/operations/create-index.ts";
import { createSchema } from "../src/operations/create-schema.ts";
import { createTable } from "../src/operations/create-table.ts";
import { createTableComment } from "../src/operations/create-table-comment.ts";
import { createUniqueConstraint } from "../src/operations/create-unique-constraint.ts";
import { column, type ColumnOptions } from "../src/operations/language/column.ts";
import { check, primaryKey, unique } from "../src/operations/language/constraint.ts";
import { identifier } from "../src/operations/language/identifiers.ts";
import { literal, type Literal } from "../src/operations/language/literals.ts";
import { sql } from "../src/operations/language/sql.ts";
import type { Operation } from "../src/operations/operation.ts";
import { renameColumn } from "../src/operations/rename-column.ts";
import { renameTable } from "../src/operations/rename-table.ts";
import { anyName, anyText } from "./arbitraries.ts";

interface AnyColumn {
  readonly type: string;
  readonly options: ColumnOptions;
}

/** A column without its name. An index can be made of each. */
const anyColumn: fc.Arbitrary<AnyColumn> = fc
  .tuple(
    fc.oneof(
      columnOf("text", { default: anyText, collation: fc.constantFrom("C", "POSIX") }),
      columnOf("varchar(20)", { default: anyText.map((text) => Array.from(text).slice(0, 5).join("")) }),
      columnOf("bigint", { default: fc.maxSafeInteger() }),
      columnOf("numeric(30,2)", { default: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }) }),
      columnOf("double precision", { default: fc.double() }),
      columnOf("boolean", { default: fc.boolean() }),
      columnOf("timestamptz", { default: fc.date({ noInvalidDate: true, min: new Date(0) }) }),
      columnOf("bytea", { default: fc.uint8Array() }),
      columnOf("jsonb", {
        default: fc.constantFrom<NonNullable<Literal>[]>({}, { "it's": [1, '"\\'] }, [], [{ a: null }]),
      }),
      columnOf("text[]", {
        default: fc.array(fc.option(anyText), { maxLength: 3 }).map((texts): readonly Literal[] => texts),
      }),
      columnOf("timestamptz", { default: fc.constant(sql`now()`) }),
      columnOf("integer", { identity: fc.constantFrom({ always: true, start: 5 } as const, true as const) }),
      columnOf("text", { generated: anyText.map((text) => ({ expression: sql`CAST(${text} AS text)` })) }),
    ),
    fc.record({ nullable: fc.boolean(), comment: anyText.filter((text) => text !== "") }, { requiredKeys: [] }),
  )
  .map(([{ type, options }, more]) => ({
    type,
    options: { ...more, ...options, ...(options.identity === undefined ? {} : { nullable: false }) },
  }));

function columnOf(
  type: string,
  options: { readonly [Key in keyof ColumnOptions]?: fc.Arbitrary<NonNullable<ColumnOptions[Key]>> },
): fc.Arbitrary<AnyColumn> {
  const given = options as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(given, { requiredKeys: [] }).map((chosen) => ({ type, options: chosen as ColumnOptions }));
}

const NAMES = 20;

/** Operations that make a table and change it, each of which says enough to be reversed. `other (id)` has to be there. */
export const anyHistory: fc.Arbitrary<readonly Operation[]> = fc
  .record({
    names: fc.uniqueArray(anyName.filter(isFree), { minLength: NAMES, maxLength: NAMES }),
    columns: fc.array(anyColumn, { minLength: 1, maxLength: 5 }),
    added: anyColumn,
    comment: anyText.filter((text) => text !== ""),
    text: anyText,
    unlogged: fc.boolean(),
    order: fc.constantFrom("asc", "desc"),
    fillfactor: fc.integer({ min: 10, max: 100 }),
    choices: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  })
  .map(({ names, columns, added, comment, text, unlogged, order, fillfactor, choices }) => {
    const [schema, table, extra, reference, ...rest] = names as [string, string, string, string, ...string[]];
    const columnNames = rest.splice(0, columns.length);
    const [first] = columnNames as [string];
    const name = () => rest.pop()!;
    const condition = `${identifier(first)} IS NOT NULL OR ${literal(text)} <> ''`;
    const either = <T>(value: T) => (choices.pop() ? [value] : []);
    const place = { schema };
    return [
      createSchema(schema),
      createTable(
        table,
        ...columns.map(({ type, options }, index) => column(columnNames[index]!, type, options)),
        ...either(primaryKey([first], { name: name() })),
        ...either(unique(columnNames, { name: name(), deferrable: true })),
        ...either(check(condition, { name: name(), noInherit: true })),
        { schema, unlogged, comment, with: { fillfactor } },
      ),
      addColumn(table, column(extra, added.type, added.options), place),
      addColumn(table, column(reference, "integer"), place),
      ...either(createIndex(name(), table, [{ column: first, order }, extra], { ...place, where: condition })),
      ...either(
        createIndex(name(), table, [sql`coalesce(${sql.raw(identifier(reference))}, 0)`], { ...place, unique: true }),
      ),
      ...either(createUniqueConstraint(name(), table, [extra, reference], place)),
      ...either(createCheckConstraint(name(), table, condition, { ...place, notValid: true })),
      ...either(
        createForeignKey(name(), table, "other", [reference], ["id"], {
          sourceSchema: schema,
          referentSchema: "public",
          onDelete: "cascade",
        }),
      ),
      createTableComment(table, `${comment}!`, { ...place, existingComment: comment }),
      alterColumn(table, reference, {
        schema,
        type: "bigint",
        default: 7,
        nullable: false,
        comment,
        existing: { type: "integer", default: null, nullable: true, comment: null },
      }),
      renameColumn(table, reference, name(), place),
      renameTable(table, name(), place),
    ];
  });

/** A name that PostgreSQL does not keep for itself, and no test does. */
function isFree(name: string): boolean {
  return !/^(?:pg_|information_schema$|public$|house$|other$)/.test(name);
}
