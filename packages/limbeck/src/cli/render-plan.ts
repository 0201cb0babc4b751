import type { PlannedStatement, PlannedStep, PlannedWork, PlanResult } from "../runner/planned.ts";
import type { View } from "./command.ts";

/** A plan as SQL with comments: what is not a statement stands behind `--`. */
export function renderPlan({ planned, heads }: PlanResult, view: View): string {
  const place = heads.length === 0 ? "base" : heads.join(", ");
  if (planned.length === 0) return `Nothing to do: the database is at ${place}.`;
  const steps = planned.map((step) => stepText(step, view));
  const count = `${planned.length} ${planned.length === 1 ? "step" : "steps"}`;
  return `${steps.join("\n")}\n${view.paint.dim(`-- ${count}; nothing was run; the database would be at ${place}`)}`;
}

function stepText({ direction, title, statements, uncertain }: PlannedStep, { paint }: View): string {
  const lines = [paint.strong(`-- ${direction} ${title}`)];
  if (statements.length === 0 && uncertain === null) lines.push(paint.dim("-- no statements"));
  for (const [index, statement] of statements.entries()) {
    if (index === uncertain?.from) lines.push(paint.bad(`-- uncertain from here: ${uncertain.reason}`));
    lines.push(statementText(statement, (text) => paint.dim(text)));
  }
  if (uncertain !== null && uncertain.from >= statements.length)
    lines.push(paint.bad(`-- uncertain from here: ${uncertain.reason}`));
  return `${lines.join("\n")}\n`;
}

function statementText(statement: PlannedStatement, dim: (text: string) => string): string {
  const notes = [
    ...(statement.done ? ["done by an earlier run"] : []),
    ...(statement.transactional ? [] : ["outside a transaction"]),
    ...locksText(statement),
    ...(statement.work ?? []).map(workText),
  ];
  return `${notes.length === 0 ? "" : `${dim(`-- ${notes.join("; ")}`)}\n`}${statement.sql};`;
}

function locksText({ locks }: PlannedStatement): string[] {
  if (locks === null) return ["locks not known"];
  if (locks.length === 0) return [];
  return [`locks ${locks.map(({ mode, relation }) => `${relation} (${mode})`).join(", ")}`];
}

function workText({ work, relation, certain }: PlannedWork): string {
  const { is, may } = WORK[work];
  return `${certain ? is : `may ${may}`} ${relation ?? "several tables"}`;
}

const WORK: Readonly<Record<PlannedWork["work"], { readonly is: string; readonly may: string }>> = {
  rewrite: { is: "rewrites", may: "rewrite" },
  scan: { is: "scans", may: "scan" },
  "index build": { is: "builds an index of", may: "build an index of" },
};
