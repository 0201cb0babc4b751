import type { Location } from "./limbeck-error.ts";

/** The topmost place of an error's stack that lies in a file. */
export function placeInFile(error: unknown, path: string): Location | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const line of stack.split("\n")) {
    const at = line.indexOf(path);
    const place = at === -1 ? null : /^(?:\?[^:]*)?:(\d+):(\d+)/.exec(line.slice(at + path.length));
    if (place !== null) return { file: path, line: Number(place[1]), column: Number(place[2]) };
  }
  return undefined;
}
