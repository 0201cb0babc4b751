import type { SyntaxNode } from "@lezer/common";
import { formatText, numberValue, partsOf, stringValue } from "./literals.ts";
import { Bytes, Call, Method, Name, NotUnderstood, type Value } from "./values.ts";

/** The text that nodes are positions in. */
export interface Source {
  readonly text: string;
}

/** What names stand for. One that is in it without a value is known to be unknown. */
export type Scope = ReadonlyMap<string, Value | undefined>;

/** The calls of which it is known that they make a value and do nothing: constructors of these modules. */
const CONSTRUCTORS = /^(?:sqlalchemy|sqlmodel|datetime|decimal|uuid\.UUID|pgvector|geoalchemy2)\b/;
const HARMLESS = new Set(["f", "inline_literal", "get_bind", "get_context"].map((name) => `alembic.op.${name}`));
const HARMLESS_METHODS = new Set(["with_variant", "bindparams", "desc", "asc", "nullsfirst", "nullslast", "label"]);

/** An expression as data. Throws NotUnderstood for what is more than that. */
export function evaluate(node: SyntaxNode, scope: Scope, source: Source): Value {
  const text = source.text.slice(node.from, node.to);
  switch (node.name) {
    case "None":
      return null;
    case "Boolean":
      return text === "True";
    case "Number":
      return numberValue(text);
    case "String":
      return stringValue(text);
    case "FormatString":
      return formatted(node, scope, source);
    case "ContinuedString":
      return joined(inner(node).map((part) => evaluate(part, scope, source)));
    case "ParenthesizedExpression":
      return evaluate(inner(node)[0]!, scope, source);
    case "ArrayExpression":
    case "TupleExpression":
      return elements(node, scope, source);
    case "DictionaryExpression":
      return dictionary(node, scope, source);
    case "UnaryExpression":
      return negated(evaluate(node.lastChild!, scope, source), text);
    case "BinaryExpression":
      return sum(node, scope, source);
    case "VariableName":
      return variable(text, scope);
    case "MemberExpression":
      return member(node, scope, source);
    case "CallExpression":
      return checked(callOf(node, scope, source), text);
    default:
      throw new NotUnderstood(`${shortened(text)} is more than data`);
  }
}

/** A call with its arguments as data, whatever is called. */
export function callOf(node: SyntaxNode, scope: Scope, source: Source): Call {
  const callee = evaluate(node.firstChild!, scope, source);
  if (!(callee instanceof Name) && !(callee instanceof Method)) {
    throw new NotUnderstood(`${shortened(source.text.slice(node.from, node.to))} calls what is no function`);
  }
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  const parts = argumentParts(node.lastChild!);
  for (const part of parts) {
    const [first, second] = part;
    const value = (at: SyntaxNode): Value => evaluate(at, scope, source);
    if (first!.name === "*") {
      const spread = value(second!);
      if (!Array.isArray(spread)) throw new NotUnderstood("what is spread into the arguments is no list");
      positional.push(...(spread as readonly Value[]));
    } else if (first!.name === "**") throw new NotUnderstood("its keywords come from a dictionary");
    else if (second?.name === "AssignOp") keywords.set(source.text.slice(first!.from, first!.to), value(part[2]!));
    else if (part.length === 1) positional.push(value(first!));
    else throw new NotUnderstood("an argument is made by a comprehension");
  }
  return new Call(callee, positional, keywords);
}

/** The nodes of an argument list, argument by argument. */
function argumentParts(list: SyntaxNode): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const child of children(list)) {
    if (child.name === "(" || child.name === ")" || child.name === "Comment") continue;
    if (child.name === ",") parts.push([]);
    else parts.at(-1)!.push(child);
  }
  return parts.filter((part) => part.length > 0);
}

function checked(call: Call, text: string): Call | string {
  const { callee } = call;
  if (callee instanceof Method) {
    if (HARMLESS_METHODS.has(callee.name)) return call;
    if (callee.of.name === "alembic.op.batch_alter_table" && callee.name === "f") return finished(call);
  } else if (HARMLESS.has(callee.dotted) || CONSTRUCTORS.test(callee.dotted)) {
    return callee.dotted === "alembic.op.f" ? finished(call) : call;
  }
  throw new NotUnderstood(`it is not known what ${shortened(text)} does`);
}

