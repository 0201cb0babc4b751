import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropPublicationOptions {
  readonly ifExists?: boolean;
}

export interface DropPublication extends DropPublicationOptions {
  readonly kind: "dropPublication";
  readonly name: string;
}

/**
 * Drops a publication. Its subscribers get nothing any more.
 *
 * @example
 * op.dropPublication("news");
 * // DROP PUBLICATION news;
 */
export function dropPublication(name: string, options: DropPublicationOptions = {}): DropPublication {
  return frozen({ kind: "dropPublication", name, ...options });
}

export const dropPublicationDefinition = define({
  build: dropPublication,
  statements: ({ name, ifExists }) => [
    statement(clauses("DROP PUBLICATION", ifExists && "IF EXISTS", identifier(name))),
  ],
  reverse: ({ name }, before) =>
    recreatedBy(
      before,
      { kind: "publication", name },
      "What a dropped publication publishes is not in the call that drops it.",
    ),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, ifExists: true },
  docs: {
    summary: "Drops a publication. Its subscribers get nothing any more.",
    examples: [
      {
        call: `op.dropPublication("news");`,
        sql: "DROP PUBLICATION news;",
      },
      {
        call: `op.dropPublication("news", { ifExists: true });`,
        sql: "DROP PUBLICATION IF EXISTS news;",
      },
    ],
    manual: ["sql-droppublication"],
  },
});
