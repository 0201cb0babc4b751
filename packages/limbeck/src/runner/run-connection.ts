import { readBlockers, type Blocker } from "../database/blockers.ts";
import type { Session } from "../database/session.ts";

/** How a statement is watched while it runs. */
export interface Watch {
  /** How long it may run before somebody looks whether it waits, and how long between two looks, in milliseconds. */
  readonly everyMs: number;
  /** Called with those it waits for, at each look that finds some. */
  readonly heard: (blockers: readonly Blocker[]) => void;
}

/**
 * The run's session. What is sent is watched from a second one: a session that waits cannot say for whom. The second
 * one is opened by the first statement that takes long, and kept.
 */
export class RunConnection {
  readonly session: Session;
  readonly #pid: number | undefined;
  readonly #signal: AbortSignal | undefined;
  #isLent = false;
  #observer: Promise<Session | undefined> | undefined;

  constructor(session: Session, pid: number | undefined, signal: AbortSignal | undefined) {
    this.session = session;
    this.#pid = pid;
    this.#signal = signal;
  }

  /** The client itself, for the hands of a revision. */
  lend(): unknown {
    this.#isLent = true;
    return this.session.client;
  }

  /** Whether a revision has had the client, and may send what nobody here knows of. */
  get isLent(): boolean {
    return this.#isLent;
  }

  /** Does something on the session, watched. Throws the signal's reason instead when the run was interrupted. */
  async watched<T>(work: () => Promise<T>, watch: Watch): Promise<T> {
    this.#signal?.throwIfAborted();
    return await this.#watched(work, watch);
  }

  /** Waits for what was sent before its turn and is under way now, watched. It is cancelled if the run was interrupted. */
  async arrived<T>(sent: Promise<T>, watch: Watch): Promise<T> {
    if (this.#signal?.aborted) void this.session.cancel(this.#pid);
    return await this.#watched(() => sent, watch);
  }

  async #watched<T>(work: () => Promise<T>, { everyMs, heard }: Watch): Promise<T> {
    if (this.#pid === undefined) return await work();
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const look = async (): Promise<void> => {
      const blockers = await this.#blockers();
      if (isOver) return;
      if (blockers.length > 0) heard(blockers);
      timer = setTimeout(() => void look(), everyMs);
    };
    timer = setTimeout(() => void look(), everyMs);
    try {
      return await work();
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  /** Lets the second session go. */
  async close(): Promise<void> {
    await (await this.#observer)?.close();
  }

  /** None when they cannot be had: that a wait cannot be explained must not end the run. */
  async #blockers(): Promise<readonly Blocker[]> {
    try {
      this.#observer ??= this.session.another().catch(() => undefined);
      const observer = await this.#observer;
      return observer === undefined ? [] : await readBlockers(observer, this.#pid!);
    } catch {
      return [];
    }
  }
}
