import { missingTimeout } from "../timeout-rule.ts";

export const missingStatementTimeout = missingTimeout("statement_timeout", {
  name: "missing-statement-timeout",
  summary:
    "A statement with a strong lock, and no statement_timeout before it, may hold the lock for as long as it likes.",
  problem: "A scan or a rewrite that takes longer than expected keeps everybody out until somebody notices.",
});
