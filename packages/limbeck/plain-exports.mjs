import { parseSync } from "oxc-parser";

/**
 * What chunks give one another becomes `exports.a = a`, as it already is in entries: rolldown writes a getter for each, six times
 * as long, so that other chunks see a later assignment. Only what can never be assigned again is written plainly.
 */
export const plainExports = {
  name: "plain-exports",
  renderChunk(code) {
    const { body } = parseSync("chunk.js", code).program;
    const constants = new Set(body.flatMap((node) => constantsOf(node)));
    const getters = body.flatMap((node) => getterOf(node) ?? []).filter(({ value }) => constants.has(value));
    return getters.reduceRight(
      (text, { start, end, name, value }) => `${text.slice(0, start)}exports.${name} = ${value};${text.slice(end)}`,
      code,
    );
  },
};

/** The names that a statement declares, and nothing can assign to. */
function constantsOf(node) {
  if (node.type === "FunctionDeclaration") return [node.id.name];
  if (node.type !== "VariableDeclaration" || node.kind !== "const") return [];
  return node.declarations.map(({ id }) => id.name);
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
