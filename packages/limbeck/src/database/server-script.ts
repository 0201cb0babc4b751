import type { Client, Connection, Submittable } from "pg";
import { isPostgresError, ScriptError } from "./session.ts";

/** On a line of its own: a piece may end in a comment. */
const SEPARATOR = "\n;\n";

/** How many characters the pieces of one message have together, if there are several. */
const MAX_MESSAGE_LENGTH = 4_000_000;

/** Sends scripts over a client, in the order in which the server runs them. */
export class ServerScripts {
  readonly #client: Client;
  /** The last script that has left whole and is not over, so that another one can follow it. */
  #last: Message | undefined;

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
      const message = new Message(this.#client, pieces.slice(start, end), start, onCompleted);
      message.send();
      await (message.isSent && end === pieces.length ? this.#end(message) : message.ended);
      start = end;
    }
  }

  /** Sends pieces behind the script that is under way. Undefined, and nothing is sent, where they cannot follow one. */
  behind(pieces: readonly string[], onCompleted?: (piece: number) => void): Promise<void> | undefined {
    if (this.#last === undefined || endOfMessage(pieces, 0) < pieces.length) return undefined;
    const message = new Message(this.#client, pieces, 0, onCompleted);
    message.sendBehind(this.#last);
    return this.#end(message);
  }

  async #end(message: Message): Promise<void> {
    this.#last = message;
    try {
      await message.ended;
    } finally {
      if (this.#last === message) this.#last = undefined;
    }
  }
}

function endOfMessage(pieces: readonly string[], start: number): number {
  let length = pieces[start]!.length;
  let end = start + 1;
  while (end < pieces.length && (length += pieces[end]!.length) <= MAX_MESSAGE_LENGTH) end++;
  return end;
}

/**
 * Pieces as one message. The server runs them in order and stops at the first error. The piece is the one that the error
 * points at, or else the one after those that were completed.
 */
class Message {
  readonly ended: Promise<void>;
  readonly #client: Client;
  readonly #script: ScriptQuery;
  #isSent = false;
  /** Called the moment the message is over, when the answers to the one behind it are next. */
  #next: () => void = () => undefined;

  /** `offset` is how many pieces of the script were sent before. */
  constructor(client: Client, pieces: readonly string[], offset: number, onCompleted?: (piece: number) => void) {
    // The class of the client's own copy of pg, which may be the caller's.
    const { Query } = client.constructor as unknown as { readonly Query: new (text: string) => ScriptQuery };
    const script = new Query(pieces.join(SEPARATOR));
    const completed = countCompletions(script, (piece) => piece < pieces.length && onCompleted?.(offset + piece));
    const submit = script.submit.bind(script);
    script.submit = (connection) => {
      if (!this.#isSent) submit(connection);
      this.#isSent = true;
      return undefined;
    };
    this.#client = client;
    this.#script = script;
    this.ended = new Promise<void>((resolve, reject) => {
      script.on("end", () => {
        this.#next();
        resolve();
      });
      script.on("error", (error) => {
        this.#next();
        const place = placeOf(error, pieces);
        const piece = place?.piece ?? Math.min(completed(), pieces.length - 1);
        reject(new ScriptError(error, offset + piece, place?.position));
      });
    });
  }

  /** Whether it has left already. */
  get isSent(): boolean {
    return this.#isSent;
  }

  /** Lets pg send it when what it was given before is over. */
  send(): void {
    this.#client.query(this.#script);
  }

  /** Sends it behind one that is not over. pg is to hear of it in its turn: it warns of a queue of its own. */
  sendBehind(before: Message): void {
    before.#next = () => this.send();
    this.#script.submit((this.#client as unknown as { readonly connection: Connection }).connection);
  }
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
