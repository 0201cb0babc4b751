import { readSchema } from "../database/read-schema.ts";
import type { Session } from "../database/session.ts";
import { isLimbeckError, type LimbeckError } from "../errors/limbeck-error.ts";
import { reported } from "../errors/reported.ts";
import type { Revision, Step } from "../revisions/revision.ts";
import { milliseconds } from "../runner/clock.ts";
import type { RunContext } from "../runner/run-context.ts";
import type { RunStep } from "../runner/single-steps.ts";
import { loadStep } from "../runner/step-source.ts";
import type { Exclusion } from "../schema/exclude.ts";
import type { Schema } from "../schema/fact.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import { catalogChanges } from "./catalog-changes.ts";
import { seedRows, type TableName } from "./seed-rows.ts";
import { lostRows, readTableRows, type TableRows } from "./table-rows.ts";
import { runUserScript } from "./user-script.ts";

/** What the way up, down and up again says of one revision. */
export interface RevisionTest {
  readonly revision: string;
  readonly message: string;
  readonly path: string;
  readonly ok: boolean;
  /**
   * What up and down again make of rows that were there before: all are as they were, some are lost or changed, or there
   * is no way down. Null where that could not be seen.
   */
  readonly data: "lossless" | "lossy" | "irreversible" | null;
  /** What rows from before the upgrade lose on the way up and down. */
  readonly lost: readonly string[];
  /** What rows from after the upgrade lose on the way down and up. */
  readonly lostByDowngrade: readonly string[];
  /** Why it is not ok. */
  readonly problems: readonly string[];
  /** What a reader should know, and what is nobody's fault. */
  readonly notes: readonly string[];
  readonly durationMs: number;
}

/** What a round trip needs beside the revision. */
export interface RoundTripInput {
  readonly context: RunContext;
  readonly run: RunStep;
  readonly exclusion: Exclusion;
  /** limbeck's own tables. */
  readonly own: readonly TableName[];
  /** The user's rows for a revision: files that run after its upgrade. */
  readonly seedsOf: (revision: string) => readonly string[];
}

/** Takes revisions up, down and up again on a scratch database, which keeps its state and its rows from one to the next. */
export class RoundTrip {
  readonly #input: RoundTripInput;
  /** Tables with rows of ours, which nobody promised to take. */
  #generated: TableName[] = [];
  #schema: Schema | undefined;

  constructor(input: RoundTripInput) {
    this.#input = input;
  }

