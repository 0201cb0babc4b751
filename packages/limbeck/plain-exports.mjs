import { parseSync } from "oxc-parser";

const LATE = /Promise\.resolve\(\)\.then\(\(\) => (require\("[^"]+"\)|[\w$]+)\)(?:\.then\(\(n\) => n(\.\w+)\))?/g;
const LATE_ONE = new RegExp(`(?<=\\bawait )${LATE.source}`, "g");
const LATE_ALL = new RegExp(`\\bawait Promise\\.all\\(\\[(?:\\s*${LATE.source},?)+\\s*\\]\\)`, "g");
/** `() => import(…)`: an async function makes its promise itself. */
const LATE_CALL = new RegExp(`\\(\\) => ${LATE.source}(?!\\s*\\.)`, "g");

/** A chunk that is waited for, as rolldown writes it, without the promise around it: `await` takes a value as well. */
function plainImport(_, required, member = "") {
  return required + member;
}

/**
 * What chunks give one another becomes `exports.a = a`, as it already is in entries: rolldown writes a getter for each, six times
 * as long, so that other chunks see a later assignment. Only what can never be assigned again is written plainly.
 */
export const plainExports = {
  name: "plain-exports",
  renderChunk(rendered) {
    const code = rendered
      .replace(LATE_ALL, (imports) => imports.replaceAll(LATE, plainImport))
      .replaceAll(LATE_ONE, plainImport)
      .replaceAll(LATE_CALL, (call, required, member) => `async () => ${plainImport(call, required, member)}`);
    const { body } = parseSync("chunk.js", code).program;
    const constants = new Set(body.flatMap((node) => constantsOf(node)));
    const getters = body.flatMap((node) => getterOf(node) ?? []).filter(({ value }) => constants.has(value));
    const plain = getters.reduceRight(
      (text, { start, end, name, value }) => `${text.slice(0, start)}exports.${name} = ${value};${text.slice(end)}`,
      code,
    );
    return togetherExported(plain);
  },
};

/** All that a chunk gives out at its end in one call: its name is then said once. */
function togetherExported(code) {
  const given = [];
  const rest = code.replace(/^exports\.([\w$]+) = ([\w$]+);\n?/gm, (_, name, value) => {
    given.push(`${name}: ${value}`);
    return "";
  });
  return given.length < 4 ? code : `${rest}\nObject.assign(exports, { ${given.join(", ")} });\n`;
}

/** The names that a statement declares, and nothing can assign to; rolldown itself declares its namespaces with `var`. */
function constantsOf(node) {
  if (node.type === "FunctionDeclaration") return [node.id.name];
  if (node.type !== "VariableDeclaration") return [];
  const { declarations } = node;
  return node.kind === "const" || isRolldowns(declarations) ? declarations.map(({ id }) => id.name) : [];
}

/** What the source never assigns to again, and rolldown declares with `var`: classes, and what a late import gets of a chunk. */
function isRolldowns([{ init }]) {
  return init?.type === "ClassExpression" || init?.callee?.property?.name === "__exportAll";
}

/** `Object.defineProperty(exports, "name", { enumerable: true, get: function () { return value; } })`, in its parts. */
function getterOf({ type, expression, start, end }) {
  if (type !== "ExpressionStatement" || expression.type !== "CallExpression") return undefined;
  const { callee, arguments: args } = expression;
  if (callee.object?.name !== "Object" || callee.property.name !== "defineProperty") return undefined;
  const [target, { value: name }, { properties }] = args;
  const getter = properties?.find(({ key }) => key.name === "get")?.value.body.body[0].argument;
  if (target.name !== "exports" || getter?.type !== "Identifier") return undefined;
  return { start, end, name, value: getter.name };
}

/**
 * `undefined` has a short name in each chunk, in place of the minifier's `void 0`: of exactly that operator on exactly that number, and
 * a name that nothing in the chunk goes by.
 */
export const shortUndefined = {
  name: "short-undefined",
  generateBundle(_, chunks) {
    for (const chunk of Object.values(chunks)) chunk.code = withShortUndefined(chunk.code);
  },
};

function withShortUndefined(code) {
  const { program } = parseSync("chunk.cjs", code);
  const places = nodesOf("UnaryExpression", program).filter(
    ({ operator, argument }) => operator === "void" && argument.type === "Literal" && argument.value === 0,
  );
  const taken = new Set(nodesOf("Identifier", program).map(({ name }) => name));
  const free = ["$", "_", "$_", "$$"].find((name) => !taken.has(name));
  if (free === undefined || places.length < 5) return code;
  const short = places.reduceRight((text, { start, end }) => text.slice(0, start) + free + text.slice(end), code);
  return `const ${free}=void 0;${short}`;
}

/** All nodes of a kind, in their order. */
export function nodesOf(type, node) {
  if (typeof node !== "object" || node === null) return [];
  const below = Object.values(node).flatMap((child) => nodesOf(type, child));
  return node.type === type ? [node, ...below] : below;
}
