import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { evaluatePlainModule } from "./plain-module.ts";

/** Gives what `limbeck` means to a module of the user's, when a loader has to be told. */
export type Authoring = () => Promise<object>;

/**
 * Loads a module of the user's: a revision file, a configuration or a schema.
 *
 * A plain module is evaluated as it stands. For others Node's own `import()` is used where it can read the file, and
 * jiti where it cannot: TypeScript on Node 20, syntax that type stripping does not do, imports without an extension,
 * and a package that calls itself CommonJS. `limbeck` means this copy of the library, whether the folder has one
 * installed or not, except to Node's own loader. `source` is the file's content, for a caller who has read it.
 */
export async function loadModule(
  path: string,
  authoring: Authoring,
  source = readFileSync(path, "utf8"),
): Promise<Record<string, unknown>> {
  return (
    (await evaluatePlainModule(path, source, authoring)) ??
    (await importNatively(path, source)) ??
    (await importWithJiti(path, await authoring()))
  );
}

async function importNatively(path: string, source: string): Promise<Record<string, unknown> | undefined> {
  if (!nodeCanLoad(path, source)) return undefined;
  const url = `${pathToFileURL(path).href}?${statSync(path).mtimeMs}`;
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    if (isLoaderLimit(error, url)) return undefined;
    throw error;
  }
}

async function importWithJiti(path: string, limbeck: object): Promise<Record<string, unknown>> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, {
    virtualModules: { limbeck },
    moduleCache: false,
    tsconfigPaths: true,
    interopDefault: false,
  });
  return await jiti.import<Record<string, unknown>>(path);
}

/** An ECMAScript module that its package does not announce as one is not even tried: Node says so on stderr. */
function nodeCanLoad(path: string, source: string): boolean {
  const extension = extname(path);
  const isTypeScript = extension.endsWith("ts");
  if (isTypeScript && !(process.features as { typescript?: unknown }).typescript) return false;
  return extension.startsWith(".m") || !/^\s*(?:import|export)\b/m.test(source) || isInModulePackage(path);
}

function isInModulePackage(path: string): boolean {
  const folder = dirname(path);
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return folder !== path && isInModulePackage(folder);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly type?: unknown }).type === "module";
}

const LOADER_LIMITS = new Set([
  "ERR_UNKNOWN_FILE_EXTENSION",
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
  "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
  "ERR_MODULE_NOT_FOUND",
  "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_INVALID_TYPESCRIPT_SYNTAX",
]);

/** Whether another loader may do better. An error of the module's own code is final: the code has run. */
function isLoaderLimit(error: unknown, url: string): boolean {
  if (error instanceof SyntaxError) return !calls(error).some((line) => line.includes(url));
  const { code } = error as { code?: unknown };
  return typeof code === "string" && LOADER_LIMITS.has(code);
}

function calls(error: Error): string[] {
  return (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
}
