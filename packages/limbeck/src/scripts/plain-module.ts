import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";

/** What `limbeck` means to a module: its exports by name. */
type Library = Readonly<Record<string, unknown>>;

type Exports = Record<string, unknown>;

const IMPORT = /^import (type )?\{([^}]*)\} from ["']limbeck["'];?/gm;
const DECLARATION = /^export (const |let |(?:async )?function )([\w$]+)/gm;
const SIGNATURE =
  /^((?:async )?function (?:up|down)grade)\(([\w$]+)(?:: Operations)?\)(?:: Promise<void>|: void)? \{/gm;

/**
 * Other imports and exports, what only some loaders have, and what is valid JavaScript with another meaning than in
 * TypeScript: `f<T>(x)`.
 */
const NOT_PLAIN = /^\s*(?:import|export)\b|\bimport\s*[.(]|\b(?:require|__dirname|__filename)\b|<[^]*>\s*[(`]/m;

/**
 * Evaluates a module that imports nothing but `limbeck` and has no types but `op: Operations`, as revisions and
 * configurations mostly are. No loader is needed for it: a thousand of them take a tenth of a second on every version
 * of Node, where transpiling them takes seconds. Undefined for any other module: a type anywhere else is a syntax
 * error here, and goes the long way.
 */
export async function evaluatePlainModule(path: string, library: () => Promise<object>): Promise<Exports | undefined> {
  const plain = compilePlain(readFileSync(path, "utf8"), path);
  if (plain === undefined) return undefined;
  const limbeck = (await library()) as Library;
  return plain.imports.every((name) => name in limbeck) ? plain.evaluate(limbeck) : undefined;
}

interface PlainModule {
  /** What it takes from `limbeck`. */
  readonly imports: readonly string[];
  evaluate(limbeck: Library): Exports;
}

function compilePlain(source: string, path: string): PlainModule | undefined {
  const imports: string[] = [];
  const names: string[] = [];
  const body = source
    .replace(IMPORT, (text, type: string | undefined, list: string) => {
      const values = type === undefined ? valuesOf(list) : [];
      imports.push(...values.map((value) => value.split(" as ")[0]!));
      const assigned = values.map((value) => value.replace(" as ", ": ")).join(", ");
      // On as many lines as before: an error names the author's line.
      return `const { ${assigned} } = limbeck;${"\n".repeat(text.split("\n").length - 1)}`;
    })
    .replace(DECLARATION, (_, kind: string, name: string) => {
      names.push(name);
      return kind + name;
    })
    .replace(/^export default /m, "exports.default = ")
    .replace(SIGNATURE, "$1($2) {");
  if (NOT_PLAIN.test(body)) return undefined;
  const exported = names.map((name) => `exports.${name} = ${name};`).join("");
  try {
    const run = compileFunction(`"use strict";${body}\n${exported}`, ["exports", "limbeck"], { filename: path });
    return { imports, evaluate: (limbeck) => evaluated(run as Run, limbeck) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The values of an import's list, without its types: `a`, `c as d`. */
function valuesOf(list: string): string[] {
  const items = list.split(",").map((item) => item.trim().replace(/\s+/g, " "));
  return items.filter((item) => item !== "" && !item.startsWith("type "));
}

type Run = (exports: Exports, limbeck: Library) => void;

function evaluated(run: Run, limbeck: Library): Exports {
  const exports: Exports = {};
  run(exports, limbeck);
  return exports;
}
