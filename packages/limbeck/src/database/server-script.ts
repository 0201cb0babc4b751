import type { Client, Submittable } from "pg";
import { isPostgresError, ScriptError } from "./session.ts";

const SEPARATOR = ";\n";

/**
 * Sends all pieces as one message of PostgreSQL's simple protocol. The server runs them in order and stops at the
 * first error; the number of completions that came before it tells which piece it was.
 */
export async function runServerScript(client: Client, pieces: readonly string[]): Promise<void> {
  if (pieces.length === 0) return;
  const text = pieces.join(SEPARATOR);
  const { default: pg } = await import("pg");
  const script = new pg.Query({ text }) as unknown as ScriptQuery;
  const completed = countCompletions(script);
  try {
    await new Promise<void>((resolve, reject) => {
      script.on("end", () => resolve());
      script.on("error", reject);
      client.query(script);
    });
  } catch (error) {
    const piece = Math.min(completed(), pieces.length - 1);
    throw new ScriptError(error, piece, positionInPiece(error, pieces, piece));
  }
}

/** What pg's Query has and its types do not say. */
interface ScriptQuery extends Submittable {
  on(event: "end" | "error", listener: (error: unknown) => void): void;
  handleCommandComplete(message: unknown, connection: unknown): void;
}

function countCompletions(script: ScriptQuery): () => number {
  const handle = script.handleCommandComplete.bind(script);
  let count = 0;
  script.handleCommandComplete = (message, connection) => {
    count++;
    handle(message, connection);
  };
  return () => count;
}

/** PostgreSQL counts characters of the whole message from 1, JavaScript UTF-16 units from 0. */
function positionInPiece(error: unknown, pieces: readonly string[], piece: number): number | undefined {
  if (!isPostgresError(error) || error.position === undefined) return undefined;
  const before = pieces.slice(0, piece).reduce((sum, text) => sum + characters(text) + SEPARATOR.length, 0);
  const position = Number(error.position) - before;
  return position >= 1 && position <= characters(pieces[piece]!) + 1 ? position : undefined;
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