  get #session(): Session {
    return this.#input.context.session;
  }

  /** The schema as it stands. */
  async schema(): Promise<Schema> {
    return (this.#schema ??= await readSchema(this.#session, { ...this.#input.exclusion, keepsPlan: true }));
  }

  /** Only up, with rows: for the revisions below those that are tested. */
  async climb(revision: string): Promise<void> {
    await this.#step({ direction: "upgrade", revision }, []);
    await this.#seed(revision);
  }

  /** Tests one revision. `canGoOn` is false when the database is not as the next revision expects it. */
  async test(revision: Revision<RevisionFile>): Promise<{ readonly test: RevisionTest; readonly canGoOn: boolean }> {
    const started = milliseconds();
    const found = new Found(revision, started);
    if (revision.message === "") found.problems.push("it has no message");
    const irreversible = await this.#irreversible(revision, found);
    const [before, rows] = [await this.schema(), await this.#rows()];
    const up: Step = { direction: "upgrade", revision: revision.revision };
    if (!(await this.#tried(up, found, "the upgrade"))) return { test: found.result(null), canGoOn: false };
    const wereSeen = found.notes.length === 0;
    if (irreversible) {
      await this.#seed(revision.revision);
      return { test: found.result("irreversible"), canGoOn: true };
    }
    const above = await this.schema();
    await this.#seed(revision.revision);
    const rowsAbove = await this.#rows();
    const down = await this.#down(revision, found);
    if (down === "refused") return { test: found.result("irreversible"), canGoOn: true };
    if (down === "failed") return { test: found.result(null), canGoOn: false };
    const known = found.problems.length;
    found.problems.push(...catalogChanges(await this.schema(), before));
    const seenDown = wereSeen && found.notes.length === 0;
    if (seenDown) found.lost.push(...lostRows(rows, await this.#rows()));
    if (!(await this.#tried(up, found, "the second upgrade"))) return { test: found.result(null), canGoOn: false };
    for (const change of catalogChanges(await this.schema(), above)) {
      found.problems.push(`after the second upgrade, ${change}`);
    }
    if (seenDown) found.lostByDowngrade.push(...lostRows(rowsAbove, await this.#rows()));
    await this.#seed(revision.revision);
    const data = found.lost.length === 0 ? "lossless" : "lossy";
    return { test: found.result(seenDown ? data : null), canGoOn: found.problems.length === known };
  }

  async #irreversible({ source }: Revision<RevisionFile>, { notes, problems }: Found): Promise<boolean> {
    const { authoring } = this.#input.context;
    try {
      const { settings } = await loadStep(source, "downgrade", authoring);
      if (settings.irreversible === undefined) return false;
      notes.push(`irreversible: ${settings.irreversible}`);
    } catch (error) {
      const { message, code, details } = reported(error);
      // The upgrade will say it better.
      if (code !== "REVISION_INCOMPLETE") return false;
      const reason = details?.["irreversible"];
      if (typeof reason === "string") notes.push(`irreversible: ${reason}`);
      else problems.push(`${message.replace(/\.$/, "")}, and does not say why: export const irreversible = "…"`);
    }
    return true;
  }

  async #down({ revision }: Revision<RevisionFile>, found: Found): Promise<"done" | "refused" | "failed"> {
    try {
      await this.#step({ direction: "downgrade", revision }, found.notes);
      return "done";
    } catch (error) {
      const { code, message, cause } = reported(error) as LimbeckError & { cause?: unknown };
      const isSaid = code === "REVISION_FAILED" && cause instanceof Error && cause.name === "Error";
      if (isSaid) found.notes.push(`irreversible: ${cause.message}`);
      else found.problems.push(`the downgrade fails: ${message}`);
      return isSaid ? "refused" : "failed";
    }
  }

  async #tried(step: Step, { notes, problems }: Found, name: string): Promise<boolean> {
    try {
      await this.#step(step, notes);
      return true;
    } catch (error) {
      problems.push(`${name} fails: ${reported(error).message}`);
      return false;
    }
  }

  /** A step that fails on rows of ours is tried without them: not every table has rows, and not such ones. */
  async #step(step: Step, notes: string[]): Promise<void> {
    this.#schema = undefined;
    try {
      await this.#input.run(step);
    } catch (error) {
      if (!isLimbeckError(error) || error.code === "INTERRUPTED" || this.#generated.length === 0) throw error;
      await this.#removeGenerated();
      await this.#input.run(step);
      notes.push(
        `the ${step.direction} fails on tables with generated rows, and works on empty ones: ${error.message}`,
      );
    }
  }

  async #removeGenerated(): Promise<void> {
    const there = new Set((await this.#rows()).keys());
    const tables = this.#generated.filter((table) => there.has(table));
    if (tables.length > 0) await this.#session.script([`TRUNCATE ${tables.join(", ")} CASCADE`]);
    this.#generated = [];
  }

  async #seed(revision: string): Promise<void> {
    const { context, own, seedsOf } = this.#input;
    for (const path of seedsOf(revision)) await runUserScript(this.#session, path, context.authoring);
    const filled = await seedRows(this.#session, own);
    this.#generated = Array.from(new Set([...this.#generated, ...filled]));
  }

  async #rows(): Promise<TableRows> {
    return await readTableRows(this.#session, this.#input.own);
  }
}

/** What is being found out about a revision. */
class Found {
  readonly lost: string[] = [];
  readonly lostByDowngrade: string[] = [];
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  readonly #revision: Revision<RevisionFile>;
  readonly #started: number;

  constructor(revision: Revision<RevisionFile>, started: number) {
    this.#revision = revision;
    this.#started = started;
  }

  result(data: RevisionTest["data"]): RevisionTest {
    const { revision, message, source } = this.#revision;
    const { lost, lostByDowngrade, problems, notes } = this;
    const durationMs = Math.round(milliseconds() - this.#started);
    const ok = problems.length === 0;
    return { revision, message, path: source.path, ok, data, lost, lostByDowngrade, problems, notes, durationMs };
  }
}
