import type { Location } from "../errors/limbeck-error.ts";
import { GrammarError, parseStatements, type ParsedStatement } from "../grammar/statements.ts";
import { statementsOf } from "../operations/catalogue.ts";
import { LOCK_MODES, type Lock, type Statement } from "../operations/language/statement.ts";
import type { Backfill } from "../operations/backfill.ts";
import type { Operation } from "../operations/operation.ts";
import type { Effect } from "./effect.ts";
import { effectOf } from "./effects.ts";
import { saysNoTransaction } from "../scripts/directive.ts";
import { refusePsql, refuseStatement } from "./refused-sql.ts";

/** An operation with the place of the call that recorded it. */
export interface Recorded {
  readonly operation: Operation;
  /** The author's line, for a statement that begins at this line of the operation's own text. */
  readonly where: (line: number) => Location | undefined;
}

/**
 * Whether a statement takes a lock that stands in the way of the application's reads or writes. `perhaps`: it calls a
 * function, which may do anything, and most often only reads.
 */
export type Locking = "strong" | "perhaps" | "weak";

/** One statement of a step, ready to be sent. */
export interface Piece {
  readonly text: string;
  /** False for what PostgreSQL refuses inside a transaction block. */
  readonly transactional: boolean;
  readonly locking: Locking;
  /** What is run batch by batch, the text being what that comes to. */
  readonly backfill?: Backfill;
  /** What it changes, of one outside a transaction, where that can be told. */
  readonly effect?: Effect | undefined;
  /** The strongest locks on relations that exist before it; undefined for SQL of the author's own. */
  readonly locks: readonly Lock[] | undefined;
  /** Where it stands in the author's file. */
  readonly where: () => Location | undefined;
}

/** All statements of a step, or those that it has recorded so far. `isEachAlone`: none of them shares a transaction. */
export async function stepPieces(recorded: readonly Recorded[], isEachAlone: boolean): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const one of recorded) pieces.push(...(await piecesOf(one)));
  for (const [index, piece] of pieces.entries()) {
    const transactional = piece.transactional && !(isEachAlone && mayCommit(piece.text));
    if (transactional || piece.backfill !== undefined) continue;
    pieces[index] = { ...piece, transactional, effect: await effectOf(piece.text) };
  }
  return pieces;
}

/** Raw SQL that may be more, or other, than one plain statement. Anything else need not be parsed. */
const NEEDS_PARSER =
  /;|--|\/\*|\\|(?<!:):[\w'"]|\b(?:concurrently|vacuum|reindex|cluster|discard|add\s+value|tablespace|database|system|subscription|begin|start|commit|end|rollback|abort|savepoint|release|prepare|copy|pg_advisory_unlock_all)\b/i;

/**
 * The statements of an operation, one each, cut by PostgreSQL's grammar where they are raw. Throws TRANSACTION_CONTROL,
 * SESSION_CONTROL, COPY_THROUGH_CLIENT and PSQL_ONLY.
 */
export async function piecesOf({ operation, where }: Recorded): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const statement of statementsOf(operation)) {
    const { text, transactional, locks } = statement;
    const whereFirst = (): Location | undefined => where(1);
    if (operation.kind === "backfill") {
      pieces.push({ text, transactional, locking: "weak", locks, backfill: operation, where: whereFirst });
      continue;
    }
    if (operation.kind !== "execute") {
      pieces.push({ text, transactional, locking: declaredLocking(statement), locks, where: whereFirst });
      continue;
    }
    if (!NEEDS_PARSER.test(text)) {
      pieces.push({ text, transactional, locking: likelyLocking(text), locks: undefined, where: whereFirst });
      continue;
    }
    for (const parsed of await parse(text, where)) {
      const alone = parsed.comments.split("\n").some((line) => saysNoTransaction(line, where(parsed.line)));
      pieces.push({
        text: parsed.text,
        transactional: transactional && parsed.transactional && !alone,
        locking: likelyLocking(parsed.text),
        locks: undefined,
        where: () => where(parsed.line),
      });
    }
  }
  return pieces;
}

/** The weakest lock for which the application's writes have to wait. */
const STRONG = LOCK_MODES.indexOf("SHARE");

function declaredLocking({ text, transactional, locks }: Statement): Locking {
  const isStrong = locks.some(({ mode }) => LOCK_MODES.indexOf(mode) >= STRONG);
  return isStrong && !(CONCURRENTLY.test(text) && !transactional) ? "strong" : "weak";
}

/** What is CONCURRENTLY waits by nature: cut off by a timeout, it would leave half of its work behind. */
const CONCURRENTLY = /\bconcurrently\b/i;

/** Raw SQL, by its first word: it may lock anything unless it is known for taking weak locks only. */
export function likelyLocking(text: string): Locking {
  const [, first = ""] = /^[\s(]*(\w+)/.exec(text) ?? [];
  const word = first.toLowerCase();
  if (CALLS.has(word)) return "perhaps";
  if (WEAK.has(word) && !/^vacuum\b[^;]*\bfull\b/i.test(text)) return "weak";
  return CONCURRENTLY.test(text) ? "weak" : "strong";
}

const CALLS = new Set(["select", "call", "do"]);

/** What reads and writes rows, or takes no lock stronger than SHARE UPDATE EXCLUSIVE (manual: "Explicit Locking"). */
const WEAK = new Set(
  "insert update delete merge with values copy set reset show notify explain analyze vacuum comment grant".split(" "),
);

/** Whether raw SQL may end the transaction that it runs in: a procedure may, and a block. */
export function mayCommit(text: string): boolean {
  return /^(?:\s|--.*\n|\/\*[^]*?\*\/)*(?:call|do)\b/i.test(text);
}

type Cut = Pick<ParsedStatement, "text" | "line" | "transactional" | "comments">;

/** What the grammar does not take is left to the server: it may be newer, and its error names the place. */
async function parse(text: string, where: Recorded["where"]): Promise<Cut[]> {
  try {
    const statements = await parseStatements(text);
    for (const statement of statements) refuseStatement(statement, where(statement.line));
    return statements;
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    await refusePsql(text, error, where);
    return [{ text, line: 1, transactional: true, comments: "" }];
  }
}
