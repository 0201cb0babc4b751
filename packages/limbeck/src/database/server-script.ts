import type { Client, Submittable } from "pg";
import { isPostgresError, ScriptError } from "./session.ts";

/** On a line of its own: a piece may end in a comment. */
const SEPARATOR = "\n;\n";

/**
 * Sends all pieces as one message of PostgreSQL's simple protocol. The server runs them in order and stops at the
 * first error. The piece is the one that the error points at, or else the one after those that were completed.
 */
export async function runServerScript(
  client: Client,
  pieces: readonly string[],
  onCompleted?: (piece: number) => void,
): Promise<void> {
  if (pieces.length === 0) return;
  const text = pieces.join(SEPARATOR);
  // The class of the client's own copy of pg, which may be the caller's.
  const { Query } = client.constructor as unknown as { readonly Query: new (config: { text: string }) => ScriptQuery };
  const script = new Query({ text });
  const completed = countCompletions(script, (piece) => piece < pieces.length && onCompleted?.(piece));
  try {
    await new Promise<void>((resolve, reject) => {
      script.on("end", () => resolve());
      script.on("error", reject);
      client.query(script);
    });
  } catch (error) {
    const place = placeOf(error, pieces);
    throw new ScriptError(error, place?.piece ?? Math.min(completed(), pieces.length - 1), place?.position);
  }
}

/** What pg's Query has and its types do not say. */
interface ScriptQuery extends Submittable {
  on(event: "end" | "error", listener: (error: unknown) => void): void;
  handleCommandComplete(message: unknown, connection: unknown): void;
}

function countCompletions(script: ScriptQuery, onCompleted: (piece: number) => void): () => number {
  const handle = script.handleCommandComplete.bind(script);
  let count = 0;
  script.handleCommandComplete = (message, connection) => {
    onCompleted(count++);
    handle(message, connection);
  };
  return () => count;
}

/**
 * The piece that PostgreSQL points at, and the character in it. It counts characters of the whole message, from 1; and
 * it reads the whole message before it runs any of it, so that a syntax error comes before every completion.
 */
function placeOf(error: unknown, pieces: readonly string[]): { piece: number; position: number } | undefined {
  if (!isPostgresError(error) || error.position === undefined) return undefined;
  let position = Number(error.position);
  for (const [piece, text] of pieces.entries()) {
    const length = characters(text) + SEPARATOR.length;
    if (position <= length) return { piece, position };
    position -= length;
  }
  return undefined;
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
