import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Context } from "./context.ts";
import { migrate } from "./migrate.ts";
import type { BackedUpRunResult } from "./migrate-backed-up.ts";
import type { RunOptions } from "./run-options.ts";
import { verify, type VerifyOptions, type VerifyResult } from "./verify.ts";

export type VerifiedRunResult = BackedUpRunResult & {
  readonly verified: {
    /** Whether all is well after the run; before it, it was. */
    readonly ok: boolean;
    readonly after: VerifyResult;
    /** The tables whose count of rows the run changed; null where a table is not there. */
    readonly rowChanges: readonly {
      readonly table: string;
      readonly before: number | null;
      readonly after: number | null;
    }[];
  };
};

/** Verifies, upgrades, and verifies again. Throws VERIFY_FAILED before anything runs, when the database is not fit for it. */
export async function upgradeVerified(
  context: Context,
  target = "head",
  options: VerifyOptions & RunOptions = {},
): Promise<VerifiedRunResult> {
  const before = await verify(context, options);
  const errors = mistakesOf(before);
  if (errors.length > 0) {
    throw new LimbeckError("VERIFY_FAILED", {
      message: `The database is not fit for the upgrade, and nothing was run: ${errors.join("; ")}.`,
      hint: "`limbeck verify` shows everything that it found. Put it right, or upgrade without --verify.",
      details: { mistakes: errors },
    });
  }
  const result = await migrate(context, "upgrade", target, options);
  const after = await verify(context, options);
  return { ...result, verified: { ok: after.ok, after, rowChanges: rowChanges(before, after) } };
}

/** Drift is no reason not to start: the upgrade may be what ends it. */
function mistakesOf({ checks }: VerifyResult): string[] {
  return checks.flatMap(({ findings, unfinished }) => [
    ...findings.filter(({ severity }) => severity === "error").map(({ object, message }) => `${object}: ${message}`),
    ...unfinished.map((object) => `${object}: not checked to the end in time`),
  ]);
}

/** An estimate moves by itself, so only what was counted says something. */
function rowChanges(before: VerifyResult, after: VerifyResult): VerifiedRunResult["verified"]["rowChanges"] {
  const [then, now] = [before, after].map(({ rows }) => new Map(rows.map((each) => [each.table, each])));
  const tables = Array.from(new Set([...then!.keys(), ...now!.keys()])).toSorted();
  return tables.flatMap((table) => {
    const [old, current] = [then!.get(table), now!.get(table)];
    if (old?.exact === false || current?.exact === false || old?.rows === current?.rows) return [];
    return [{ table, before: old?.rows ?? null, after: current?.rows ?? null }];
  });
}
