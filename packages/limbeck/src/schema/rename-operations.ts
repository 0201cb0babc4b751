import { frozen } from "../operations/language/freeze.ts";
import type { Operation } from "../operations/operation.ts";
import { createSchema } from "../operations/create-schema.ts";
import { renameColumn } from "../operations/rename-column.ts";
import { renameConstraint } from "../operations/rename-constraint.ts";
import { renameDomainConstraint } from "../operations/rename-domain-constraint.ts";
import { renameDomain } from "../operations/rename-domain.ts";
import { renameEnumValue } from "../operations/rename-enum-value.ts";
import { renameEnum } from "../operations/rename-enum.ts";
import { renameIndex } from "../operations/rename-index.ts";
import { renameMaterializedView } from "../operations/rename-materialized-view.ts";
import { renameSequence } from "../operations/rename-sequence.ts";
import { renameTable } from "../operations/rename-table.ts";
import { renameType } from "../operations/rename-type.ts";
import { renameView } from "../operations/rename-view.ts";
import { setSchema, type MovableName } from "../operations/set-schema.ts";
import { renameAttribute } from "../operations/rename-attribute.ts";
import { renamePolicy } from "../operations/rename-policy.ts";
import { renameStatistics } from "../operations/rename-statistics.ts";
import { renameTrigger } from "../operations/rename-trigger.ts";
import { keyOf, type Schema } from "./fact.ts";
import type { RenameHint } from "./renames.ts";

type Name = (name: string | null | undefined) => string | undefined;

/** The calls that rename one after the other. `schemaOption` says which schemas go without saying. */
export function renameOperations(live: Schema, hints: readonly RenameHint[], schemaOption: Name): Operation[] {
  const types = new Set(
    live.facts.filter(({ kind }) => kind === "domain" || kind === "composite type").map(({ key }) => key),
  );
  const schemas = new Set(live.facts.filter(({ kind }) => kind === "schema").map(({ identity: { name } }) => name));
  return hints.flatMap((hint) => {
    const { toSchema, from, to } = hint;
    if (hint.kind === "domain" || hint.kind === "composite type") {
      types.add(keyOf(hint.kind, { schema: toSchema ?? hint.schema, name: to }));
    }
    if (toSchema === undefined) return [renameOperation(hint, schemaOption, types)];
    const home = schemas.has(toSchema) ? [] : [createSchema(toSchema)];
    schemas.add(toSchema);
    const renamedThere = from === to ? [] : [renameOperation({ ...hint, schema: toSchema }, schemaOption, types)];
    const kind = hint.kind === "composite type" ? "type" : (hint.kind as MovableName["kind"]);
    const object = frozen({ kind, schema: schemaOption(hint.schema), name: from }) as MovableName;
    return [...home, setSchema(object, toSchema), ...renamedThere];
  });
}

function renameOperation(
  { kind, schema, relation, from, to }: RenameHint,
  schemaOption: Name,
  types: ReadonlySet<string>,
): Operation {
  const at = frozen({ schema: schemaOption(schema) });
  switch (kind) {
    case "table":
      return renameTable(from, to, at);
    case "column":
      return types.has(keyOf("composite type", { schema, name: relation! }))
        ? renameAttribute(relation!, from, to, at)
        : renameColumn(relation!, from, to, at);
    case "view":
      return renameView(from, to, at);
    case "materialized view":
      return renameMaterializedView(from, to, at);
    case "sequence":
      return renameSequence(from, to, at);
    case "index":
      return renameIndex(from, to, at);
    case "constraint":
      return types.has(keyOf("domain", { schema, name: relation! }))
        ? renameDomainConstraint(relation!, from, to, at)
        : renameConstraint(relation!, from, to, at);
    case "enum":
      return renameEnum(from, to, at);
    case "domain":
      return renameDomain(from, to, at);
    case "composite type":
      return renameType(from, to, at);
    case "trigger":
      return renameTrigger(from, relation!, to, at);
    case "policy":
      return renamePolicy(from, relation!, to, at);
    case "statistics object":
      return renameStatistics(from, to, at);
    case "enum value":
      return renameEnumValue(relation!, from, to, at);
  }
}
