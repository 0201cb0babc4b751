import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { invalid, nothingToChange } from "./language/invalid.ts";
import {
  checkPublicationObjects,
  hasObjects,
  publicationLocks,
  publicationObjectsSql,
  publicationParametersSql,
  type PublicationObjects,
  type PublicationParameters,
} from "./language/publication.ts";
import { statement, type Statement } from "./language/statement.ts";

/** What a publication is of, or how it publishes. */
export interface PublicationAttributes extends PublicationParameters {
  /** All that it is of. */
  readonly set?: PublicationObjects;
}

export interface AlterPublicationOptions extends PublicationAttributes {
  readonly add?: PublicationObjects;
  /** With the columns and conditions of its tables, which are not part of the SQL, the operation can be reversed. */
  readonly drop?: PublicationObjects;
  /** What the publication is like before, of that which is set: with it the operation can be reversed. */
  readonly existing?: PublicationAttributes;
}

export interface AlterPublication extends AlterPublicationOptions {
  readonly kind: "alterPublication";
  readonly name: string;
}

/**
 * Changes what a publication is of, or which changes it publishes.
 *
 * @example
 * op.alterPublication("news", { add: { tables: ["river"] } });
 * // ALTER PUBLICATION news ADD TABLE river;
 */
export function alterPublication(name: string, changes: AlterPublicationOptions): AlterPublication {
  const op: AlterPublication = frozen({ kind: "alterPublication", name, ...changes });
  const { add, drop, set } = op;
  if ([add, drop, set].some((objects) => objects !== undefined && !hasObjects(objects))) {
    throw invalid(`op.alterPublication("${name}") adds, drops or sets nothing.`, "Name at least one table or schema.");
  }
  checkPublicationObjects(`op.alterPublication("${name}")`, set ?? add ?? {});
  if (statements(op).length > 0) return op;
  throw nothingToChange(
    `alterPublication("${name}")`,
    "at least one of add, drop, set, publish, viaPartitionRoot and generatedColumns",
  );
}

function statements(op: AlterPublication): Statement[] {
  const { add, drop, set } = op;
  const alter = `ALTER PUBLICATION ${identifier(op.name)}`;
  const steps: Statement[] = [];
  if (set) steps.push(statement(`${alter} SET ${publicationObjectsSql(set)}`, ...publicationLocks(set)));
  if (drop) {
    const text = `${alter} DROP ${publicationObjectsSql(drop, { namesOnly: true })}`;
    steps.push(statement(text, ...publicationLocks(drop)));
  }
  if (add) steps.push(statement(`${alter} ADD ${publicationObjectsSql(add)}`, ...publicationLocks(add)));
  const parameters = publicationParametersSql(op);
  if (parameters) steps.push(statement(`${alter} SET ${parameters}`));
  return steps;
}

function reverse(op: AlterPublication, before?: SchemaBefore): Reversal {
  const { kind, name, add, drop, existing, ...changes } = op;
  if (op.set !== undefined && (add ?? drop) !== undefined) {
    return notReversible("What is set hides what is added and dropped in the same call.");
  }
  const change = changedBack<PublicationAttributes>(
    changes,
    { ...attributesBefore(op, before), ...existing },
    "publication",
  );
  if ("notReversible" in change) return change;
  const reversedChange = Object.keys(changes).length === 0 ? {} : { ...change.back, existing: change.existing };
  return reversedBy(alterPublication(name, frozen({ ...reversedChange, add: drop, drop: add })));
}

function attributesBefore({ name }: AlterPublication, before?: SchemaBefore): PublicationAttributes {
  const made = madeBy(before, { kind: "publication", name }, "createPublication");
  if (made === undefined) return {};
  const { tables, schemas, publish, viaPartitionRoot = false, generatedColumns = "none" } = made;
  const objects = frozen({ tables, schemas });
  return frozen({
    set: hasObjects(objects) ? objects : undefined,
    publish: publish ?? ["insert", "update", "delete", "truncate"],
    viaPartitionRoot,
    generatedColumns,
  });
}

export const alterPublicationDefinition = define({
  build: alterPublication,
  statements,
  reverse,
  args: ({ name, ...changes }) => [name, changes],
  fields: {
    name: true,
    add: true,
    drop: true,
    set: true,
    publish: true,
    viaPartitionRoot: true,
    generatedColumns: true,
    existing: true,
  },
  docs: {
    summary: "Changes what a publication is of, or which changes it publishes.",
    examples: [
      {
        call: `op.alterPublication("news", { add: { tables: ["river"] } });`,
        sql: "ALTER PUBLICATION news ADD TABLE river;",
      },
      {
        call:
          `op.alterPublication("news", {\n` +
          `  drop: { tables: [{ table: "city", where: "size > 0" }] },\n` +
          `  add: { tables: [{ table: "city", where: "size > 9" }], schemas: ["maps"] },\n` +
          `});`,
        sql:
          "ALTER PUBLICATION news DROP TABLE city;\n" +
          "ALTER PUBLICATION news ADD TABLE city WHERE (size > 9), TABLES IN SCHEMA maps;",
      },
      {
        call:
          `op.alterPublication("news", {\n` +
          `  set: { tables: ["city"] },\n` +
          `  publish: ["insert"],\n` +
          `  viaPartitionRoot: false,\n` +
          `  generatedColumns: "none",\n` +
          `  existing: { set: { tables: ["city", "river"] } },\n` +
          `});`,
        sql:
          "ALTER PUBLICATION news SET TABLE city;\n" +
          "ALTER PUBLICATION news SET (publish = 'insert', publish_via_partition_root = false, " +
          "publish_generated_columns = none);",
      },
    ],
    manual: ["sql-alterpublication"],
  },
});
