import type { Location } from "../errors/limbeck-error.ts";
import { GrammarError, parseStatements, type ParsedStatement } from "../grammar/statements.ts";
import { statementsOf } from "../operations/catalogue.ts";
import type { Operation } from "../operations/operation.ts";
import { saysNoTransaction } from "../scripts/directive.ts";
import { refusePsql, refuseStatement } from "./refused-sql.ts";

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
  /** Where it stands in the author's file. */
  readonly where: () => Location | undefined;
}

/** Raw SQL that may be more, or other, than one plain statement. Anything else need not be parsed. */
const NEEDS_PARSER =
  /;|--|\/\*|\\|(?<!:):[\w'"]|\b(?:concurrently|vacuum|reindex|cluster|discard|add\s+value|tablespace|database|system|subscription|begin|start|commit|end|rollback|abort|savepoint|release|prepare|copy)\b/i;

/**
 * The statements of an operation, one each, cut by PostgreSQL's grammar where they are raw. Throws TRANSACTION_CONTROL,
 * COPY_THROUGH_CLIENT and PSQL_ONLY.
 */
export async function piecesOf({ operation, where }: Recorded): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const { text, transactional } of statementsOf(operation)) {
    if (operation.kind !== "execute" || !NEEDS_PARSER.test(text)) {
      pieces.push({ text, transactional, where: () => where(1) });
      continue;
    }
    for (const parsed of await parse(text, where)) {
      const alone = parsed.comments.split("\n").some((line) => saysNoTransaction(line, where(parsed.line)));
      pieces.push({
        text: parsed.text,
        transactional: transactional && parsed.transactional && !alone,
        where: () => where(parsed.line),
      });
    }
  }
  return pieces;
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
