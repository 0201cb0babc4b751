import { LOCK_MODES } from "../operations/language/statement.ts";
import type { Action } from "./action.ts";
import { stopping, type Measurement } from "./measurement.ts";
import type { Match, Rule } from "./rule.ts";

/**
 * What a rule says of a statement, after that was seen to run: confirmed, or, when it did not do what the rule is about,
 * undefined. What a trace cannot see stays as it is.
 */
export function judged(rule: Rule, match: Match, action: Action, measured: Measurement): Match | undefined {
  const confirmed: Match = { ...match, evidence: "traced" };
  const claims = match.work ?? (match.lock === undefined ? undefined : "lock");
  // Which rows a condition meets, only the rows themselves say.
  const isAboutRows = action.kind === "update" || action.kind === "delete" || action.kind === "insert";
  if (claims === undefined || isAboutRows) return match;
  const saw = seen(match, measured);
  if (saw === undefined) return match;
  if (saw) return confirmed;
  return rule.group === "blocking" ? undefined : match;
}

/** Whether the statement did what the match says; undefined where that could not be seen. */
function seen({ work, lock }: Match, measured: Measurement): boolean | undefined {
  const { renewed, built, scanned, isComplete } = measured;
  if (renewed.length > 0 && work !== undefined) return true;
  if (!isComplete) return undefined;
  if (work !== undefined && work !== "rewrite") return built.length > 0 || scanned.length > 0;
  if (work === "rewrite") return false;
  const wanted = LOCK_MODES.indexOf(lock!);
  return stopping([...measured.locks, ...measured.held]).some(({ mode }) => LOCK_MODES.indexOf(mode) >= wanted);
}
