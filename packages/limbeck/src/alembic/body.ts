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
  const lines = source.split(/\r\n?|\n/).map((text) => `//   ${text}`.trimEnd());
  const message = `${file}:${line} is not translated: ${reason}. Do here what it does, and remove this line.`;
  return `// ${file}:${line}\n${lines.join("\n")}\nthrow new Error(${JSON.stringify(message)});\n`;
}
