import type { Client, Connection, Submittable } from "pg";
import { isPostgresError, ScriptError } from "./session.ts";

/** On a line of its own: a piece may end in a comment. */
const SEPARATOR = "\n;\n";

/** How many characters the pieces of one message have together, if there are several. */
const MAX_MESSAGE_LENGTH = 4_000_000;

/** Sends scripts over a client, in the order in which the server runs them. */
export class ServerScripts {
  readonly #client: Client;
  /** The end of the script under way, when all of it has left, so that another one can follow it. */
  #ending: Promise<void> | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Sends pieces as one message of PostgreSQL's simple protocol, or as several where one would take a lot of memory:
   * the server reads a message whole before it runs any of it.
   */
  async run(pieces: readonly string[], onCompleted?: (piece: number) => void): Promise<void> {
    for (let start = 0; start < pieces.length;) {
      const end = endOfMessage(pieces, start);
      const message = { pieces: pieces.slice(start, end), offset: start, onCompleted };
      const { isSent, ended } = sendMessage(this.#client, message, "in turn");
      await (isSent && end === pieces.length ? this.#end(ended) : ended);
      start = end;
    }
  }

  /** Sends pieces behind the script that is under way. Undefined, and nothing is sent, where they cannot follow one. */
  behind(pieces: readonly string[], onCompleted?: (piece: number) => void): Promise<void> | undefined {
    if (this.#ending === undefined || endOfMessage(pieces, 0) < pieces.length) return undefined;
    return this.#end(sendMessage(this.#client, { pieces, offset: 0, onCompleted }, "now").ended);
  }

  async #end(ended: Promise<void>): Promise<void> {
    this.#ending = ended;
    try {
      await ended;
    } finally {
      if (this.#ending === ended) this.#ending = undefined;
    }
  }
}

function endOfMessage(pieces: readonly string[], start: number): number {
  let length = pieces[start]!.length;
  let end = start + 1;
  while (end < pieces.length && (length += pieces[end]!.length) <= MAX_MESSAGE_LENGTH) end++;
  return end;
}

interface Message {
  readonly pieces: readonly string[];
  /** How many pieces of the script were sent before. */
  readonly offset: number;
  readonly onCompleted: ((piece: number) => void) | undefined;
}

/**
 * Sends all pieces as one message. The server runs them in order and stops at the first error. The piece is the one
 * that the error points at, or else the one after those that were completed. pg sends a query when the one before it is
 * over; "now", it is on its way before that.
 */
function sendMessage(
  client: Client,
  { pieces, offset, onCompleted }: Message,
  when: "now" | "in turn",
): { readonly isSent: boolean; readonly ended: Promise<void> } {
  const text = pieces.join(SEPARATOR);
  // The class of the client's own copy of pg, which may be the caller's.
  const { Query } = client.constructor as unknown as { readonly Query: new (text: string) => ScriptQuery };
  const script = new Query(text);
  const completed = countCompletions(script, (piece) => piece < pieces.length && onCompleted?.(offset + piece));
  let isSent = false;
  const submit = script.submit.bind(script);
  script.submit = (connection) => {
    if (!isSent) submit(connection);
    isSent = true;
    return undefined;
  };
  const ended = new Promise<void>((resolve, reject) => {
    script.on("end", () => resolve());
    script.on("error", (error) => {
      const place = placeOf(error, pieces);
      const piece = place?.piece ?? Math.min(completed(), pieces.length - 1);
      reject(new ScriptError(error, offset + piece, place?.position));
    });
    client.query(script);
  });
  if (when === "now") script.submit((client as unknown as { readonly connection: Connection }).connection);
  return { isSent, ended };
}

/** What pg's Query has and its types do not say. */
interface ScriptQuery extends Submittable {
  on(event: "end" | "error", listener: (error: unknown) => void): void;
  handleRowDescription(): void;
  handleDataRow(): void;
  handleCommandComplete(): void;
}

/** Counts what is completed, and makes no rows of what that answers: nobody asks a script for them. */
function countCompletions(script: ScriptQuery, onCompleted: (piece: number) => void): () => number {
  let count = 0;
  script.handleRowDescription = () => undefined;
  script.handleDataRow = () => undefined;
  script.handleCommandComplete = () => onCompleted(count++);
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
