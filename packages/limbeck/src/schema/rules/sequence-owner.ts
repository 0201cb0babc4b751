import { keyOf, type Fact, type Identity } from "../fact.ts";
import type { Side } from "../side.ts";
import type { RuleContext } from "./rule.ts";

/** The column that a sequence belongs to. */
export function ownerColumn(fact: Fact): (Identity & { readonly relation: string }) | undefined {
  return (fact.attributes["ownedBy"] ?? undefined) as (Identity & { readonly relation: string }) | undefined;
}

/** The keys that the owner of a sequence's table may have. */
function tableOwnerKeys(sequence: Fact): string[] {
  const column = ownerColumn(sequence);
  if (column === undefined) return [];
  return (["table", "foreign table"] as const).map((on) =>
    keyOf("owner", { schema: column.schema, name: column.relation, on }),
  );
}

/** Whom a sequence belongs to: the owner of its table, where it has one (manual: CREATE SEQUENCE, OWNED BY). */
export function roleOf(sequence: Fact, { facts }: Side): string | undefined {
  const keys = [...tableOwnerKeys(sequence), keyOf("owner", { ...sequence.identity, on: "sequence" })];
  return keys.flatMap((key) => facts.get(key) ?? [])[0]?.attributes["role"] as string | undefined;
}

/**
 * The owners that the table has to have before a sequence becomes part of it. A new table is its new sequences' owner's,
 * and takes them along to its own.
 */
export function ownersBefore(sequence: Fact, context: RuleContext): readonly string[] {
  const column = ownerColumn(sequence);
  if (column === undefined) return [];
  const table = keyOf("table", { schema: column.schema, name: column.relation });
  return isNew(sequence.key, context) && isNew(table, context) ? [] : tableOwnerKeys(sequence);
}

export function isNew(key: string, { fateOf }: RuleContext): boolean {
  return ["created", "replaced"].includes(fateOf(key));
}

export function stays(key: string, { fateOf }: RuleContext): boolean {
  return ["kept", "changed"].includes(fateOf(key));
}
