import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const NAME = "limbeck.lock";
const EXPLANATION = `# The heads of this history, one a line. Two branches that each add a revision conflict here, which is its purpose:
# join them with \`limbeck merge\`, or put one behind the other with \`limbeck rebase\`; both write this file anew.
`;

/** What the lock file beside the migrations says of the heads. */
export type HeadsFile =
  | { readonly state: "missing" }
  /** Git could not merge it: two branches have each added a revision. */
  | { readonly state: "conflict"; readonly path: string }
  | { readonly state: "read"; readonly path: string; readonly heads: readonly string[] };

/** Writes the heads into the lock file in the first migrations folder. */
export function writeHeadsFile(folder: string, heads: readonly string[]): void {
  const content = `${EXPLANATION}${heads.toSorted().join("\n")}\n`;
  const path = join(folder, NAME);
  if (existsSync(path) && readFileSync(path, "utf8") === content) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, content);
}

export function readHeadsFile(folder: string): HeadsFile {
  const path = join(folder, NAME);
  if (!existsSync(path)) return { state: "missing" };
  const lines = readFileSync(path, "utf8").split(/\r?\n/);
  if (lines.some((line) => /^(?:<{7}|={7}|>{7})/.test(line))) return { state: "conflict", path };
  return { state: "read", path, heads: lines.filter((line) => line !== "" && !line.startsWith("#")).toSorted() };
}
