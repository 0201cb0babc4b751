import { compileFunction } from "node:vm";
import { SourceScanner } from "./source-scanner.ts";

/** What `limbeck` means to a module: its exports by name. */
type Library = Readonly<Record<string, unknown>>;

type Exports = Record<string, unknown>;

const IMPORT = /^import (type )?\{([^}]*)\} from ["']limbeck["'];?/gm;
const DECLARATION = /^export (const |let |(?:async )?function )([\w$]+)/gm;
const SIGNATURE =
  /^((?:async )?function (?:up|down)grade)\(([\w$]+)(?:: Operations)?\)(?:: Promise<void>|: void)? \{/gm;

/** Other imports and exports, and what is valid JavaScript with another meaning than in TypeScript: `f<T>(x)`. */
const NOT_PLAIN = /^\s*(?:import|export)\b|\bimport\s*[.(]|<[^]*>\s*[(`]/m;
/** What only some loaders have, and the names that stand for imports and exports here. */
const OTHER_SCOPE = /\b(?:require|module|exports|__dirname|__filename)\b|\$(?:exports|limbeck)\b/;

/**
 * Evaluates a module that imports nothing but `limbeck` and has no types but `op: Operations`, as revisions and
 * configurations mostly are. No loader is needed for it: a thousand of them take a tenth of a second on every version
 * of Node, where transpiling them takes seconds. Undefined for any other module: a type anywhere else is a syntax
 * error here, and goes the long way.
 */
export async function evaluatePlainModule(
  path: string,
  source: string,
  library: () => Promise<object>,
): Promise<Exports | undefined> {
  const plain = compilePlain(source, path);
  if (plain === undefined) return undefined;
  const limbeck = (await library()) as Library;
  return plain.imports.every((name) => name in limbeck) ? await plain.evaluate(limbeck) : undefined;
}

interface PlainModule {
  /** What it takes from `limbeck`. */
  readonly imports: readonly string[];
  evaluate(limbeck: Library): Promise<Exports>;
}

function compilePlain(source: string, path: string): PlainModule | undefined {
  const imports: string[] = [];
  const names: string[] = [];
  let statements = 0;
  if (OTHER_SCOPE.test(source)) return undefined;
  const body = source
    .replace(IMPORT, (text, type: string | undefined, list: string) => {
      statements++;
      const values = type === undefined ? valuesOf(list) : [];
      imports.push(...values.map((value) => value.split(" as ")[0]!));
      const assigned = values.map((value) => value.replace(" as ", ": ")).join(", ");
      // On as many lines as before: an error names the author's line.
      return `const { ${assigned} } = $limbeck;${"\n".repeat(text.split("\n").length - 1)}`;
    })
    .replace(DECLARATION, (_, kind: string, name: string) => {
      statements++;
      names.push(name);
      return kind + name;
    })
    .replace(/^export default /m, () => {
      statements++;
      return "$exports.default = ";
    })
    .replace(SIGNATURE, "$1($2) {");
  if (NOT_PLAIN.test(body) || !areAll(statements, source)) return undefined;
  const exported = names.map((name) => `$exports.${name} = ${name};`).join("");
  try {
    // In an async function `await` means what it means in a module.
    const code = /\bawait\b/.test(body)
      ? `"use strict";return (async () => {${body}\n${exported}})()`
      : `"use strict";${body}\n${exported}`;
    const run = compileFunction(code, ["$exports", "$limbeck"], { filename: path });
    return { imports, evaluate: (limbeck) => evaluated(run as Run, limbeck) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const WORDS = /\b(?:import|export)\b/g;
/** What begins on a line of its own and names one thing there, or opens a bracket. */
const ONE_EACH =
  /^(?:import .*;?|export (?:const|let) [\w$]+ = (?:null|true|false|\d+|"[^"\\\n]*");?|export (?:async )?function .*\{)$/gm;

/**
 * Whether a module has just so many imports and exports, none of more than one name: what looked like one more may
 * stand in a comment or in a text, and a comma outside all brackets may declare a second name.
 */
function areAll(statements: number, source: string): boolean {
  // The form in which limbeck writes a revision, which takes a tenth of the time that scanning it would.
  if (source.match(WORDS)?.length === statements && source.match(ONE_EACH)?.length === statements) return true;
  const scanner = new SourceScanner(source);
  let count = 0;
  for (let token = scanner.next(); token !== undefined; token = scanner.next()) {
    if (token === ",") return false;
    if (token === "import" || token === "export") count++;
    else if (token === "(" || token === "[" || token === "{") scanner.skipBalanced();
  }
  return count === statements;
}

/** The values of an import's list, without its types: `a`, `c as d`. */
function valuesOf(list: string): string[] {
  const items = list.split(",").map((item) => item.trim().replace(/\s+/g, " "));
  return items.filter((item) => item !== "" && !item.startsWith("type "));
}

type Run = (exports: Exports, limbeck: Library) => Promise<void> | void;

async function evaluated(run: Run, limbeck: Library): Promise<Exports> {
  const exports: Exports = {};
  await run(exports, limbeck);
  return exports;
}
