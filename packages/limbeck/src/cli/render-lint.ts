import type { Finding, FixedFile, LintFixes, LintResult, NotSeen } from "../commands/lint-result.ts";
import type { View } from "./command.ts";
import { githubAnnotations } from "./lint-github.ts";
import { sarif } from "./lint-sarif.ts";
import { humanSize } from "./size-text.ts";

/** What lint found, in one of its forms. */
export function renderLint(result: LintResult, view: View, format: "text" | "json" | "sarif" | "github"): string {
  switch (format) {
    case "json":
      return JSON.stringify(result, null, 2);
    case "sarif":
      return JSON.stringify(sarif(result, view.path), null, 2);
    case "github":
      return githubAnnotations(result, view.path);
    case "text":
      return textOf(result, view);
  }
}

function textOf({ findings, notSeen, fixes }: LintResult, view: View): string {
  const blocks: string[] = [];
  let file: string | null | undefined;
  for (const finding of findings) {
    if (finding.file !== file && finding.file !== null) blocks.push(view.paint.strong(view.path(finding.file)));
    file = finding.file;
    blocks.push(block(finding, view));
  }
  return [
    ...fixLines(fixes, view),
    ...blocks,
    ...notSeen.map((part) => notSeenLine(part, view)),
    summary(findings, view),
  ].join("\n");
}

/** What was fixed, or would be, and what was not. */
function fixLines(fixes: LintFixes | null, { paint, path }: View): string[] {
  if (fixes === null) return [];
  const differences = fixes.files.map((file) => `${coloured(file, paint, path)}\n`);
  const left = fixes.notFixed.map(
    ({ rule, file, line, reason }) =>
      `not fixed: ${rule}${file === null ? "" : ` at ${path(file)}:${line ?? "-"}`}, because ${reason}`,
  );
  if (differences.length + left.length === 0) return ["Nothing to fix", ""];
  return [...differences, ...left, ...(left.length === 0 ? [] : [""])];
}

function coloured(file: FixedFile, paint: View["paint"], path: View["path"]): string {
  return file.difference
    .replaceAll(/^(---|\+\+\+) .*$/gm, (_, mark: string) => paint.strong(`${mark} ${path(file.path)}`))
    .replaceAll(/^-(?!-- ).*$/gm, (line) => paint.bad(line))
    .replaceAll(/^\+(?!\+\+ ).*$/gm, (line) => paint.good(line));
}

function block(finding: Finding, { paint }: View): string {
  const { line, severity, rule, message, evidence, statement, recipe, file } = finding;
  const severityText = severity === "error" ? paint.bad(severity) : severity;
  const steps = (file?.endsWith(".sql") ?? true) || recipe?.operations.length === 0 ? recipe?.sql : recipe?.operations;
  return [
    `  ${line ?? "-"}  ${severityText}  ${rule}: ${message} ${paint.dim(`(${evidence})`)}`,
    ...(statement === "" ? [] : [`      ${paint.dim(short(statement))}`]),
    ...measuredLine(finding).map((text) => `      ${text}`),
    ...costLine(finding).map((text) => `      ${text}`),
    ...(steps ?? []).map((step, index) => `      ${index === 0 ? "instead: " : "         "}${step}`),
    "",
  ].join("\n");
}

function costLine({ lock, relation, size, measured }: Finding): string[] {
  if (lock === null || (measured !== null && size === null)) return [];
  return [`${lock}${relation === null ? "" : ` on ${relation}`}${size === null ? "" : `: ${humanSize(size)}`}`];
}

/** What was seen, as far as the line about the lock does not say it. */
function measuredLine({ measured }: Finding): string[] {
  if (measured === null) return [];
  const { rewritten, scanned, built, invalid, blocks, locks, held } = measured;
  const parts = [
    ...locks.map(({ mode, relation }) => `${mode} on ${relation}`),
    ...held.map(({ mode, relation }) => `${mode} on ${relation} from before`),
    ...rewritten.map((name) => `${name} rewritten`),
    ...built.map((name) => `${name} built`),
    ...scanned.map((name) => `${name} scanned`),
    ...invalid.map((name) => `${name} left invalid`),
    ...(blocks.length === 0 ? [] : [`${blocks.join(" and ")} wait`]),
  ];
  return parts.length === 0 ? [] : [`measured: ${parts.join(", ")}`];
}

/** A statement on one line. */
function short(statement: string): string {
  const line = statement.replace(/\s+/g, " ");
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

function notSeenLine({ revision, reason, file, line }: NotSeen, { paint, path }: View): string {
  const where = file === null ? "" : ` (${path(file)}${line === null ? "" : `:${line}`})`;
  return paint.dim(`Not all of ${revision} was looked at: ${reason}${where}`);
}

function summary(findings: readonly Finding[], { paint }: View): string {
  if (findings.length === 0) return paint.good("Nothing found");
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const word = severity === "info" ? "note" : severity;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  });
  return counts.join(", ");
}
