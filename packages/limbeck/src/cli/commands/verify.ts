import { parseDuration } from "../../config/validate.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { verify, type VerifyOptions } from "../../commands/verify.ts";
import { command, textOption, type Given } from "../command.ts";
import { renderVerify } from "../render-verify.ts";

export const spec = command({
  description:
    "Check data and catalogs: orphans of foreign keys, invalid indexes, sequences, rows that a pending revision will not take, drift, and the checks in the folder checks. Nothing is written",
  options: [
    { flags: "--sample <percent>", description: "look for orphans and NULLs in this part of each table only" },
    { flags: "--timeout <time>", description: "how long each query may take, as in 30s (the default) or 5min" },
  ],
  examples: [
    ["limbeck verify", "before a deployment, and after it"],
    ["limbeck verify --sample 1", "look at one percent of big tables"],
  ],
  exitOne: "a check that found an error, or did not come to its end in time",
  run: (context, given) => verify(context, options(given)),
  isYes: ({ ok }) => ok,
  render: renderVerify,
});

function options(given: Given): VerifyOptions {
  const [sample, timeout] = [textOption(given, "sample"), textOption(given, "timeout")];
  const samplePercent = sample === undefined ? undefined : Number(sample.replace(/%$/, ""));
  if (samplePercent !== undefined && !(samplePercent > 0 && samplePercent <= 100)) {
    throw usage(`--sample ${sample} is no percentage.`, "Write it as `--sample 1` for one percent.");
  }
  const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout);
  if (timeout !== undefined && timeoutMs === undefined) {
    throw usage(`--timeout ${timeout} is no length of time.`, "Write it as `--timeout 30s` or `--timeout 5min`.");
  }
  return { samplePercent, timeoutMs };
}

function usage(message: string, hint: string): LimbeckError {
  return new LimbeckError("USAGE", { message, hint });
}
