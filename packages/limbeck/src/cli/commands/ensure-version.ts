import { ensureVersion, ensureVersionSql, type EnsureVersionResult } from "../../commands/ensure-version.ts";
import { command, flagOption, isSqlResult, type SqlResult } from "../command.ts";

export const spec = command<EnsureVersionResult | SqlResult>({
  options: [{ flags: "--sql", description: "print the SQL instead" }],
  examples: [["limbeck ensure-version", "make the version table"]],
  run: async (context, given) =>
    flagOption(given, "sql") ? { sql: await ensureVersionSql(context) } : await ensureVersion(context),
  render(result) {
    if (isSqlResult(result)) return result.sql;
    return result.created ? "The version table was made." : "The version table is there.";
  },
});
