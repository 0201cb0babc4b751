import { missingTimeout } from "../timeout-rule.ts";

export const missingLockTimeout = missingTimeout("lock_timeout", {
  name: "missing-lock-timeout",
  summary:
    "A statement with a strong lock, and no lock_timeout before it, makes everybody queue behind it while it waits.",
  problem:
    "Every ACCESS EXCLUSIVE statement waits behind running transactions, and all later queries wait behind it. limbeck sets one by itself.",
});
