import { LimbeckError } from "../../errors/limbeck-error.ts";
import { stamp, stampSql, type StampResult } from "../../commands/stamp.ts";
import { command, flagOption, isSqlResult, type SqlResult } from "../command.ts";
import { LOCK_WAIT_OPTION } from "../run-overrides.ts";

export const spec = command<StampResult | SqlResult>({
  arguments: [{ name: "<revisions...>", description: "where the database stands: ids, head, heads, base" }],
  options: [
    { flags: "--purge", description: "empty the version table first, whatever is in it" },
    { flags: "--sql", description: "print a script for psql instead" },
    LOCK_WAIT_OPTION,
  ],
  examples: [
    ["limbeck stamp head", "say that everything is applied"],
    ["limbeck stamp --purge 20250909185058", "replace rows that no file knows"],
  ],
  async run(context, given) {
    const purge = flagOption(given, "purge");
    if (!flagOption(given, "sql")) return await stamp(context, given.arguments, { purge });
    if (purge || given.arguments.length > 1) {
      throw new LimbeckError("USAGE", {
        message: "stamp --sql takes one revision or range, and no --purge: it cannot see what to remove.",
        hint: "Say from where to where: `limbeck stamp <from>:<to> --sql`.",
      });
    }
    return { sql: await stampSql(context, given.arguments[0]!) };
  },
  render: (result) =>
    isSqlResult(result)
      ? result.sql
      : `The version table says ${result.heads.join(", ") || "base"}; it said ${result.before.join(", ") || "base"}.`,
});