/** `op.f` marks a name as finished, which here every name is that is written out. */
function finished(call: Call): Call | string {
  const [name] = call.positional;
  return typeof name === "string" ? name : call;
}

function variable(name: string, scope: Scope): Value {
  const value = scope.get(name);
  if (value !== undefined) return value;
  throw new NotUnderstood(scope.has(name) ? `${name} is more than data` : `${name} is not known`);
}

function member(node: SyntaxNode, scope: Scope, { text }: Source): Value {
  if (node.lastChild!.name !== "PropertyName") {
    throw new NotUnderstood(`${shortened(text.slice(node.from, node.to))} is more than data`);
  }
  const property = text.slice(node.lastChild!.from, node.lastChild!.to);
  const object = evaluate(node.firstChild!, scope, { text });
  if (object instanceof Name) return new Name(`${object.dotted}.${property}`);
  if (object instanceof Call) return new Method(object, property);
  throw new NotUnderstood(`${shortened(text.slice(node.from, node.to))} is more than data`);
}

function elements(node: SyntaxNode, scope: Scope, source: Source): Value[] {
  return inner(node).map((child) => {
    if (child.name === "*") throw new NotUnderstood("a list is spread into another");
    return evaluate(child, scope, source);
  });
}

function dictionary(node: SyntaxNode, scope: Scope, source: Source): Map<string, Value> {
  const nodes = inner(node).filter(({ name }) => name !== ":");
  const entries = new Map<string, Value>();
  for (let index = 0; index < nodes.length; index += 2) {
    if (nodes[index]!.name === "**") throw new NotUnderstood("a dictionary is spread into another");
    const key = evaluate(nodes[index]!, scope, source);
    if (typeof key !== "string") throw new NotUnderstood("a key of a dictionary is no text");
    entries.set(key, evaluate(nodes[index + 1]!, scope, source));
  }
  return entries;
}

function negated(value: Value, text: string): Value {
  if (text.startsWith("-") && (typeof value === "number" || typeof value === "bigint")) return -value;
  throw new NotUnderstood(`${shortened(text)} is more than data`);
}

/** `"a" + "b"`, and lists likewise. */
function sum(node: SyntaxNode, scope: Scope, source: Source): Value {
  const operator = node.firstChild!.nextSibling!;
  const [left, right] = [node.firstChild!, node.lastChild!].map((side) => evaluate(side, scope, source));
  if (source.text.slice(operator.from, operator.to) === "+") {
    if (typeof left === "string" && typeof right === "string") return left + right;
    if (Array.isArray(left) && Array.isArray(right)) return [...(left as Value[]), ...(right as Value[])];
  }
  throw new NotUnderstood(`${shortened(source.text.slice(node.from, node.to))} is more than data`);
}

function joined(parts: readonly Value[]): string | Bytes {
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  if (parts.every((part) => part instanceof Bytes)) return new Bytes(parts.map(({ latin1 }) => latin1).join(""));
  throw new NotUnderstood("texts and bytes are mixed");
}

/** An f-string whose replacements are names of texts and whole numbers. */
function formatted(node: SyntaxNode, scope: Scope, source: Source): string {
  const text = source.text.slice(node.from, node.to);
  const { prefix, quote } = partsOf(text);
  const end = node.to - quote.length;
  let at = node.from + prefix.length + quote.length;
  let result = "";
  for (const child of children(node).filter(({ name }) => name === "FormatReplacement")) {
    result += formatText(source.text.slice(at, child.from), prefix.includes("r"));
    const parts = inner(child);
    const value = evaluate(parts[0]!, scope, source);
    if (parts.length > 1 || (typeof value !== "string" && typeof value !== "number")) {
      throw new NotUnderstood(`${shortened(text)} computes a part of its text`);
    }
    result += String(value);
    at = child.to;
  }
  return result + formatText(source.text.slice(at, end), prefix.includes("r"));
}

const PUNCTUATION = new Set(["(", ")", "[", "]", "{", "}", ",", "Comment"]);

export function children(node: SyntaxNode): SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) all.push(child);
  return all;
}

function inner(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter(({ name }) => !PUNCTUATION.has(name));
}

/** A piece of source on one line, of a length that a message can carry. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
