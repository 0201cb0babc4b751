/** What changes from run to run, and what stands for it on both sides. */
const CHANGING: readonly (readonly [pattern: RegExp, placeholder: string])[] = [
  [/\bpostgres(?:ql)?(?:\+\w+)?:\/\/\S+/g, "<url>"],
  [/\b\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z| UTC)/g, "<time>"],
  [/ by \S+(?:@| on )[^\s:]+/g, " by <who>"],
  [/(?<![\w.])\d[\d,.]* ?(?:ms|s|min|kB|MB|GB)\b/g, "<amount>"],
  [/"durationMs":[\d.]+/g, `"durationMs":<amount>`],
  [/\bprocess \d+ from \S+/g, "process <pid>"],
];

function masked(text: string): string {
  let shown = text;
  for (const [pattern, placeholder] of CHANGING) shown = shown.replace(pattern, placeholder);
  return shown
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trimEnd();
}

/** Whether a command said what the page shows. `…` on the page stands for anything: on a line by itself, for any lines. */
export function isSame(shown: string, said: string): boolean {
  const source = masked(shown)
    .split("\n")
    .map((line) => (line.trim() === "…" ? "(?:.*\n)*?" : `${escaped(line)}\n`))
    .join("");
  return new RegExp(`^${source}$`).test(`${masked(said)}\n`);
}

function escaped(line: string): string {
  return line
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
}
