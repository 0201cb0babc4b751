import { define, madeBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { literal, type Literal } from "./language/literals.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";
import { storageActions } from "./language/storage.ts";
import type { CheckOption, Switch } from "./language/view.ts";

export interface ViewAttributes {
  /** Null for PostgreSQL's default. */
  readonly securityBarrier?: Switch | null;
  /** Null for PostgreSQL's default. */
  readonly securityInvoker?: Switch | null;
  /** Null for none. */
  readonly checkOption?: CheckOption | null;
  /** By column: what an INSERT into the view puts where it says nothing; null for what the table says. */
  readonly defaults?: Readonly<Record<string, Literal | Sql>>;
}

export interface AlterViewOptions extends ViewAttributes {
  readonly schema?: string;

  /** What the view is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: ViewAttributes;
}

export interface AlterView extends AlterViewOptions {
  readonly kind: "alterView";
  readonly name: string;
}

/**
 * Changes the options of a view, and the defaults of its columns. Another query takes `op.createView` with
 * `orReplace`.
 *
 * @example
 * op.alterView("capital", { securityInvoker: true });
 * // ALTER VIEW capital SET (security_invoker = true);
 */
export function alterView(name: string, changes: AlterViewOptions): AlterView {
  const op: AlterView = frozen({ kind: "alterView", name, ...changes });
  if (NAMES.some((attribute) => Object.hasOwn(op, attribute))) return op;
  throw nothingToChange(
    `alterView("${name}")`,
    "at least one of securityBarrier, securityInvoker, checkOption and defaults",
  );
}

const NAMES = ["securityBarrier", "securityInvoker", "checkOption", "defaults"] as const;

function statements(op: AlterView): Statement[] {
  const view = qualified(op.schema, op.name);
  const actions = [
    ...storageActions({
      ...(op.securityBarrier !== undefined && { security_barrier: op.securityBarrier }),
      ...(op.securityInvoker !== undefined && { security_invoker: op.securityInvoker }),
      ...(op.checkOption !== undefined && { check_option: op.checkOption }),
    }),
    ...Object.entries(op.defaults ?? {}).map(([column, value]) =>
      clauses("ALTER COLUMN", identifier(column), value === null ? "DROP DEFAULT" : `SET DEFAULT ${literal(value)}`),
    ),
  ];
  return actions.map((action) => statement(`ALTER VIEW ${view} ${action}`, lock("ACCESS EXCLUSIVE", view)));
}

function reverse({ kind, name, schema, existing, ...changes }: AlterView, before?: SchemaBefore): Reversal {
  const known = attributesBefore(name, schema, before);
  const change = changedBack<ViewAttributes>(changes, { ...known, ...existing }, "view");
  if ("notReversible" in change) return change;
  return reversedBy(alterView(name, frozen({ schema, ...change.back, existing: change.existing })));
}

function attributesBefore(name: string, schema: string | undefined, before?: SchemaBefore): ViewAttributes {
  const made = madeBy(before, { kind: "view", schema, name }, "createView");
  if (made === undefined) return {};
  const { securityBarrier = null, securityInvoker = null, checkOption = null } = made;
  return { securityBarrier, securityInvoker, checkOption };
}

export const alterViewDefinition = define({
  build: alterView,
  statements,
  reverse,
  args: ({ name, ...options }) => [name, options],
  fields: {
    name: true,
    schema: true,
    existing: true,
    securityBarrier: true,
    securityInvoker: true,
    checkOption: true,
    defaults: true,
  },
  docs: {
    summary:
      "Changes the options of a view, and the defaults of its columns. Another query takes `op.createView` with " +
      "`orReplace`.",
    examples: [
      {
        call: `op.alterView("capital", { securityInvoker: true });`,
        sql: "ALTER VIEW capital SET (security_invoker = true);",
      },
      {
        call:
          `op.alterView("capital", {\n` +
          `  schema: "atlas",\n` +
          "  securityBarrier: null,\n" +
          `  checkOption: "cascaded",\n` +
          `  defaults: { name: "unnamed", size: null },\n` +
          "  existing: { securityBarrier: true, checkOption: null, defaults: { name: null, size: 0 } },\n" +
          "});",
        sql:
          "ALTER VIEW atlas.capital SET (check_option = cascaded);\n" +
          "ALTER VIEW atlas.capital RESET (security_barrier);\n" +
          "ALTER VIEW atlas.capital ALTER COLUMN name SET DEFAULT 'unnamed';\n" +
          "ALTER VIEW atlas.capital ALTER COLUMN size DROP DEFAULT;",
      },
    ],
    manual: ["sql-alterview"],
  },
});
