import { queryError } from "../database/query-error.ts";
import { isPostgresError, type Session } from "../database/session.ts";
import { reported } from "../errors/reported.ts";
import { milliseconds } from "../runner/clock.ts";
import type { Authoring } from "../scripts/load.ts";
import { basename } from "node:path";
import { CHECKS } from "./checks/all.ts";
import type { CheckFinding, CheckInput, Probe } from "./checks/check.ts";
import { findUserScripts, runUserScript } from "./user-script.ts";

export interface CheckResult {
  readonly name: string;
  /** Whether it found no error, and came to its end. */
  readonly ok: boolean;
  readonly findings: readonly CheckFinding[];
  /** What it did not get to the end of within the statement timeout. */
  readonly unfinished: readonly string[];
  readonly durationMs: number;
}

/** Asks every question. Each query stands in a transaction of its own that only reads, and is bounded in time. */
export async function runChecks(input: CheckInput, timeoutMs: number): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of CHECKS) {
    results.push(
      await measured(check.name, async (out) => {
        const looked = await readOnly(input.session, timeoutMs, () => check.look(input));
        for (const each of looked) {
          if ("sql" in each) await probe(input.session, each, timeoutMs, out);
          else out.findings.push(each);
        }
      }),
    );
  }
  return results;
}

/** Runs the user's own checks: each row that one gives is a mistake. */
export async function runOwnChecks(
  session: Session,
  {
    folder,
    authoring,
    timeoutMs,
  }: { readonly folder: string; readonly authoring: Authoring; readonly timeoutMs: number },
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const path of findUserScripts(folder)) {
    const object = basename(path);
    results.push(
      await measured(object, async (out) => {
        await untilTimeout(object, out, async () => {
          const rows = await readOnly(session, timeoutMs, () => runUserScript(session, path, authoring));
          if (rows.length === 0) return;
          const message = `${rows.length} ${rows.length === 1 ? "row" : "rows"}, the first: ${JSON.stringify(rows[0])}`;
          out.findings.push({ severity: "error", object, message, rows: rows.length });
        });
      }),
    );
  }
  return results;
}

interface Outcome {
  readonly findings: CheckFinding[];
  readonly unfinished: string[];
}

async function measured(name: string, work: (out: Outcome) => Promise<void>): Promise<CheckResult> {
  const started = milliseconds();
  const out: Outcome = { findings: [], unfinished: [] };
  await work(out);
  const ok = out.unfinished.length === 0 && out.findings.every(({ severity }) => severity !== "error");
  return { name, ok, ...out, durationMs: Math.round(milliseconds() - started) };
}

async function probe(
  session: Session,
  { object, sql, finding, asks }: Probe,
  timeoutMs: number,
  out: Outcome,
): Promise<void> {
  await untilTimeout(object, out, async () => {
    try {
      const [row] = await readOnly(session, timeoutMs, () => session.query<{ n: number }>(sql));
      if (row!.n > 0) out.findings.push({ ...finding(row!.n), object, rows: row!.n });
    } catch (error) {
      if (asks === undefined || !isPostgresError(error) || error.code === "57014") throw error;
      const message = `nobody can say yet whether the rows fit ${asks}: ${error.message}`;
      out.findings.push({ severity: "warning", object, message, rows: null });
    }
  });
}

/** 57014: the statement timeout. */
async function untilTimeout(object: string, { unfinished }: Outcome, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const cause = reported(error).cause;
    if (![error, cause].some((each) => isPostgresError(each) && each.code === "57014")) {
      throw queryError(error, `checking ${object}`) ?? error;
    }
    unfinished.push(object);
  }
}

/** Lets something look at the database that shall not change it, nor take forever. */
export async function readOnly<T>(session: Session, timeoutMs: number, look: () => Promise<T>): Promise<T> {
  await session.script(["BEGIN READ ONLY", `SET LOCAL statement_timeout = ${Math.round(timeoutMs)}`]);
  try {
    return await look();
  } finally {
    await session.script(["ROLLBACK"]);
  }
}
