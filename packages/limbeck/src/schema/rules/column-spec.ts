import { alterColumn } from "../../operations/alter-column.ts";
import { addIdentity } from "../../operations/add-identity.ts";
import { execute } from "../../operations/execute.ts";
import { column, type ColumnSpec, type ColumnStorage, type IdentityOptions } from "../../operations/language/column.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { SequenceOptions } from "../../operations/language/sequence.ts";
import type { Operation } from "../../operations/operation.ts";
import { renameSequence } from "../../operations/rename-sequence.ts";
import { keyOf, type Attributes, type Fact } from "../fact.ts";
import { changedParameters, condition, number, record, text, texts } from "./attributes.ts";
import { defaultValue } from "./default-value.ts";
import { relationSql } from "./names.ts";
import { isConstraintAlone, notNullOperations } from "./not-null.ts";
import { objectName } from "./object-name.ts";
import type { RuleContext } from "./rule.ts";
import { stays } from "./sequence-owner.ts";
import { displayedType } from "./types.ts";

/** A column as createTable and addColumn take it, with the default and the comment that come with it. */
export function columnSpec(fact: Fact, context: RuleContext): ColumnSpec {
  const generated = condition(fact, "generated");
  const identity = text(fact, "identity");
  const inner = context.absorbedBy(fact);
  const ownDefault = inner.find(({ kind }) => kind === "default");
  const comment = inner.find(({ kind }) => kind === "comment");
  return column(
    fact.identity.name,
    displayedType(text(fact, "type")!, context),
    frozen({
      nullable:
        fact.attributes["nullable"] === false && identity === undefined && !isConstraintAlone(fact, context)
          ? false
          : undefined,
      default: ownDefault && defaultValue(text(ownDefault, "expression")!, text(fact, "type")!),
      identity: identity === undefined ? undefined : identityOptions(fact),
      generated:
        generated === undefined
          ? undefined
          : text(fact, "generatedKind") === "virtual"
            ? { expression: generated, virtual: true }
            : { expression: generated },
      collation: simpleCollation(fact),
      compression: text(fact, "compression"),
      comment: comment && text(comment, "text"),
    }),
  );
}

/** The collation where its name alone finds it. */
export function simpleCollation(fact: Fact): string | undefined {
  return nameAlone(text(fact, "collation"));
}

/** The name of a collation that is found without its schema. */
export function nameAlone(name: string | null | undefined): string | undefined {
  const [, bare, quoted] =
    /^(?:(?:pg_catalog|public)\.)?(?:([a-z_][a-z0-9_$]*)|"((?:[^"]|"")+)")$/.exec(name ?? "") ?? [];
  return bare ?? quoted?.replaceAll('""', '"');
}

export function hasSimpleCollation(fact: Fact): boolean {
  return text(fact, "collation") === undefined || simpleCollation(fact) !== undefined;
}

/** What of a column CREATE TABLE does not say. */
export function laterColumnOperations(fact: Fact, context: RuleContext): Operation[] {
  const { name, relation } = fact.identity;
  const schema = context.schema(fact.identity);
  const options = texts(fact, "options");
  const operations: Operation[] = [];
  const storage = text(fact, "storage") as ColumnStorage | undefined;
  const statistics = number(fact, "statistics");
  if (!hasSimpleCollation(fact)) operations.push(execute(collateSql(fact)));
  if (storage !== undefined || statistics !== undefined || options.length > 0) {
    const parameters = options.length === 0 ? undefined : changedParameters([], options);
    operations.push(alterColumn(relation!, name, frozen({ schema, storage, statistics, parameters })));
  }
  // What comes with a parent is changed as something that is there.
  if (fact.attributes["local"] !== false) operations.push(...notNullOperations(undefined, fact, context));
  return [...operations, ...renamedSequence(fact, context)];
}

function collateSql(fact: Fact): string {
  const alter = `ALTER TABLE ${relationSql(fact)} ALTER COLUMN ${identifier(fact.identity.name)}`;
  return `${alter} TYPE ${text(fact, "type")} COLLATE ${text(fact, "collation")}`;
}

/** PostgreSQL names the sequence of an identity column after the table and the column. */
export function renamedSequence(fact: Fact, context: RuleContext): Operation[] {
  const sequence = record(fact, "identitySequence");
  if (sequence === undefined) return [];
  const usual = usualSequenceName(fact, context);
  const schema = context.schema(fact.identity);
  return sequence["name"] === usual ? [] : [renameSequence(usual, sequence["name"] as string, frozen({ schema }))];
}

function usualSequenceName({ identity: { schema, relation, name } }: Fact, context: RuleContext): string {
  for (let count = 0; ; count++) {
    const usual = objectName(relation!, name, count === 0 ? "seq" : `seq${count}`);
    const key = keyOf("sequence", { schema, name: usual });
    const isTaken = context.target.facts.has(key) && stays(key, context);
    if (!isTaken) return usual;
  }
}

function identityOptions(fact: Fact): IdentityOptions | true {
  const options: IdentityOptions = {
    ...(text(fact, "identity") === "always" && { always: true }),
    ...sequenceOptions(record(fact, "identitySequence") ?? {}),
  };
  return Object.keys(options).length === 0 ? true : options;
}

export function addIdentityOperation(fact: Fact, context: RuleContext): Operation {
  const options = identityOptions(fact);
  const { relation, name } = fact.identity;
  return addIdentity(
    relation!,
    name,
    frozen({ ...(options === true ? {} : options), schema: context.schema(fact.identity) }),
  );
}

/** The options of a sequence that are not what its type and its direction give it. */
export function sequenceOptions(attributes: Attributes): SequenceOptions {
  const usual = usualOptions(attributes);
  const differing = (name: string): number | bigint | undefined => {
    const value = attributes[name];
    return typeof value !== "string" || value === usual[name] ? undefined : whole(value);
  };
  return frozen({
    start: differing("start"),
    increment: differing("increment"),
    minValue: differing("minimum"),
    maxValue: differing("maximum"),
    cache: differing("cache"),
    cycle: attributes["cycle"] === true ? true : undefined,
  });
}

const LARGEST: Readonly<Record<string, bigint>> = {
  smallint: 32_767n,
  integer: 2_147_483_647n,
  bigint: 9_223_372_036_854_775_807n,
};

/** What PostgreSQL chooses (manual: CREATE SEQUENCE). */
export function usualOptions(attributes: Attributes): Readonly<Record<string, string>> {
  const largest = LARGEST[attributes["type"] as string] ?? LARGEST["bigint"]!;
  const ascending = !(attributes["increment"] as string).startsWith("-");
  const minimum = ascending ? "1" : String(-largest - 1n);
  const maximum = ascending ? String(largest) : "-1";
  const start = attributes[ascending ? "minimum" : "maximum"] as string;
  return { increment: "1", minimum, maximum, start, cache: "1" };
}

export function whole(value: string): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value);
}
