import type { Rule } from "../packages/limbeck/src/lint/rule.ts";
import { RULES } from "../packages/limbeck/src/lint/rules.ts";
import { fence, table, written } from "./markdown.ts";

const GROUPS: Readonly<Record<Rule["group"], string>> = {
  blocking: "Blocking: the application waits",
  destructive: "Destructive: data is lost",
  compatibility: "Compatibility: the application that runs asks for what is not there",
  correctness: "Correctness: it fails, or does not do what it says",
  style: "Style",
};

/** The rules of lint, made from the sources. */
export function lintPage(): string {
  return [
    "# Lint rules",
    written,
    "What [`limbeck lint`](../guide/lint.md) knows. Each rule has a name for the configuration and for allowances, a " +
      "severity, the form to use instead, and the locks of that form. A rule that is off is one of taste: the " +
      "configuration turns it on.",
    ...Object.entries(GROUPS).map(([group, title]) => groupTable(group as Rule["group"], title)),
    ...RULES.flatMap(section),
  ].join("\n\n");
}

function groupTable(group: Rule["group"], title: string): string {
  const rules = RULES.filter((rule) => rule.group === group);
  const rows = rules.map(({ name, severity, summary }) => [`[\`${name}\`](#${name})`, severity ?? "off", summary]);
  return `**${title}**\n\n${table(["Rule", "Severity", "What it finds"], rows)}`;
}

function section({ name, summary, severity, since, docs }: Rule): string[] {
  const versions = since === undefined ? "" : ` PostgreSQL ${since} and newer.`;
  return [
    `## ${name}`,
    `${summary} Severity: ${severity ?? "off"}.${versions}`,
    docs.problem,
    "Instead of",
    fence("sql", docs.instead.join("\n")),
    "use",
    fence("sql", docs.use.join("\n")),
    ...(docs.operations.length === 0 ? [] : ["or in a revision", fence("ts", docs.operations.join("\n"))]),
    `Locks: ${docs.locks}`,
  ];
}
