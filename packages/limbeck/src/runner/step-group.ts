import { describeBlockers, type Blocker } from "../database/blockers.ts";
import { pauseFor } from "../database/advisory-lock.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { milliseconds } from "./clock.ts";
import { lockTimeoutAt, pauseAfter, TRANSIENT_SQLSTATES, type LockPolicy } from "./lock-policy.ts";
import type { OnlineStep } from "./online-step.ts";
import type { RunContext } from "./run-context.ts";
import { StepFailure } from "./step-failure.ts";
import { RunTransaction, stepLimits, type StepLimits } from "./run-transaction.ts";

/** What bounds a group's tries, where its revisions say nothing else. */
export interface GroupLimits {
  readonly policy: LockPolicy;
  readonly statementMs: number;
  readonly transactionMs: number;
}

/** What hears of a group's steps as they run. A try that is rolled back begins them anew. */
export interface GroupListener {
  begins(step: OnlineStep): void;
  ends(step: OnlineStep): void;
}

/** What comes behind a group, and how many of those may be sent before its end. */
export interface Following {
  readonly make: () => Promise<StepGroup>;
  readonly ahead: number;
}

/**
 * Steps that are one transaction together; most often there is one. What fails for want of a lock, or by a deadlock, is
 * rolled back and tried again until the deadline. A step of which a part is committed goes on behind that part.
 */
export class StepGroup {
  readonly isShared: boolean;
  #steps: readonly OnlineStep[];
  readonly #following: Following | undefined;
  #next: Promise<StepGroup> | undefined;
  /** The one behind it, when that is ready. */
  #behind: StepGroup | undefined;
  /** Whether its step is on its way behind the group before it. */
  #isSent = false;

  constructor(steps: readonly OnlineStep[], isShared: boolean, following?: Following) {
    this.#steps = steps;
    this.isShared = isShared;
    this.#following = following;
  }

  get size(): number {
    return this.#steps.length;
  }

  get isSent(): boolean {
    return this.#isSent;
  }

  /** The one behind it; undefined when nobody has said what that is. Rejects with what is wrong with it. */
  get next(): Promise<StepGroup> | undefined {
    if (this.#next === undefined && this.#following !== undefined) {
      this.#next = this.#following.make().then((group) => (this.#behind = group));
      // What is wrong with it is for its own turn.
      this.#next.catch(() => undefined);
    }
    return this.#next;
  }

