import { lintRules } from "../commands/lint-rules.ts";
import type { Finding, LintResult } from "../commands/lint-result.ts";
import { house } from "../commands/house.ts";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/** The findings as SARIF 2.1.0, the form in which code scanners exchange them (OASIS). */
export function sarif({ findings, notSeen }: LintResult, path: (path: string) => string): object {
  const rules = lintRules();
  const location = (file: string | null, line: number | null): object[] =>
    file === null
      ? []
      : [
          {
            physicalLocation: {
              artifactLocation: { uri: uriOf(path(file)) },
              ...(line === null ? {} : { region: { startLine: line } }),
            },
          },
        ];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "limbeck",
            version: house().version,
            rules: rules.map(({ name, summary, severity }) => ({
              id: name,
              shortDescription: { text: summary },
              fullDescription: { text: summary },
              defaultConfiguration: { level: LEVELS[severity ?? "info"], enabled: severity !== null },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notSeen.map(({ revision, reason, file, line }) => ({
              level: "note",
              message: { text: `Not all of ${revision} was looked at: ${reason}` },
              locations: location(file, line),
            })),
          },
        ],
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: rules.findIndex(({ name }) => name === finding.rule),
          level: LEVELS[finding.severity],
          message: { text: messageOf(finding) },
          locations: location(finding.file, finding.line),
          properties: propertiesOf(finding),
        })),
      },
    ],
  };
}

/** A path as a relative reference (RFC 3986): no part of it may be taken for a scheme, a query or a fragment. */
function uriOf(path: string): string {
  return path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}

function messageOf({ message, recipe }: Finding): string {
  const steps = recipe?.sql ?? [];
  return steps.length === 0 ? message : `${message}\nInstead:\n${steps.join("\n")}`;
}

function propertiesOf({ evidence, revision, statement, lock, relation, measured }: Finding): object {
  return { evidence, revision, statement, lock, relation, ...(measured === null ? {} : { measured }) };
}
