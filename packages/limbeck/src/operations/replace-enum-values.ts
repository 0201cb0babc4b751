import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { checkEnumSwap, swapColumns, swapName, type EnumColumn } from "./language/enum-swap.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { quote } from "./language/literals.ts";
import { statement, type Statement } from "./language/statement.ts";

export interface ReplaceEnumValuesOptions {
  readonly schema?: string;
  /** The columns of that type, all of them: PostgreSQL refuses to drop a type that is still in use. */
  readonly columns?: readonly EnumColumn[];
  /** What becomes of an old value in the rows that have it, where that is not the value of the same name. */
  readonly map?: Readonly<Record<string, string>>;
  /** The values that the enum has before: with them the operation can be reversed. */
  readonly existing?: readonly string[];
}

export interface ReplaceEnumValues extends ReplaceEnumValuesOptions {
  readonly kind: "replaceEnumValues";
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * Gives an enum other values, or another order of them, by a new type that takes the place of the old one: all in one
 * transaction, while the tables are rewritten and locked. A row with a value that is gone fails it. Indexes and checks
 * that name a value, and views of the columns, have to be dropped before and made again; so have the type's comment and
 * grants. To add a value, `op.addEnumValue` locks nothing.
 *
 * @example
 * op.replaceEnumValues("mood", ["ok", "happy"], {
 *   columns: [{ table: "city", column: "mood", default: "ok" }],
 *   map: { sad: "ok" },
 *   existing: ["sad", "ok", "happy"],
 * });
 * // ALTER TYPE mood RENAME TO mood_replaced;
 * // CREATE TYPE mood AS ENUM ('ok', 'happy');
 * // ALTER TABLE city ALTER COLUMN mood DROP DEFAULT, ALTER COLUMN mood TYPE mood USING (CASE mood::text WHEN 'sad' THEN 'ok' ELSE mood::text END)::mood, ALTER COLUMN mood SET DEFAULT 'ok';
 * // DROP TYPE mood_replaced;
 */
export function replaceEnumValues(
  name: string,
  values: readonly string[],
  options: ReplaceEnumValuesOptions = {},
): ReplaceEnumValues {
  const op: ReplaceEnumValues = frozen({ kind: "replaceEnumValues", name, values, ...options });
  checkEnumSwap(op);
  return op;
}

function statements(op: ReplaceEnumValues): Statement[] {
  const type = qualified(op.schema, op.name);
  const old = swapName(op.name);
  return [
    statement(`ALTER TYPE ${type} RENAME TO ${identifier(old)}`),
    statement(`CREATE TYPE ${type} AS ENUM (${op.values.map(quote).join(", ")})`),
    ...swapColumns(type, op.columns ?? [], op.map ?? {}),
    statement(`DROP TYPE ${qualified(op.schema, old)}`),
  ];
}

function reverse(op: ReplaceEnumValues, before?: SchemaBefore): Reversal {
  const { name, schema, values, columns, map } = op;
  const existing = op.existing ?? madeBy(before, { kind: "enum", schema, name }, "createEnum")?.values;
  if (existing === undefined) {
    return notReversible("What the enum's values are before, `existing: […]` would have to say.");
  }
  const back = mapBack(map ?? {}, existing);
  const options: ReplaceEnumValuesOptions = frozen({
    schema,
    columns: columns?.map((column) => columnBack(column, back)),
    map: Object.keys(back).length === 0 ? undefined : back,
    existing: values,
  });
  return reversedBy(replaceEnumValues(name, existing, options));
}

/** A value that stood for itself before keeps standing for itself, whatever else was put into it. */
function mapBack(map: Readonly<Record<string, string>>, existing: readonly string[]): Record<string, string> {
  const back: Record<string, string> = {};
  for (const [value, newValue] of Object.entries(map)) {
    const stayed = existing.includes(newValue) && !Object.hasOwn(map, newValue);
    if (!stayed && !Object.hasOwn(back, newValue)) back[newValue] = value;
  }
  return back;
}

function columnBack(column: EnumColumn, back: Readonly<Record<string, string>>): EnumColumn {
  const { default: value, existingDefault, ...rest } = column;
  if (value === undefined) return column;
  const mapped = typeof value === "string" && Object.hasOwn(back, value) ? back[value] : value;
  return frozen({ ...rest, default: existingDefault === undefined ? mapped : existingDefault, existingDefault: value });
}

export const replaceEnumValuesDefinition = define({
  build: replaceEnumValues,
  statements,
  reverse,
  args: ({ name, values, ...options }) => [name, values, options],
  fields: { name: true, values: true, schema: true, columns: true, map: true, existing: true },
  docs: {
    summary:
      "Gives an enum other values, or another order of them, by a new type that takes the place of the old one: all in " +
      "one transaction, while the tables are rewritten and locked. A row with a value that is gone fails it. Indexes and " +
      "checks that name a value, and views of the columns, have to be dropped before and made again; so have the " +
      "type's comment and grants. To add a value, `op.addEnumValue` locks nothing.",
    examples: [
      {
        call:
          `op.replaceEnumValues("mood", ["ok", "happy"], {\n` +
          `  columns: [{ table: "city", column: "mood", default: "ok" }],\n` +
          `  map: { sad: "ok" },\n` +
          `  existing: ["sad", "ok", "happy"],\n` +
          `});`,
        sql:
          "ALTER TYPE mood RENAME TO mood_replaced;\n" +
          "CREATE TYPE mood AS ENUM ('ok', 'happy');\n" +
          "ALTER TABLE city ALTER COLUMN mood DROP DEFAULT, ALTER COLUMN mood TYPE mood USING " +
          "(CASE mood::text WHEN 'sad' THEN 'ok' ELSE mood::text END)::mood, ALTER COLUMN mood SET DEFAULT 'ok';\n" +
          "DROP TYPE mood_replaced;",
      },
      {
        call:
          `op.replaceEnumValues("mood", ["happy", "ok"], {\n` +
          `  schema: "atlas",\n` +
          `  columns: [{ table: "city", schema: "atlas", column: "moods", array: true }],\n` +
          `});`,
        sql:
          "ALTER TYPE atlas.mood RENAME TO mood_replaced;\n" +
          "CREATE TYPE atlas.mood AS ENUM ('happy', 'ok');\n" +
          "ALTER TABLE atlas.city ALTER COLUMN moods TYPE atlas.mood[] USING moods::text[]::atlas.mood[];\n" +
          "DROP TYPE atlas.mood_replaced;",
      },
    ],
    manual: ["datatype-enum", "sql-altertype"],
  },
});
