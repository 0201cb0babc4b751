import { LimbeckError, type Location } from "../errors/limbeck-error.ts";
import { GrammarError, parseStatements, type ParsedStatement } from "../grammar/statements.ts";
import { statementsOf } from "../operations/catalogue.ts";
import type { Lock } from "../operations/language/statement.ts";
import type { Operation } from "../operations/operation.ts";

/** An operation with the place of the call that recorded it. */
export interface Recorded {
  readonly operation: Operation;
  /** The author's line, for a statement that begins at this line of the operation's own text. */
  readonly where: (line: number) => Location | undefined;
}

/** One statement of a step, ready to be sent. */
export interface Piece {
  readonly text: string;
  /** False for what PostgreSQL refuses inside a transaction block. */
  readonly transactional: boolean;
  /** The strongest locks on relations that exist before it; undefined for SQL of the author's own. */
  readonly locks: readonly Lock[] | undefined;
  /** Where it stands in the author's file. */
  readonly where: () => Location | undefined;
}

/** Raw SQL that may be more, or other, than one plain statement. Anything else need not be parsed. */
const NEEDS_PARSER =
  /;|--|\/\*|\b(?:concurrently|vacuum|reindex|cluster|discard|add\s+value|tablespace|database|system|subscription|begin|start|commit|end|rollback|abort|savepoint|release|prepare)\b/i;

/** The statements of an operation, one each, cut by PostgreSQL's grammar where they are raw. */
export async function piecesOf(recorded: Recorded): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const { text, transactional, locks } of statementsOf(recorded.operation)) {
    const isRaw = recorded.operation.kind === "execute";
    if (!isRaw || !NEEDS_PARSER.test(text)) {
      pieces.push({ text, transactional, locks: isRaw ? undefined : locks, where: () => recorded.where(1) });
      continue;
    }
    for (const parsed of await parse(text)) {
      const where = (): Location | undefined => recorded.where(parsed.line);
      if (parsed.controlsTransaction) throw transactionControl(parsed.text, where());
      pieces.push({
        text: parsed.text,
        transactional: transactional && parsed.transactional,
        locks: undefined,
        where,
      });
    }
  }
  return pieces;
}

/** What the grammar does not take is left to the server: it may be newer, and its error names the place. */
async function parse(text: string): Promise<Omit<ParsedStatement, "node">[]> {
  try {
    return await parseStatements(text);
  } catch (error) {
    if (error instanceof GrammarError) return [{ text, line: 1, transactional: true, controlsTransaction: false }];
    throw error;
  }
}

function transactionControl(text: string, where: Location | undefined): LimbeckError {
  return new LimbeckError("TRANSACTION_CONTROL", {
    message: `A revision's SQL says ${text}, but the runner owns the transaction, with the version row in it.`,
    hint: "Take the statement out. What cannot run inside a transaction, limbeck runs outside one by itself.",
    ...(where === undefined ? {} : { where }),
  });
}
