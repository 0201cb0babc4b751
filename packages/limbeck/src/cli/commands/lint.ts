import { lint, lintFile } from "../../commands/lint.ts";
import type { LintResult } from "../../commands/lint-result.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { command, flagOption, textOption, type Given } from "../command.ts";
import { renderLint } from "../render-lint.ts";

export const spec = command<LintResult>({
  description:
    "Find what is dangerous in revisions, or in a file of SQL, before it runs: locks that stop the application, data that is lost, names that it still uses. " +
    "Knows the catalogs of the database for what is not applied there",
  arguments: [{ name: "[range]", description: "revisions, as in a:b, an id, +2; what is not applied when left out" }],
  options: [
    { flags: "--static", description: "look at the statements alone, and at no database" },
    {
      flags: "--trace",
      description: "run them in a scratch database, and measure what each statement locks, rewrites and scans",
    },
    {
      flags: "--scratch <url>",
      description: "the server to make the scratch database on, instead of the database's own",
    },
    { flags: "--fix", description: "write it in its safe form, where that needs no thought" },
    { flags: "--dry-run", description: "with --fix: show the differences, and write nothing" },
    { flags: "--file <file>", description: "a file of SQL instead; with --url it knows that database's catalogs" },
    { flags: "--mode <mode>", description: "how the file is run: in a transaction, or autocommit (the default)" },
    { flags: "--pg <major>", description: "the major version of PostgreSQL to lint for, as in 16" },
    { flags: "--format <form>", description: "text, json, sarif, or github for annotations" },
  ],
  examples: [
    ["limbeck lint", "what is not applied"],
    ["limbeck lint --static --format github", "in CI, without a database"],
    ["limbeck lint --trace", "measured in a scratch database, and not believed"],
    ["limbeck lint --fix --dry-run", "what could be written in its safe form"],
    ["limbeck lint 20250909185058: --json", "from one revision to the heads"],
    ["limbeck lint --file change.sql --url postgresql://db.internal/shop", "SQL that somebody wants to run there"],
  ],
  exitOne: "a finding that is an error",
  async run(context, given) {
    formatOf(given);
    const file = textOption(given, "file");
    const pg = majorVersion(textOption(given, "pg"));
    if (file === undefined) {
      const [range] = given.arguments;
      const fix = fixing(given);
      return await lint(context, { range, pg, static: flagOption(given, "static"), fix, ...tracing(given) });
    }
    const catalog = textOption(given, "url") !== undefined && !flagOption(given, "static");
    return await lintFile(context, file, { pg, catalog, mode: modeOf(textOption(given, "mode")) });
  },
  isYes: ({ findings }) => findings.every(({ severity }) => severity !== "error"),
  render: (result, view, given) => renderLint(result, view, formatOf(given)),
});

function tracing(given: Given): { readonly trace: boolean; readonly scratch: string | undefined } {
  const [trace, scratch] = [flagOption(given, "trace"), textOption(given, "scratch")];
  if (scratch !== undefined && !trace) throw only("--scratch", "--trace", "without");
  if (trace && flagOption(given, "static")) throw only("--trace", "--static", "beside");
  return { trace, scratch };
}

function fixing(given: Given): boolean | "preview" {
  const [fix, isPreview] = [flagOption(given, "fix"), flagOption(given, "dryRun")];
  if (isPreview && !fix) throw only("--dry-run", "--fix", "without");
  return fix && isPreview ? "preview" : fix;
}

function only(flag: string, other: string, how: string): LimbeckError {
  return new LimbeckError("USAGE", {
    message: `${flag} means nothing ${how} ${other}.`,
    hint: "`limbeck lint --help` shows what belongs together.",
  });
}

const FORMATS = ["text", "json", "sarif", "github"] as const;

function formatOf(given: Given): (typeof FORMATS)[number] {
  const format = textOption(given, "format") ?? "text";
  const known = FORMATS.find((each) => each === format);
  if (known !== undefined) return known;
  throw new LimbeckError("USAGE", {
    message: `--format ${format} is none that limbeck lint has.`,
    hint: `Use one of ${FORMATS.join(", ")}.`,
  });
}

function modeOf(mode: string | undefined): "transaction" | "autocommit" | undefined {
  if (mode === undefined || mode === "transaction" || mode === "autocommit") return mode;
  throw new LimbeckError("USAGE", {
    message: `--mode ${mode} is neither transaction nor autocommit.`,
    hint: "Write `--mode transaction` for a file that is run as a whole, as with psql -1.",
  });
}

function majorVersion(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{2}$/.test(text)) return Number(text);
  throw new LimbeckError("USAGE", {
    message: `--pg ${text} is no major version of PostgreSQL.`,
    hint: "Write it as `--pg 16`.",
  });
}
