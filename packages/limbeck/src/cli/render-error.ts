import type { LimbeckError } from "../errors/limbeck-error.ts";
import type { View } from "./command.ts";

/** An error for people: what (with its code), where, which statement, and what to do next. */
export function renderError(error: LimbeckError, { paint, path }: View): string {
  const { where, details, hint } = error;
  const lines = [`${paint.bad("error")} ${paint.strong(error.code)}: ${error.message}`];
  if (where !== undefined) {
    lines.push(`  at ${[path(where.file), where.line, where.column].filter((part) => part !== undefined).join(":")}`);
  }
  if (typeof details["statement"] === "string")
    lines.push(...statementLines(details["statement"], details["position"]));
  if (typeof details["detail"] === "string") lines.push(`  detail: ${details["detail"]}`);
  if (typeof details["sqlstate"] === "string") lines.push(`  sqlstate: ${details["sqlstate"]}`);
  lines.push(`${paint.good("next")}: ${hint}`);
  return lines.join("\n");
}

const CONTEXT_LINES = 4;

/** The statement, or what stands around the place PostgreSQL points at, with a caret under it. */
function statementLines(statement: string, position: unknown): string[] {
  const lines = statement.split(/\r?\n/);
  const at = typeof position === "number" ? lineAt(statement, position) : undefined;
  const first = Math.max(0, (at?.line ?? 0) - CONTEXT_LINES);
  const last = Math.min(lines.length, first + 2 * CONTEXT_LINES + 1);
  const shown = lines.slice(first, last).map((line) => `  | ${line}`);
  if (at !== undefined) shown.splice(at.line - first + 1, 0, `  | ${at.indent}^`);
  if (first > 0) shown.unshift("  | …");
  if (last < lines.length) shown.push("  | …");
  return shown;
}

/** PostgreSQL counts characters from 1. The indent is as wide as what stands in front of the place, tabs included. */
function lineAt(statement: string, position: number): { readonly line: number; readonly indent: string } {
  const before = Array.from(statement)
    .slice(0, position - 1)
    .join("");
  const line = before.split("\n").length - 1;
  return { line, indent: before.slice(before.lastIndexOf("\n") + 1).replace(/[^\t]/g, " ") };
}
