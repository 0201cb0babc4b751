import { compileFunction } from "node:vm";
import { isLimbeckError, LimbeckError } from "../errors/limbeck-error.ts";
import { loadModule, type Authoring } from "../scripts/load.ts";
import { readFileSync } from "node:fs";

/** Loads a configuration file and gives what it exports by default. Throws CONFIG_LOAD_FAILED. */
export async function evaluateConfig(path: string, authoring: Authoring): Promise<unknown> {
  try {
    if (path.endsWith(".json")) return JSON.parse(readFileSync(path, "utf8"));
    const plain = evaluatePlain(path);
    if (plain !== undefined) return plain.value;
    const module = await loadModule(path, authoring);
    return module["default"];
  } catch (error) {
    if (isLimbeckError(error)) throw error;
    throw new LimbeckError("CONFIG_LOAD_FAILED", {
      message: `The configuration cannot be loaded: ${(error instanceof Error ? error.message : String(error)).split("\n")[0]}`,
      hint: "Correct the file; `limbeck init` in an empty folder writes one to compare with.",
      where: { file: path },
      cause: error,
    });
  }
}

const IMPORT = /^import \{ defineConfig \} from ["']limbeck["'];?$/m;
const EXPORT = /^export default /m;

/**
 * Evaluates the usual configuration, which imports nothing but `defineConfig` and has no types in it, without a module
 * loader: on Node 20 loading the loader takes as long as everything else in `limbeck heads`. Whatever is not so plain
 * goes the long way.
 */
function evaluatePlain(path: string): { readonly value: unknown } | undefined {
  const source = readFileSync(path, "utf8");
  const body = source.replace(IMPORT, "").replace(EXPORT, "return ");
  if (body === source || /^\s*(?:import|export)\b|\bimport\s*[.(]|\bawait\b/m.test(body)) return undefined;
  try {
    const evaluate = compileFunction(`"use strict";${body}`, ["defineConfig"], { filename: path }) as (
      defineConfig: (config: unknown) => unknown,
    ) => unknown;
    return { value: evaluate((config) => config) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ReferenceError) return undefined;
    throw error;
  }
}
