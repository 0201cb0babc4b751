import { compareSchemas } from "../schema/compare.ts";
import type { Schema } from "../schema/fact.ts";

/** How a schema is not what it was, one line each; none when it is the same. */
export function catalogChanges(now: Schema, then: Schema): string[] {
  const known = new Set(then.unmodelled.map(({ kind, name }) => `${kind} ${name}`));
  const differences = compareSchemas(now, then).map(({ kind, name, change, message }) => {
    if (change === "missing") return `${kind} ${name} does not come back`;
    return change === "unexpected"
      ? `${kind} ${name} is left behind`
      : message.replaceAll(/target (?:has|is)/g, "before it was");
  });
  const left = now.unmodelled.map(({ kind, name }) => `${kind} ${name}`).filter((each) => !known.has(each));
  return [...differences, ...left.map((each) => `${each} is left behind`)];
}
