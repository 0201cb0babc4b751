import type { AlterColumn } from "../operations/alter-column.ts";
import { createCheckConstraint } from "../operations/create-check-constraint.ts";
import { createIndex } from "../operations/create-index.ts";
import { createUniqueConstraint } from "../operations/create-unique-constraint.ts";
import { dropConstraint } from "../operations/drop-constraint.ts";
import { identifier, shortened } from "../operations/language/identifiers.ts";
import type { Operation } from "../operations/operation.ts";
import { validateConstraint } from "../operations/validate-constraint.ts";

/** How a call turns into its safe form. */
export interface OperationFix {
  /** An option that is added to the call, and the place of the options among its arguments. */
  readonly option?: { readonly name: "concurrently" | "notValid"; readonly place: number };
  /** What stands in the call's place. */
  readonly instead?: readonly Operation[];
  readonly before?: readonly Operation[];
  readonly after?: readonly Operation[];
}

/** The safe form of an operation that breaks a rule; the reason why there is none that needs no thought. */
export function fixOperation(rule: string, operation: Operation): OperationFix | string {
  switch (operation.kind) {
    case "createIndex":
      return rule === "create-index-blocking" ? withOption("concurrently", 3) : BY_HAND;
    case "dropIndex":
      if (rule !== "drop-index-blocking") return BY_HAND;
      return operation.cascade ? "CONCURRENTLY knows no CASCADE" : withOption("concurrently", 1);
    case "reindex":
      return rule === "reindex-blocking" ? withOption("concurrently", 2) : BY_HAND;
    case "createForeignKey":
      return rule === "add-foreign-key"
        ? validatedLater(operation.name, operation.source, operation.sourceSchema, 5)
        : BY_HAND;
    case "createCheckConstraint":
      return rule === "add-check-constraint"
        ? validatedLater(operation.name, operation.table, operation.schema, 3)
        : BY_HAND;
    case "createUniqueConstraint": {
      if (rule !== "add-unique-constraint") return BY_HAND;
      const { kind, name, table, columns, schema, ...more } = operation;
      if (name === null) return NO_NAME;
      if (Object.keys(more).length > 0) return "it has options that its index may not have";
      const inSchema = schema === undefined ? {} : { schema };
      return {
        instead: [
          createIndex(name, table, columns, { ...inSchema, unique: true, concurrently: true }),
          createUniqueConstraint(name, table, [], { ...inSchema, usingIndex: name }),
        ],
      };
    }
    case "alterColumn":
      return rule === "set-not-null" ? checkedFirst(operation) : BY_HAND;
    default:
      return BY_HAND;
  }
}

/** What of the downgrade undoes an operation, and has to be done CONCURRENTLY as well. */
export function undoes(operation: Operation, other: Operation): boolean {
  const kinds = `${operation.kind} ${other.kind}`;
  if (kinds !== "createIndex dropIndex" && kinds !== "dropIndex createIndex") return false;
  return "name" in operation && "name" in other && operation.name !== null && operation.name === other.name;
}

const BY_HAND = "there is no form that is safe for certain without a thought";
const NO_NAME = "it has no name of its own";

function withOption(name: "concurrently" | "notValid", place: number): OperationFix {
  return { option: { name, place } };
}

function validatedLater(
  name: string | null,
  table: string,
  schema: string | undefined,
  place: number,
): OperationFix | string {
  if (name === null) return NO_NAME;
  const validate = validateConstraint(name, table, schema === undefined ? {} : { schema });
  return { ...withOption("notValid", place), after: [validate] };
}

function checkedFirst({ table, column, schema }: AlterColumn): OperationFix {
  const name = shortened(`${table}_${column}_is_not_null`);
  const inSchema = schema === undefined ? {} : { schema };
  return {
    before: [
      createCheckConstraint(name, table, `${identifier(column)} IS NOT NULL`, { ...inSchema, notValid: true }),
      validateConstraint(name, table, inSchema),
    ],
    after: [dropConstraint(name, table, inSchema)],
  };
}
