import { batchDefinition } from "./batch.ts";
import { single } from "./families/all.ts";
import { facesOf, type DefinitionsOf, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { callSource } from "./language/source.ts";
import type { Statement } from "./language/statement.ts";
import type { Operation } from "./operation.ts";

/** Every kind of operation with its faces. A kind without one of them does not compile. */
export const definitions = { ...single, batch: batchDefinition } satisfies DefinitionsOf<Operation>;

export type Definitions = typeof definitions;

/** The SQL of an operation, statement by statement. */
export function statementsOf(operation: Operation): readonly Statement[] {
  return facesOf(definitions, operation).statements(operation);
}

/** What undoes an operation, as far as the operation can tell, or the schema before it; or why nothing can. */
export function reverseOf(operation: Operation, before?: SchemaBefore): Reversal {
  return facesOf(definitions, operation).reverse(operation, before);
}

/** The call that makes an operation, as TypeScript. */
export function sourceOf(operation: Operation): string {
  const { kind, ...fields } = operation;
  return callSource(`op.${kind}`, ...facesOf(definitions, operation).args(fields));
}
