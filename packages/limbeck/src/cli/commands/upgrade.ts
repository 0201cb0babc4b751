import { LimbeckError } from "../../errors/limbeck-error.ts";
import { upgrade, upgradeDryRun, upgradePlan, upgradeSql } from "../../commands/upgrade.ts";
import { command, flagOption } from "../command.ts";
import { renderAnswer, RUN_OPTIONS, runForm, SAFETY_OPTIONS, safetyOptions, type RunAnswer } from "../run-forms.ts";

export const spec = command<RunAnswer>({
  arguments: [
    { name: "[target]", description: "head (the default), heads, an id, +2, label@head; a range with --sql" },
  ],
  options: [
    ...RUN_OPTIONS,
    {
      flags: "--allow-data-loss",
      description: "drop tables and columns that have rows, and the like, without being asked",
    },
    { flags: "--no-lint", description: "do not tell what lint finds in what is about to run" },
    ...SAFETY_OPTIONS,
    { flags: "--verify", description: "check data and catalogs before, and refuse to start on an error, and after" },
  ],
  examples: [
    ["limbeck upgrade", "to the head"],
    ["limbeck upgrade +1", "one revision further"],
    ["limbeck upgrade --plan", "what would run, which locks it would take, and what it would rewrite"],
    ["limbeck upgrade --backup --verify", "with a safety copy, and checks before and after"],
    ["limbeck upgrade --dry-run", "try it, and leave nothing"],
    ["limbeck upgrade 20250909185058:head --sql > upgrade.sql", "the script from one revision to the head"],
  ],
  async run(context, given) {
    const [target = "head"] = given.arguments;
    const form = runForm(given);
    const options = { ...safetyOptions(given, form), verify: flagOption(given, "verify") };
    if (form !== "run" && options.verify) {
      throw new LimbeckError("USAGE", {
        message: "--verify is for a run, and --sql, --plan and --dry-run do something else instead of it.",
        hint: "Leave one of them out; `limbeck verify` checks without a run.",
      });
    }
    switch (form) {
      case "sql":
        return { sql: await upgradeSql(context, target) };
      case "plan":
        return await upgradePlan(context, target);
      case "dryRun":
        return await upgradeDryRun(context, target);
      case "run":
        return await upgrade(context, target, options);
    }
  },
  exitOne: "with --verify: data or catalogs that are not as they should be, before the run or after it",
  isYes: (answer) => !("verified" in answer) || answer.verified.ok,
  render: renderAnswer,
});