  /** Sends what comes behind a step of its own, which is on its way to its end, as far ahead as may be. */
  async #sendOn(step: OnlineStep, limits: GroupLimits): Promise<void> {
    let [last, before]: [StepGroup, OnlineStep] = [this, step];
    for (let ahead = this.#following?.ahead ?? 0; ahead > 0; ahead--) {
      const next = last.#behind ?? (await last.next);
      if (next === undefined || !(next.#isSent || next.#sendBehind(before, limits))) return;
      [last, before] = [next, next.#steps[0]!];
    }
  }

  /** Sends its step behind the one before it, which is on its way to its end, if it can be. */
  #sendBehind(before: OnlineStep, limits: GroupLimits): boolean {
    const [step] = this.#steps;
    const given = { transaction: new RunTransaction(false), commits: true, limits: limitsOf(step!, limits, 0) };
    return (this.#isSent = step!.sendBehind(before, given));
  }

  /** The one before it failed, and the server has refused what was sent behind that. */
  #refused(): void {
    if (!this.#isSent) return;
    if (this.#behind !== undefined) this.#behind.#refused();
    this.#steps = this.#steps.map((step) => step.again());
    this.#isSent = false;
  }

  /**
   * Runs the steps; what comes behind them is sent when all of these are on their way. Throws StepFailure, which says for
   * whom it waited when the deadline is over.
   */
  async run(context: RunContext, limits: GroupLimits, heard: GroupListener): Promise<void> {
    let firstFailureAt: number | undefined;
    let blockers: readonly Blocker[] = [];
    const elapsed = (): number => (firstFailureAt === undefined ? 0 : milliseconds() - firstFailureAt);
    for (let tries = 1; ; tries++) {
      const failure = await this.#try(limits, elapsed(), heard);
      if (failure === undefined) return;
      const transient = transience(failure);
      if (transient === undefined || context.signal?.aborted) throw blamed(failure);
      firstFailureAt ??= milliseconds();
      if (failure.blockers.length > 0) ({ blockers } = failure);
      const sinceMs = elapsed();
      if (sinceMs >= limits.policy.retryForMs) throw givenUp(failure, { blockers, tries, sinceMs });
      const pauseMs = Math.min(pauseAfter(tries, Math.random()), limits.policy.retryForMs - sinceMs);
      const waited = { attempt: tries, sinceMs, pauseMs, blockers, heldBy: describeBlockers(blockers) };
      context.listener({ type: "retry", step: failure.step.step, ...transient, ...waited });
      await pauseFor(pauseMs, context.signal);
      if (context.signal?.aborted) throw failure;
      this.#steps = this.#steps.map((step) => step.again());
    }
  }

  async #try(limits: GroupLimits, sinceMs: number, heard: GroupListener): Promise<StepFailure | undefined> {
    const transaction = new RunTransaction(this.isShared);
    for (const step of this.#steps) {
      heard.begins(step);
      const commits = step === this.#steps.at(-1);
      const isSent = (): void => void this.#sendOn(step, limits).catch(() => undefined);
      try {
        await step.run({ transaction, commits, limits: limitsOf(step, limits, sinceMs), isSent });
      } catch (error) {
        if (this.#behind !== undefined) this.#behind.#refused();
        if (error instanceof StepFailure) return error;
        throw error;
      }
      heard.ends(step);
    }
    return undefined;
  }
}

function limitsOf({ source }: OnlineStep, limits: GroupLimits, sinceMs: number): StepLimits {
  const { lockTimeoutMs = limits.policy.timeoutMs } = source.settings;
  const lockMs = lockTimeoutAt({ ...limits.policy, timeoutMs: lockTimeoutMs }, sinceMs);
  return stepLimits(
    { ...source.settings, lockTimeoutMs: lockMs },
    { ...limits, lockMs, retryForMs: limits.policy.retryForMs },
  );
}

function transience(failure: StepFailure): { readonly sqlstate: string; readonly reason: string } | undefined {
  const sqlstate = failure.reported.details["sqlstate"];
  const reason = typeof sqlstate === "string" ? TRANSIENT_SQLSTATES[sqlstate] : undefined;
  return failure.isRolledBack && reason !== undefined ? { sqlstate: sqlstate as string, reason } : undefined;
}

/** What tried again by itself, as a backfill does, and then gave up, with those for whom it waited. */
function blamed(failure: StepFailure): StepFailure {
  const { reported, blockers } = failure;
  if (reported.code !== "LOCK_NOT_AVAILABLE" || blockers.length === 0) return failure;
  return givenUp(failure, { blockers, tries: 1, sinceMs: 0 });
}

function givenUp(
  { step, reported, isRolledBack }: StepFailure,
  waited: { readonly blockers: readonly Blocker[]; readonly tries: number; readonly sinceMs: number },
): StepFailure {
  const { code, message, hint, where, details, cause } = reported;
  const { blockers, tries, sinceMs } = waited;
  const [first] = blockers;
  const by = first === undefined ? "" : ` It waited for ${describeBlockers(blockers)}.`;
  const often = tries === 1 ? "" : ` It was tried ${tries} times in ${(sinceMs / 1000).toFixed(1)} s.`;
  const cure = first === undefined ? "" : `If that session may go: SELECT pg_terminate_backend(${first.pid}). `;
  const error = new LimbeckError(code, {
    message: `${message.replace(/\.?$/, ".")}${by}${often}`,
    hint: `${cure}${hint}`,
    ...(where === undefined ? {} : { where }),
    details: { ...details, tries, ...(first === undefined ? {} : { blockers }) },
    cause,
  });
  return new StepFailure(step, error, blockers, isRolledBack);
}
