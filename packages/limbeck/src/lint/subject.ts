import type { RelationFacts } from "./catalog.ts";
import { displayName, type ObjectName } from "./names.ts";
import type { Evidence } from "./rule.ts";
import type { RuleContext } from "./rule.ts";
import { sameName } from "./names.ts";
import { isMade } from "./state.ts";

/** A relation that a statement is about, with what is known of it. */
export interface Subject {
  readonly name: ObjectName;
  /** The name as a message and a recipe say it. */
  readonly said: string;
  /** Whether the run itself made it, so that nobody can be waiting for it. */
  readonly isNew: boolean;
  readonly facts: RelationFacts | undefined;
  readonly evidence: Exclude<Evidence, "traced">;
}

export function subjectOf(name: ObjectName, { state, catalog }: RuleContext): Subject {
  const facts = catalog?.relation(name);
  const evidence = facts === undefined ? "static" : "catalog";
  return { name, said: displayName(name), isNew: isMade(state, name), facts, evidence };
}

/** Whether it is certain that there is no relation of that name. */
export function isAbsent(name: ObjectName, { state, catalog }: Pick<RuleContext, "state" | "catalog">): boolean {
  const isKnown = catalog !== undefined && (name.schema !== undefined || state.hasOwnSearchPath);
  return isKnown && catalog.relation(name) === undefined && !state.renamed.some((each) => sameName(each, name));
}
