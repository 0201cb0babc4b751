import { columns } from "./families/columns.ts";
import { constraints } from "./families/constraints.ts";
import { databases } from "./families/databases.ts";
import { indexes } from "./families/indexes.ts";
import { languages } from "./families/languages.ts";
import { rights } from "./families/rights.ts";
import { routines } from "./families/routines.ts";
import { tables } from "./families/tables.ts";
import { types } from "./families/types.ts";
import { views } from "./families/views.ts";
import type { DefinitionsOf, Faces, Reversal, SchemaBefore } from "./language/definition.ts";
import { callSource } from "./language/source.ts";
import type { Statement } from "./language/statement.ts";
import type { Operation } from "./operation.ts";

/** The kinds of operations by what they are about, as the reference page lists them. */
export const families = {
  "Tables and partitions": tables,
  Columns: columns,
  Constraints: constraints,
  "Indexes and statistics": indexes,
  "Types and sequences": types,
  "Views and rules": views,
  "Functions and triggers": routines,
  "Rights and policies": rights,
  "Collations and text search": languages,
  "Schemas, extensions, publications, and anything else": databases,
};

/** Every kind of operation with its faces. A kind without one of them does not compile. */
export const definitions = {
  ...tables,
  ...columns,
  ...constraints,
  ...indexes,
  ...types,
  ...views,
  ...routines,
  ...rights,
  ...languages,
  ...databases,
} satisfies DefinitionsOf<Operation>;

export type Definitions = typeof definitions;

/** The SQL of an operation, statement by statement. */
export function statementsOf(operation: Operation): readonly Statement[] {
  return definitionOf(operation).statements(operation);
}

/** What undoes an operation, as far as the operation can tell, or the schema before it; or why nothing can. */
export function reverseOf(operation: Operation, before?: SchemaBefore): Reversal {
  return definitionOf(operation).reverse(operation, before);
}

/** The call that makes an operation, as TypeScript. */
export function sourceOf(operation: Operation): string {
  const { kind, ...fields } = operation;
  return callSource(`op.${kind}`, ...definitionOf(operation).args(fields));
}

/** The table's entry for a kind takes just that kind, which TypeScript cannot follow through the lookup. */
function definitionOf(operation: Operation): Faces<Operation> {
  return definitions[operation.kind] as unknown as Faces<Operation>;
}
