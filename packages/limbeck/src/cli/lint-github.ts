import type { Finding, LintResult } from "../commands/lint-result.ts";

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const;

/** Annotations of GitHub Actions, one line each (its docs: "Workflow commands"). */
export function githubAnnotations({ findings, notSeen }: LintResult, path: (path: string) => string): string {
  return [
    ...findings.map((finding) => annotation(finding, path)),
    ...notSeen.map(({ revision, reason, file, line }) =>
      commandOf(
        "notice",
        { file: file === null ? null : path(file), line, title: "limbeck lint" },
        `Not all of ${revision} was looked at: ${reason}`,
      ),
    ),
  ].join("\n");
}

function annotation({ severity, file, line, rule, message, recipe }: Finding, path: (path: string) => string): string {
  const steps = recipe === null ? [] : file?.endsWith(".sql") === false ? recipe.operations : recipe.sql;
  const text = [message, ...steps.map((step, index) => (index === 0 ? `Instead: ${step}` : step))].join("\n");
  return commandOf(COMMANDS[severity], { file: file === null ? null : path(file), line, title: rule }, text);
}

function commandOf(name: string, properties: Readonly<Record<string, string | number | null>>, text: string): string {
  const said = Object.entries(properties).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${escaped(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`],
  );
  return `::${name} ${said.join(",")}::${escaped(text)}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
