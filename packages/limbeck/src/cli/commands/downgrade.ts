import { downgrade, downgradeDryRun, downgradePlan, downgradeSql } from "../../commands/downgrade.ts";
import { command } from "../command.ts";
import { renderAnswer, RUN_OPTIONS, runForm, SAFETY_OPTIONS, safetyOptions, type RunAnswer } from "../run-forms.ts";

export const spec = command<RunAnswer>({
  arguments: [{ name: "<target>", description: "an id, -1, base, label@base; a range with --sql" }],
  options: [...RUN_OPTIONS, ...SAFETY_OPTIONS],
  examples: [
    ["limbeck downgrade -1", "undo the last revision"],
    ["limbeck downgrade base", "undo everything"],
    ["limbeck downgrade base --plan", "what that would run"],
    ["limbeck downgrade head:base --sql", "the script that undoes everything"],
  ],
  async run(context, given) {
    const target = given.arguments[0]!;
    const form = runForm(given);
    const options = safetyOptions(given, form);
    switch (form) {
      case "sql":
        return { sql: await downgradeSql(context, target) };
      case "plan":
        return await downgradePlan(context, target);
      case "dryRun":
        return await downgradeDryRun(context, target);
      case "run":
        return await downgrade(context, target, options);
    }
  },
  render: renderAnswer,
});
