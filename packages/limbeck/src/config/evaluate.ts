import { reasonOf } from "../errors/reason.ts";
import { readFileSync } from "node:fs";
import { isLimbeckError, LimbeckError, type Location } from "../errors/limbeck-error.ts";
import { placeInFile } from "../errors/place-in-file.ts";
import { loadModule, type Authoring } from "../scripts/load.ts";
import { evaluatePlainModule } from "../scripts/plain-module.ts";
import { defineConfig } from "./define-config.ts";

/** Loads a configuration file and gives what it exports by default. Throws CONFIG_LOAD_FAILED. */
export async function evaluateConfig(path: string, authoring: Authoring): Promise<unknown> {
  try {
    if (path.endsWith(".json")) return parseJson(path, readFileSync(path, "utf8"));
    const source = readFileSync(path, "utf8");
    const plain = await evaluatePlainModule(path, source, justDefineConfig);
    const module = plain ?? (await loadModule(path, authoring, source));
    return module["default"];
  } catch (error) {
    if (isLimbeckError(error)) throw error;
    throw new LimbeckError("CONFIG_LOAD_FAILED", {
      message: `The configuration cannot be loaded: ${reasonOf(error).split("\n")[0]}`,
      hint: "Correct the file; `limbeck init` in an empty folder writes one to compare with.",
      // The loader moves columns, but no lines.
      where: { file: path, ...withoutColumn(placeInFile(error, path)) },
      cause: error,
    });
  }
}

function withoutColumn(place: Location | undefined): Partial<Location> {
  return place?.line === undefined ? {} : { line: place.line };
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Behind its first words the message quotes the text, and a password with it.
    const reason = reasonOf(cause).replace(/, (?:\.\.\.)?".*/s, "");
    const [, position] = /at position (\d+)/.exec(reason) ?? [];
    const error = new SyntaxError(`this is no JSON: ${reason}`, { cause });
    if (position !== undefined) error.stack = `${path}:${text.slice(0, Number(position)).split("\n").length}:1`;
    throw error;
  }
}

/** All that the usual configuration asks for, so that `limbeck heads` need not load the operations. */
function justDefineConfig(): Promise<object> {
  return Promise.resolve({ defineConfig });
}
