import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { quote } from "../../operations/language/literals.ts";
import type { SequenceAttributes } from "../../operations/alter-sequence.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Attributes } from "../fact.ts";
import type { Reference } from "./attributes.ts";
import { usualOptions, whole } from "./column-spec.ts";
import { qualifiedSql } from "./names.ts";

interface SequenceChanges {
  readonly before: readonly Operation[];
  readonly changes: Omit<SequenceAttributes, "ownedBy">;
  readonly after: readonly Operation[];
}

/**
 * What turns the options of one sequence into those of the other. PostgreSQL refuses bounds that the sequence's value
 * is outside of, so such a value is moved first, within the old bounds as far as they go.
 */
export function sequenceChanges(live: Attributes, target: Attributes, sequence: Reference): SequenceChanges {
  const number = (from: Attributes, name: string): bigint => BigInt(from[name] as string);
  const differing = (name: string): number | bigint | undefined =>
    live[name] === target[name] ? undefined : whole(target[name] as string);
  const [usualBefore, usualAfter] = [usualOptions(live), usualOptions(target)];
  const isTurned = number(live, "increment") < 0n !== number(target, "increment") < 0n;
  /** A bound that is the type's own follows the type. */
  const bound = (name: string): number | bigint | undefined =>
    !isTurned && live[name] === usualBefore[name] && target[name] === usualAfter[name] ? undefined : differing(name);
  const changes = frozen({
    type: live["type"] === target["type"] ? undefined : (target["type"] as SequenceAttributes["type"]),
    increment: differing("increment"),
    minValue: bound("minimum"),
    maxValue: bound("maximum"),
    start: differing("start"),
    cache: differing("cache"),
    cycle: live["cycle"] === target["cycle"] ? undefined : target["cycle"] === true,
  });
  const [low, high] = [number(target, "minimum"), number(target, "maximum")];
  const before: Operation[] = [];
  const move = (value: bigint, condition: string): void => {
    const within = value >= number(live, "minimum") && value <= number(live, "maximum");
    const name = qualifiedSql(sequence);
    if (!within)
      before.push(
        execute(`ALTER SEQUENCE ${name} ${value < number(live, "minimum") ? "MINVALUE" : "MAXVALUE"} ${value}`),
      );
    before.push(execute(`SELECT setval(${quote(name)}, ${value}, false) FROM ${name} WHERE last_value ${condition}`));
  };
  if (low > number(live, "minimum")) move(low, `< ${low}`);
  if (high < number(live, "maximum")) move(high, `> ${high}`);
  return { before, changes, after: [] };
}
