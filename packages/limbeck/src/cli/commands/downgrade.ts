import { downgrade, downgradeSql } from "../../commands/downgrade.ts";
import { command, flagOption, isSqlResult, type SqlResult } from "../command.ts";
import { RUN_OPTIONS } from "../run-overrides.ts";
import type { RunResult } from "../../runner/run.ts";
import { renderRun } from "../render-run.ts";

export const spec = command<RunResult | SqlResult>({
  summary: "Undo what the database has above a revision",
  arguments: [{ name: "<target>", description: "an id, -1, base, label@base; a range with --sql" }],
  options: [{ flags: "--sql", description: "print a script for psql instead, for a range from:to" }, ...RUN_OPTIONS],
  examples: [
    ["limbeck downgrade -1", "undo the last revision"],
    ["limbeck downgrade base", "undo everything"],
    ["limbeck downgrade head:base --sql", "the script that undoes everything"],
  ],
  async run(context, given) {
    const target = given.arguments[0]!;
    return flagOption(given, "sql") ? { sql: await downgradeSql(context, target) } : await downgrade(context, target);
  },
  render: (result) => (isSqlResult(result) ? result.sql : renderRun(result)),
});
