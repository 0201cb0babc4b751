import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseStatements } from "../src/grammar/statements.ts";

/** The SQL files at a path, in a stable order. */
export function sqlFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.sql(\.gz)?$/.test(name))
    .toSorted()
    .map((name) => join(path, name));
}

/** The statements of a file for psql, or of an extension's script, whose library is then looked for beside it. */
export async function statementsIn(file: string): Promise<readonly string[]> {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes)
    .toString("utf8")
    .replace(/^copy [^;]* from stdin[^;]*;\n[\s\S]*?^\\\.$/gim, "")
    .replace(/^\\.*$/gm, "")
    .replaceAll("@extschema@", "public")
    .replaceAll("MODULE_PATHNAME", libraryOf(file));
  try {
    return (await parseStatements(text)).map((statement) => statement.text);
  } catch {
    return cutAtSemicolons(text);
  }
}

/** The library of an extension, as its control file says, or in the folder of the environment's LIMBECK_LIBRARIES. */
function libraryOf(file: string): string {
  const control = join(dirname(file), `${basename(file).replace(/--.*/, "")}.control`);
  const text = existsSync(control) ? readFileSync(control, "utf8") : "";
  const path = /^module_pathname\s*=\s*'(.*)'/m.exec(text)?.[1] ?? "";
  return path.replace(/^\$libdir/, process.env["LIMBECK_LIBRARIES"] ?? "$libdir");
}

/** What has a semicolon in it that ends nothing, or is a semicolon that does. */
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:\\[\s\S]|''|[^'\\])*'|'(?:''|[^'])*'|"[^"]*"|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1|;/g;

/** For text that PostgreSQL's grammar does not take as a whole. */
function cutAtSemicolons(text: string): string[] {
  const statements: string[] = [];
  let start = 0;
  for (const token of text.matchAll(TOKENS)) {
    if (token[0] !== ";") continue;
    statements.push(text.slice(start, token.index).trim());
    start = token.index + 1;
  }
  statements.push(text.slice(start).trim());
  return statements.filter((statement) => statement !== "");
}
