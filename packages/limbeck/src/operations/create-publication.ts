import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import {
  checkPublicationObjects,
  hasObjects,
  publicationLocks,
  publicationObjectsSql,
  publicationParametersSql,
  type PublicationObjects,
  type PublicationParameters,
} from "./language/publication.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface CreatePublicationOptions extends PublicationObjects, PublicationParameters {
  /** All tables of the database, those to come among them. Only a superuser may. */
  readonly allTables?: boolean;
}

export interface CreatePublication extends CreatePublicationOptions {
  readonly kind: "createPublication";
  readonly name: string;
}

/**
 * Creates a publication for logical replication; of nothing, if it is not told of what.
 *
 * @example
 * op.createPublication("news", { tables: ["city", "country"] });
 * // CREATE PUBLICATION news FOR TABLE city, country;
 */
export function createPublication(name: string, options: CreatePublicationOptions = {}): CreatePublication {
  if (options.allTables && hasObjects(options)) {
    throw invalid(
      `op.createPublication("${name}") was given allTables, and tables or schemas beside it.`,
      "Pass one or the other.",
    );
  }
  checkPublicationObjects(`op.createPublication("${name}")`, options);
  return frozen({ kind: "createPublication", name, ...options });
}

function statements(op: CreatePublication): Statement[] {
  const parameters = publicationParametersSql(op);
  const text = clauses(
    `CREATE PUBLICATION ${identifier(op.name)}`,
    op.allTables && "FOR ALL TABLES",
    hasObjects(op) && `FOR ${publicationObjectsSql(op)}`,
    parameters && `WITH ${parameters}`,
  );
  return [statement(text, ...publicationLocks(op))];
}

export const createPublicationDefinition = define({
  build: createPublication,
  statements,
  reverse: ({ name }) => reversedBy(frozen({ kind: "dropPublication", name })),
  args: ({ name, ...options }) => [name, options],
  fields: {
    name: true,
    allTables: true,
    tables: true,
    schemas: true,
    publish: true,
    viaPartitionRoot: true,
    generatedColumns: true,
  },
  docs: {
    summary: "Creates a publication for logical replication; of nothing, if it is not told of what.",
    examples: [
      {
        call: `op.createPublication("news", { tables: ["city", "country"] });`,
        sql: "CREATE PUBLICATION news FOR TABLE city, country;",
      },
      {
        call:
          `op.createPublication("news", {\n` +
          `  tables: [{ table: "city", schema: "atlas", only: true, columns: ["id", "name"], where: "id > 0" }, "river"],\n` +
          `  publish: ["insert", "update"],\n` +
          `  viaPartitionRoot: true,\n` +
          `});`,
        sql:
          "CREATE PUBLICATION news FOR TABLE ONLY atlas.city (id, name) WHERE (id > 0), river " +
          "WITH (publish = 'insert, update', publish_via_partition_root = true);",
      },
      {
        call: `op.createPublication("maps", { tables: ["city"], schemas: ["maps"] });`,
        sql: "CREATE PUBLICATION maps FOR TABLE city, TABLES IN SCHEMA maps;",
      },
      {
        call: `op.createPublication("everything", { allTables: true, generatedColumns: "stored" });`,
        sql: "CREATE PUBLICATION everything FOR ALL TABLES WITH (publish_generated_columns = stored);",
      },
    ],
    manual: ["sql-createpublication"],
  },
});
