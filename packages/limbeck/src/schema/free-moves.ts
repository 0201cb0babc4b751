import { createSchema } from "../operations/create-schema.ts";
import { frozen } from "../operations/language/freeze.ts";
import type { Operation } from "../operations/operation.ts";
import { setSchema, type MovableName } from "../operations/set-schema.ts";
import { equalAttributes } from "./attributes.ts";
import { keyOf, type Fact, type Schema } from "./fact.ts";
import { FREELY_MOVED_KINDS, moved } from "./moves.ts";
import type { RuleContext } from "./rules/rule.ts";

/**
 * Moves what holds no data to the schema in which the target has the very same, so that what needs it stays as it is.
 * Whatever else has the name there was before has to go along: texts tell things apart by their names alone.
 */
export function withFreeMoves(
  live: Schema,
  target: Schema,
  schemaNamed: RuleContext["schemaNamed"],
): { readonly schema: Schema; readonly operations: readonly Operation[] } {
  const kept = new Set(target.facts.map(({ key }) => key));
  let schema = live;
  const operations: Operation[] = [];
  for (const kind of FREELY_MOVED_KINDS) {
    for (const fact of live.facts.filter((each) => each.kind === kind && !kept.has(each.key))) {
      const home = newHome(fact, schema, target);
      if (home === undefined || !namesakes(fact, schema).every((each) => newHome(each, schema, target) === home))
        continue;
      const { schema: from, name, signature } = fact.identity;
      const after = moved(schema, {
        kind,
        schema: from!,
        name,
        ...(signature !== undefined && { signature }),
        toSchema: home,
      });
      const key = keyOf(kind, { ...fact.identity, schema: home });
      const [here, there] = [after, target].map(({ facts }) => facts.find((each) => each.key === key)!);
      if (here === undefined || !equalAttributes(here.attributes, there!.attributes)) continue;
      if (after.facts.length > schema.facts.length) operations.push(createSchema(home));
      operations.push(setSchema(movableName(fact, schemaNamed), home));
      schema = after;
    }
  }
  return { schema, operations };
}

/** The one schema that has it in the target, where it is not any more where it was. */
function newHome({ kind, key, identity }: Fact, live: Schema, target: Schema): string | undefined {
  if (target.facts.some((other) => other.key === key)) return undefined;
  const homes = target.facts.filter(
    (other) =>
      other.kind === kind && other.identity.name === identity.name && other.identity.signature === identity.signature,
  );
  const [only] = homes;
  if (homes.length !== 1 || live.facts.some((other) => other.key === only!.key)) return undefined;
  return only!.identity.schema!;
}

function namesakes({ key, identity: { schema, name } }: Fact, { facts }: Schema): Fact[] {
  return facts.filter(
    ({ key: other, identity }) =>
      other !== key &&
      identity.schema === schema &&
      identity.name === name &&
      identity.relation === undefined &&
      identity.on === undefined,
  );
}

function movableName({ kind, identity }: Fact, schemaNamed: RuleContext["schemaNamed"]): MovableName {
  const { schema, name, signature } = identity;
  if (kind === "operator class" || kind === "operator family")
    return frozen({ kind, schema: schemaNamed(schema), name, using: signature! });
  const word = kind === "statistics object" ? "statistics" : kind;
  const types = kind === "aggregate" ? signature || "*" : signature;
  return frozen({ kind: word, schema: schemaNamed(schema), name, signature: types }) as MovableName;
}
