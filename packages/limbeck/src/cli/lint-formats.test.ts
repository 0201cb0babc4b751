import { describe, expect, it } from "vitest";
import type { Finding, LintResult } from "../commands/lint-result.ts";
import { githubAnnotations } from "./lint-github.ts";
import { sarif } from "./lint-sarif.ts";

const FINDING: Finding = {
  rule: "create-index-blocking",
  severity: "error",
  evidence: "static",
  revision: "r1",
  file: "migrations/a:b #1?, 100%.sql",
  line: 7,
  statement: "CREATE INDEX ix ON city (name)",
  lock: "SHARE",
  relation: "city",
  work: "index build",
  message: '100 % of it:\r\nall, with "quotes"',
  recipe: { sql: ["CREATE INDEX CONCURRENTLY ix ON city (name);"], operations: [] },
  size: null,
  since: 13,
  measured: null,
};

const RESULT: LintResult = {
  findings: [
    FINDING,
    { ...FINDING, severity: "warning", file: null, line: null, recipe: null },
    { ...FINDING, severity: "info", file: "migrations/b.ts", line: null },
  ],
  notSeen: [{ revision: "r2", reason: "it looks, at the database", file: "migrations/c.ts", line: null }],
  traced: null,
  fixes: null,
};

const same = (path: string): string => path;

/** What SARIF 2.1.0 (OASIS, its JSON schema) lets an object have, of what we write, and what it must have. Nothing else may be there. */
const SHAPES = {
  log: { must: ["version", "runs"], may: ["$schema", "properties"] },
  run: { must: ["tool"], may: ["invocations", "results", "artifacts", "columnKind", "properties"] },
  tool: { must: ["driver"], may: ["extensions", "properties"] },
  driver: { must: ["name"], may: ["version", "semanticVersion", "informationUri", "rules", "properties"] },
  rule: {
    must: ["id"],
    may: ["name", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration", "properties"],
  },
  message: { must: ["text"], may: ["markdown", "id", "arguments", "properties"] },
  configuration: { must: [], may: ["enabled", "level", "rank", "parameters", "properties"] },
  invocation: { must: ["executionSuccessful"], may: ["toolExecutionNotifications", "exitCode", "properties"] },
  notification: { must: ["message"], may: ["level", "locations", "descriptor", "properties"] },
  result: { must: ["message"], may: ["ruleId", "ruleIndex", "level", "locations", "fixes", "properties"] },
  location: { must: [], may: ["physicalLocation", "logicalLocations", "message", "properties"] },
  physicalLocation: { must: [], may: ["artifactLocation", "region", "properties"] },
  artifactLocation: { must: [], may: ["uri", "uriBaseId", "index", "properties"] },
  region: { must: [], may: ["startLine", "startColumn", "endLine", "endColumn", "snippet", "properties"] },
} as const;

/** Which shape stands behind which field of which shape; a list's members have it each. */
const FIELDS: Readonly<Record<string, keyof typeof SHAPES>> = {
  "log.runs": "run",
  "run.tool": "tool",
  "tool.driver": "driver",
  "driver.rules": "rule",
  "rule.shortDescription": "message",
  "rule.fullDescription": "message",
  "rule.defaultConfiguration": "configuration",
  "run.invocations": "invocation",
  "invocation.toolExecutionNotifications": "notification",
  "notification.message": "message",
  "notification.locations": "location",
  "run.results": "result",
  "result.message": "message",
  "result.locations": "location",
  "location.physicalLocation": "physicalLocation",
  "physicalLocation.artifactLocation": "artifactLocation",
  "physicalLocation.region": "region",
};

function faults(value: object, shape: keyof typeof SHAPES): string[] {
  const { must, may } = SHAPES[shape];
  const known: readonly string[] = [...must, ...may];
  const missing = must.filter((name) => !(name in value)).map((name) => `${shape} has no ${name}`);
  const inside = Object.entries(value).flatMap(([name, field]) => {
    if (!known.includes(name)) return [`${shape} has ${name}`];
    const next = FIELDS[`${shape}.${name}`];
    return next === undefined ? [] : [field as object].flat().flatMap((each) => faults(each, next));
  });
  return [...missing, ...inside];
}

describe("SARIF", () => {
  const log = JSON.parse(JSON.stringify(sarif(RESULT, same))) as Log;
  const [run] = log.runs;

  it("has what SARIF 2.1.0 asks for, and nothing that it does not know", () => {
    expect(log.version).toBe("2.1.0");
    expect(faults(log, "log")).toEqual([]);
    expect(faults({ ...log, runs: [{ ...run, tools: [] }] }, "log")).toEqual(["run has tools"]);
  });

  it("names rules that are there, once each", () => {
    const { rules } = run.tool.driver;
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  it("knows SARIF's levels only", () => {
    expect(run.results.map(({ level }) => level)).toEqual(["error", "warning", "note"]);
    const levels = new Set(run.tool.driver.rules.map(({ defaultConfiguration }) => defaultConfiguration.level));
    for (const level of levels) expect(["error", "warning", "note", "none"]).toContain(level);
  });

  it("gives a file as a relative reference, and a line only where it is known", () => {
    const [first, second, third] = run.results;
    const place = first!.locations[0]!.physicalLocation;
    expect(place).toEqual({
      artifactLocation: { uri: "migrations/a%3Ab%20%231%3F%2C%20100%25.sql" },
      region: { startLine: 7 },
    });
    expect(new URL(place.artifactLocation.uri, "file:///house/").pathname).toMatch(/^\/house\/migrations\/a%3Ab/);
    expect(second!.locations).toEqual([]);
    expect(third!.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: "migrations/b.ts" } } }]);
  });
});

interface Log {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly { readonly id: string; readonly defaultConfiguration: { readonly level: string } }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: readonly {
          readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        }[];
      }[];
    },
  ];
}

describe("annotations of GitHub", () => {
  it("are one line each, and nothing in them ends a property or a message", () => {
    expect(githubAnnotations(RESULT, same).split("\n")).toEqual([
      "::error file=migrations/a%3Ab #1?%2C 100%25.sql,line=7,title=create-index-blocking::" +
        '100 %25 of it:%0D%0Aall, with "quotes"%0AInstead: CREATE INDEX CONCURRENTLY ix ON city (name);',
      '::warning title=create-index-blocking::100 %25 of it:%0D%0Aall, with "quotes"',
      '::notice file=migrations/b.ts,title=create-index-blocking::100 %25 of it:%0D%0Aall, with "quotes"',
      "::notice file=migrations/c.ts,title=limbeck lint::Not all of r2 was looked at: it looks, at the database",
    ]);
  });
});
