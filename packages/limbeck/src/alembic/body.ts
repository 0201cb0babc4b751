import { sourceOf } from "../operations/catalogue.ts";
import { indent } from "../operations/language/source.ts";
import type { TranslatedHalf } from "./revision.ts";
import type { LeftOver } from "./translate.ts";

/** A half's body as TypeScript. What is not translated refuses to run, in its place. */
export function bodyText({ pieces }: TranslatedHalf, file: string): string {
  const text = pieces
    .map((piece) =>
      "left" in piece
        ? refusal(piece.left, file)
        : piece.operations.map((operation) => `${sourceOf(operation)};\n`).join(""),
    )
    .join("");
  return text === "" ? "" : `${indent(text.trimEnd())}\n`;
}

function refusal({ line, source, reason }: LeftOver, file: string): string {
  const lines = dedented(source).map((text) => `//   ${text}`.trimEnd());
  const message = `${file}:${line} is not translated: ${reason}. Do here what it does, and remove this line.`;
  return `// ${file}:${line}\n${lines.join("\n")}\nthrow new Error(${JSON.stringify(message)});\n`;
}

/** The lines of a statement without the indentation of its block, which the first line does not show. */
function dedented(source: string): string[] {
  const [first = "", ...others] = source.trimEnd().split(/\r\n?|\n/);
  const indents = others.filter((line) => line.trim() !== "").map((line) => /^\s*/.exec(line)![0].length);
  // What stands below the statement is indented by at least a space more than the statement.
  const block = Math.max(0, Math.min(...indents) - (/^\w.*:\s*$/.test(first) ? 4 : 0));
  return [first, ...others.map((line) => line.slice(Number.isFinite(block) ? block : 0))];
}
