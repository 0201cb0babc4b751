import { loadParser } from "./statements.ts";

/**
 * The text between the parentheses of a CHECK that stands at a place of a statement, counted in bytes. The parser gives a
 * tree, and what asks the database needs words.
 */
export async function checkText(sql: string, location: number): Promise<string | undefined> {
  const { scanSync } = await loadParser();
  const tokens = scanSync(sql).tokens.filter(({ start }) => start >= location);
  const open = tokens.findIndex(({ text }) => text.toUpperCase() === "CHECK") + 1;
  if (open === 0 || tokens[open]?.text !== "(") return undefined;
  let depth = 0;
  const close = tokens.findIndex(({ text }, index) => {
    if (index < open) return false;
    depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    return depth === 0;
  });
  const bytes = Buffer.from(sql, "utf8");
  return close === -1 ? undefined : bytes.subarray(tokens[open].end, tokens[close]!.start).toString("utf8").trim();
}
