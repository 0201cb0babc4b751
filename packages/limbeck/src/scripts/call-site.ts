import { SourceScanner } from "./source-scanner.ts";
import type { TextEdit } from "./text-edit.ts";

/** A call of a method in a source, as in `op.createIndex("ix", "city", ["name"])`. Places are indexes of characters. */
export interface CallSite {
  /** Where the object begins, as `op` does. */
  readonly start: number;
  /** Behind the closing bracket. */
  readonly end: number;
  readonly receiver: string;
  readonly arguments: readonly { readonly start: number; readonly end: number }[];
}

/** The one call of a method that stands on a line, counted from 1; undefined where there is none, or several. */
export function findCall(source: string, line: number, method: string): CallSite | undefined {
  const scanner = new SourceScanner(source);
  const found: CallSite[] = [];
  const tokens: { readonly text: string; readonly start: number }[] = [];
  for (let text = scanner.next(); text !== undefined; text = scanner.next()) {
    tokens.push({ text, start: scanner.index - text.length });
    const [receiver, dot, name, bracket] = tokens.slice(-4);
    if (bracket?.text !== "(" || name?.text !== method || dot?.text !== ".") continue;
    if (scanner.lineAt(name.start) !== line) continue;
    const { parts, end } = argumentsAt(source, scanner.index);
    found.push({ start: receiver!.start, end, receiver: receiver!.text, arguments: parts });
  }
  return found.length === 1 ? found[0] : undefined;
}

/** The arguments behind an opening bracket, and the place behind the closing one. */
function argumentsAt(source: string, from: number): { readonly parts: CallSite["arguments"]; readonly end: number } {
  const scanner = new SourceScanner(source);
  scanner.index = from;
  const parts: { start: number; end: number }[] = [];
  let part: { start: number; end: number } | undefined;
  for (let depth = 1; ;) {
    const token = scanner.next();
    if (token === undefined) return { parts, end: source.length };
    if (token === ")" || token === "]" || token === "}") depth--;
    if (depth === 0 || (depth === 1 && token === ",")) {
      if (part !== undefined) parts.push(part);
      part = undefined;
      if (depth === 0) return { parts, end: scanner.index };
      continue;
    }
    if (token === "(" || token === "[" || token === "{") depth++;
    part = { start: part?.start ?? scanner.index - token.length, end: scanner.index };
  }
}

/** Gives a call one more option, in the options object at this place; undefined where that is no literal that can take it. */
export function withOption(source: string, site: CallSite, place: number, option: string): TextEdit[] | undefined {
  const given = site.arguments;
  const last = given.at(-1);
  if (given.length === place && last !== undefined) return [inserted(last.end, `, { ${option} }`)];
  if (given.length !== place + 1) return undefined;
  const { start, end } = last!;
  const text = source.slice(start, end);
  if (!text.startsWith("{") || !text.endsWith("}")) return undefined;
  const [name] = option.split(":");
  if (new RegExp(String.raw`[{,\s]["']?${name}["']?\s*[:,}]`).test(text)) return undefined;
  const scanner = new SourceScanner(source);
  let [token, tokenEnd] = ["{", start + 1];
  for (scanner.index = tokenEnd; ;) {
    const next = scanner.next();
    if (next === undefined || scanner.index >= end) break;
    [token, tokenEnd] = [next, scanner.index];
  }
  if (token === "{" && tokenEnd === start + 1) return [{ start, end, text: `{ ${option} }` }];
  const indent = /^\{[^\S\n]*\n([ \t]*)\S/.exec(text)?.[1];
  if (indent === undefined) return [inserted(tokenEnd, token === "," ? ` ${option},` : `, ${option}`)];
  // A comment may stand behind what was the last of them.
  const behind = start + text.slice(0, -1).trimEnd().length;
  return [...(token === "," ? [] : [inserted(tokenEnd, ",")]), inserted(behind, `\n${indent}${option},`)];
}

function inserted(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

/** The statement that a call is, with nothing else in it; undefined where there is something. */
export function statementOf(
  source: string,
  { start, end }: CallSite,
): { readonly start: number; readonly end: number; readonly indent: string } | undefined {
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const before = source.slice(lineStart, start);
  const rest = /^[ \t]*(;|(?=\r?\n|$))/.exec(source.slice(end));
  if (before.trim() !== "" || rest === null) return undefined;
  return { start, end: end + rest[0].length, indent: before };
}
