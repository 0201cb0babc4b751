import type { Client, Submittable } from "pg";
import { isPostgresError, ScriptError } from "./session.ts";

/** On a line of its own: a piece may end in a comment. */
const SEPARATOR = "\n;\n";

/** How many characters the pieces of one message have together, if there are several. */
const MAX_MESSAGE_LENGTH = 4_000_000;

/**
 * Sends pieces as one message of PostgreSQL's simple protocol, or as several where one would take a lot of memory: the
 * server reads a message whole before it runs any of it.
 */
export async function runServerScript(
  client: Client,
  pieces: readonly string[],
  onCompleted?: (piece: number) => void,
): Promise<void> {
  for (let start = 0; start < pieces.length;) {
    const end = endOfMessage(pieces, start);
    const offset = start;
    await sendMessage(client, pieces.slice(start, end), start, (piece) => onCompleted?.(offset + piece));
    start = end;
  }
}

function endOfMessage(pieces: readonly string[], start: number): number {
  let length = pieces[start]!.length;
  let end = start + 1;
  while (end < pieces.length && (length += pieces[end]!.length) <= MAX_MESSAGE_LENGTH) end++;
  return end;
}

/**
 * Sends all pieces as one message. The server runs them in order and stops at the first error. The piece is the one
 * that the error points at, or else the one after those that were completed; `offset` are the pieces sent before.
 */
async function sendMessage(
  client: Client,
  pieces: readonly string[],
  offset: number,
  onCompleted: (piece: number) => void,
): Promise<void> {
  const text = pieces.join(SEPARATOR);
  // The class of the client's own copy of pg, which may be the caller's.
  const { Query } = client.constructor as unknown as { readonly Query: new (config: { text: string }) => ScriptQuery };
  const script = new Query({ text });
  const completed = countCompletions(script, (piece) => piece < pieces.length && onCompleted(piece));
  try {
    await new Promise<void>((resolve, reject) => {
      script.on("end", () => resolve());
      script.on("error", reject);
      client.query(script);
    });
  } catch (error) {
    const place = placeOf(error, pieces);
    const piece = place?.piece ?? Math.min(completed(), pieces.length - 1);
    throw new ScriptError(error, offset + piece, place?.position);
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
