import type { Location } from "../errors/limbeck-error.ts";
import { GrammarError, parseStatements } from "../grammar/statements.ts";
import { allowancesIn } from "../lint/allowance.ts";
import type { LintedStatement } from "../lint/lint.ts";
import { statementsOf } from "../operations/catalogue.ts";
import type { Step } from "../revisions/revision.ts";
import { lookAt, type LookContext, type LookedStep } from "../runner/look-at.ts";
import { saysNoTransaction } from "../scripts/directive.ts";
import type { LookedRecorded } from "../runner/looking-recorder.ts";

/** A part of a revision that lint could not look at, and why. */
export interface Unseen {
  readonly revision: string;
  readonly reason: string;
  readonly where: Location | undefined;
}

export interface StepStatements {
  readonly statements: readonly LintedStatement[];
  readonly unseen: readonly Unseen[];
}

/** The statements of a step, recorded and not run, as lint reads them. Throws what is wrong with the revision. */
export async function stepStatements(context: LookContext, step: Step, isFirst: boolean): Promise<StepStatements> {
  return await readLooked(context, step.revision, await lookAt(context, step, isFirst));
}

/** The statements of a step that was recorded. */
export async function readLooked(
  { graph }: Pick<LookContext, "graph">,
  revision: string,
  { recorder, source, uncertain }: LookedStep,
): Promise<StepStatements> {
  const where = { file: graph.get(revision)!.source.path };
  const reader = new StatementReader(revision, source.settings.transaction === "none");
  for (const recorded of recorder.recorded) await reader.read(recorded);
  if (recorder.allowed.length > 0) reader.allowsNothing(recorder.allowed, where);
  if (uncertain !== undefined) reader.unseen.push({ revision, reason: uncertain, where });
  return reader;
}

/** The statements of a part of a step, as lint reads them. */
export async function readRecorded(
  revision: string,
  recorded: readonly LookedRecorded[],
): Promise<readonly LintedStatement[]> {
  const reader = new StatementReader(revision, false);
  for (const one of recorded) await reader.read(one);
  return reader.statements;
}

/** Cuts operations into statements, and knows which of them share a transaction. */
class StatementReader implements StepStatements {
  readonly statements: LintedStatement[] = [];
  readonly unseen: Unseen[] = [];
  readonly #revision: string;
  readonly #isEachAlone: boolean;
  #transactionIsOpen = false;

  constructor(revision: string, isEachAlone: boolean) {
    this.#revision = revision;
    this.#isEachAlone = isEachAlone;
  }

  async read({ operation, where, allowed }: LookedRecorded): Promise<void> {
    // Its batches are what the rules advise.
    if (operation.kind === "backfill") return void (this.#transactionIsOpen = false);
    for (const { text, transactional } of statementsOf(operation))
      await this.#cut(text, transactional, { operation, where, allowed });
  }

  async #cut(sql: string, transactional: boolean, { operation, where, allowed }: LookedRecorded): Promise<void> {
    try {
      for (const { text, line, comments, node, tree, inner, ...parsed } of await parseStatements(sql)) {
        const isAlone =
          this.#isEachAlone ||
          (comments !== "" && comments.split("\n").some((each) => saysNoTransaction(each, where(line))));
        const isTogether = transactional && parsed.transactional && !isAlone;
        this.statements.push({
          text,
          node,
          tree,
          inner,
          // To find a place costs more than to lint what stands there.
          get where() {
            return where(line);
          },
          revision: this.#revision,
          operation,
          joinsTransaction: isTogether && this.#transactionIsOpen,
          allowed: [...allowed, ...allowancesIn(comments)],
        });
        this.#transactionIsOpen = isTogether;
      }
    } catch (error) {
      if (!(error instanceof GrammarError)) throw error;
      const reason = `PostgreSQL's grammar does not take a statement: ${error.message}`;
      this.unseen.push({ revision: this.#revision, reason, where: where(1) });
    }
  }

  /** What is allowed behind the last operation. */
  allowsNothing(allowed: LookedRecorded["allowed"], where: Location): void {
    const nothing = { text: "", node: "Empty", tree: {}, joinsTransaction: false };
    this.statements.push({ ...nothing, where, revision: this.#revision, allowed });
  }
}
