import { parseSync } from "oxc-parser";

/** How the bundler ends a chunk for each name that it gives out. */
const GETTER = /Object\.defineProperty\(exports,"([$\w]+)",\{enumerable:!0,get:function\(\)\{return ([$\w]+)\}\}\)/g;

/** How the bundler loads a chunk when it is asked for. */
const LATE = /Promise\.resolve\(\)\.then\(\(\)=>(require\("[^"]+"\))\)/g;

/**
 * Shortens what the bundler and its minifier leave long in a chunk of CommonJS: names that it gives out are assigned, as nothing
 * changes them later; `undefined` has a name of one letter; and functions at its top are arrow functions at its beginning,
 * before anything can call them.
 */
export function squeeze(code) {
  const { program, errors } = parseSync("chunk.cjs", code);
  if (errors.length > 0) throw new Error(errors[0].message);
  const nodes = nodesIn(program);
  const edits = undefinedEdits(nodes);
  const own = nodes.filter(isItsOwn);
  const functions = program.body.filter((node) => isPlainFunction(node, own));
  const arrows = functions.map((node) => `${node.id.name}=${arrowOf(node, (part) => edited(code, edits, part))}`);
  const rest = edited(code, [...edits, ...functions.map(({ start, end }) => ({ start, end, to: "" }))], program);
  const first = [...(edits.length === 0 ? [] : [`${edits[0].to}=void 0`]), ...arrows];
  const variables = program.body.flatMap(({ kind, declarations }) =>
    kind === "let" || kind === "var" ? declarations.map(({ id }) => id.name) : [],
  );
  const values = rest
    .replaceAll(GETTER, (getter, name, local) => (variables.includes(local) ? getter : `exports.${name}=${local}`))
    .replaceAll(LATE, "(async()=>$1)()");
  return first.length === 0 ? values : `const ${first.join(",")};${values}`;
}

function undefinedEdits(nodes) {
  const names = new Set(nodes.map(({ type, name }) => type === "Identifier" && name));
  const to = ["$", "_", "Q", "Z"].find((name) => !names.has(name));
  // `void` before anything but a number is a call whose value nobody wants.
  const found = nodes.filter(({ operator, argument }) => operator === "void" && argument.type === "Literal");
  return to === undefined || found.length < 4 ? [] : found.map(({ start, end }) => ({ start, end, to }));
}

/** What means another thing in an arrow function. */
function isItsOwn({ type, name }) {
  return type === "ThisExpression" || type === "MetaProperty" || name === "arguments";
}

function isPlainFunction({ type, generator, start, end }, own) {
  return type === "FunctionDeclaration" && !generator && !own.some((node) => node.start >= start && node.end <= end);
}

function arrowOf({ async: isAsync, params, body }, textOf) {
  const [only] = params;
  const list = params.length === 1 && only.type === "Identifier" ? textOf(only) : `(${params.map(textOf).join(",")})`;
  const [first, ...others] = body.body;
  const isValue = others.length === 0 && first?.type === "ReturnStatement" && first.argument !== null;
  const value = textOf(isValue ? first.argument : body);
  const needsParentheses = isValue && (value.startsWith("{") || first.argument.type === "SequenceExpression");
  return `${isAsync ? "async " : ""}${list}=>${needsParentheses ? `(${value})` : value}`;
}

function nodesIn(node, found = []) {
  if (typeof node.type === "string") found.push(node);
  for (const child of Object.values(node)) {
    if (typeof child === "object" && child !== null) nodesIn(child, found);
  }
  return found;
}

/** A part of the code with the edits that begin in it and are not inside another. */
function edited(code, edits, { start, end }) {
  let text = "";
  let at = start;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    if (edit.start < at || edit.start >= end) continue;
    text += code.slice(at, edit.start) + edit.to;
    at = edit.end;
  }
  return text + code.slice(at, end);
}
