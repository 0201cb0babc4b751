import { randomUUID } from "node:crypto";

/** A number whose JSON text says more than a JavaScript number holds: beyond 2^53, or `1.0`, which is no integer. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): string {
    return marker + this.text;
  }
}

/** Nobody outside can guess it, so no text of a client's is ever taken for a marked number. */
const marker = `${randomUUID()}:`;

const anyToken = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const mayBeInexact = /\d[.eE]|\d{16}/;
const markedNumber = new RegExp(`"${marker}([^"]+)"`, "g");

/** Parses JSON. A number that JavaScript would change becomes an ExactNumber; a mistake is a SyntaxError. */
export function parseJson(text: string): unknown {
  if (!mayBeInexact.test(text)) return JSON.parse(text);
  // The original is parsed first, so that marking needs no regard for broken JSON, and errors tell its positions.
  const plain: unknown = JSON.parse(text);
  const marked = text.replace(anyToken, markInexact);
  return marked === text ? plain : JSON.parse(marked, unmark);
}

/** Prints JSON, exact numbers included. */
export function printJson(value: object): string {
  return JSON.stringify(value).replace(markedNumber, "$1");
}

/** Prints JSON with the keys of every object in order, so that equal objects give equal texts. */
export function canonicalJson(value: object): string {
  return printJson(sorted(value) as object);
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof ExactNumber) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

function markInexact(token: string): string {
  const isExact = token.startsWith('"') || String(Number(token)) === token;
  return isExact ? token : `"${marker}${token}"`;
}

function unmark(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.startsWith(marker) ? new ExactNumber(value.slice(marker.length)) : value;
}
