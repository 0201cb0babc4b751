import { nearest } from "../../errors/suggest.ts";
import { MAX_BYTES, utf8Length } from "./identifiers.ts";
import { invalid } from "./invalid.ts";
import { md5 } from "./md5.ts";

/** What has a name by convention, by Alembic's keys. */
const NAMED_KINDS = {
  ix: "index",
  uq: "unique constraint",
  ck: "check constraint",
  fk: "foreign key",
  pk: "primary key",
} as const;

export type NamedKind = keyof typeof NAMED_KINDS;

/**
 * Templates of names for indexes and constraints that are given none, with SQLAlchemy's keys and tokens:
 * `{ ix: "ix_%(column_0_label)s", fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s" }`. What has no
 * template gets its name from PostgreSQL.
 */
export type NamingConvention = { readonly [Kind in NamedKind]?: string };

/** What a template speaks of. A column that is an expression has no name. */
export interface Unnamed {
  readonly table: string;
  readonly schema?: string | undefined;
  readonly columns: readonly (string | undefined)[];
  readonly referredTable?: string;
  readonly referredColumns?: readonly string[];
}

const TOKEN = /%(?:%|\(([^)]*)\)s)/g;
const COLUMN_TOKEN = /^(referred_)?column_(\d+|0_?N)_(name|key|label)$/;

/** The tokens of templates, but for those of further columns: `column_1_name`. */
const TOKENS = [
  "table_name",
  "referred_table_name",
  ...["column_0", "column_0N", "column_0_N"].flatMap((column) =>
    ["name", "key", "label"].map((of) => `${column}_${of}`),
  ),
  ...["column_0", "column_0N", "column_0_N"].flatMap((column) =>
    ["name", "key"].map((of) => `referred_${column}_${of}`),
  ),
  "constraint_name",
];

/** What is wrong with a template, or undefined. */
export function templateMistake(template: string): string | undefined {
  const unknown = Array.from(template.matchAll(TOKEN), ([, token]) => token).find(
    (token) => token !== undefined && !TOKENS.includes(token) && !/^(?:referred_)?column_\d+_(?:name|key)$/.test(token),
  );
  if (unknown !== undefined) {
    const meant = nearest(unknown, TOKENS);
    return `there is no %(${unknown})s${meant === undefined ? "" : ` (did you mean %(${meant})s?)`}`;
  }
  return template.replace(TOKEN, "").includes("%")
    ? "a % begins a token, as in %(table_name)s, or is written twice"
    : undefined;
}

/**
 * The name that a convention gives to an index or a constraint; undefined where it has no template for it. Throws
 * OPERATION_INVALID on a template that speaks of what is not there.
 */
export function conventionalName(convention: NamingConvention, kind: NamedKind, unnamed: Unnamed): string | undefined {
  const template = convention[kind];
  if (template === undefined) return undefined;
  const name = template.replace(TOKEN, (text, token: string | undefined) => {
    if (token === undefined) return "%";
    const value = tokenValue(token, unnamed);
    if (value !== undefined) return value;
    throw invalid(
      `The naming convention "${template}" has no ${text} for this ${NAMED_KINDS[kind]} of "${unnamed.table}".`,
      `Give the ${NAMED_KINDS[kind]} a name of its own.`,
    );
  });
  return shortened(name);
}

function tokenValue(
  token: string,
  { table, schema, columns, referredTable, referredColumns }: Unnamed,
): string | undefined {
  if (token === "table_name") return table;
  if (token === "referred_table_name") return referredTable;
  const [, referred, which = "", of] = COLUMN_TOKEN.exec(token) ?? [];
  const names = referred === undefined ? columns : referredColumns;
  if (which === "" || names === undefined) return undefined;
  const prefix = of !== "label" ? "" : `${schema === undefined ? "" : `${schema.replaceAll(".", "_")}_`}${table}_`;
  if (!which.endsWith("N")) {
    const index = Number(which);
    // A column that there is not is nothing in SQLAlchemy: a convention may provide for more than one has.
    if (index > 0 && index >= names.length) return "";
    return names[index] === undefined ? undefined : prefix + names[index];
  }
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return names.map((name) => prefix + name).join(which.includes("_") ? "_" : "");
}

/** A name that PostgreSQL keeps whole, shortened as SQLAlchemy does it: cut, and told from others by its MD5. */
function shortened(name: string): string {
  if (utf8Length(name) <= MAX_BYTES) return name;
  let kept = Array.from(name);
  while (utf8Length(kept.join("")) > MAX_BYTES - 8) kept = kept.slice(0, -1);
  return `${kept.join("")}_${md5(name).slice(-4)}`;
}
