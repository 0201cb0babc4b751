import { upgrade, upgradeSql } from "../../commands/upgrade.ts";
import { command, flagOption, isSqlResult, type SqlResult } from "../command.ts";
import { RUN_OPTIONS } from "../run-overrides.ts";
import type { RunResult } from "../../runner/run.ts";
import { renderRun } from "../render-run.ts";

export const spec = command<RunResult | SqlResult>({
  summary: "Run what the database lacks to stand at a revision",
  arguments: [
    { name: "[target]", description: "head (the default), heads, an id, +2, label@head; a range with --sql" },
  ],
  options: [{ flags: "--sql", description: "print a script for psql instead" }, ...RUN_OPTIONS],
  examples: [
    ["limbeck upgrade", "to the head"],
    ["limbeck upgrade +1", "one revision further"],
    ["limbeck upgrade 20250909185058:head --sql > upgrade.sql", "the script from one revision to the head"],
  ],
  async run(context, given) {
    const [target = "head"] = given.arguments;
    return flagOption(given, "sql") ? { sql: await upgradeSql(context, target) } : await upgrade(context, target);
  },
  render: (result) => (isSqlResult(result) ? result.sql : renderRun(result)),
});
