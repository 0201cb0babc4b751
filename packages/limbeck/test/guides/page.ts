/** A block of code on a page, or a comment that is for whoever runs the page. */
export type Part =
  | {
      readonly kind: "code";
      readonly language: string;
      readonly text: string;
      readonly line: number;
      /** What the comment in front of it says. */
      readonly note: Note | undefined;
    }
  | { readonly kind: "setup"; readonly text: string; readonly line: number };

/**
 * What a comment says of the block behind it, in HTML, where readers do not see it:
 *
 *     <!-- doc: skip because it needs a cluster -->
 *     <!-- doc: exit 1 -->
 *     <!-- doc: file limbeck.config.ts -->
 *     <!-- doc: revision with const owner = "nobody"; -->
 *
 * The last one makes a revision of what stands in one, on top of the others, and runs it.
 */
export type Note =
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "revision"; readonly preamble: string };

export interface Page {
  readonly parts: readonly Part[];
  /** Why no block of the page runs: `<!-- doc: page is not run because … -->` anywhere on it. */
  readonly notRun: string | undefined;
}

/** What of a page is for running, in its order. `<!-- doc: setup … -->` has files and commands that readers know already. */
export function readPage(text: string): Page {
  const parts: Part[] = [];
  let note: Note | undefined;
  const pieces = /^```(\w*)\n([^]*?)^```$|^<!-- doc: ([^]*?)-->$/gm;
  for (const { index, 1: language, 2: code = "", 3: said } of text.matchAll(pieces)) {
    const line = text.slice(0, index).split("\n").length;
    if (said?.startsWith("setup\n")) parts.push({ kind: "setup", text: said.slice("setup\n".length), line });
    else if (said !== undefined) note = noteOf(said.trim());
    else {
      parts.push({ kind: "code", language: language!, text: code, line, note });
      note = undefined;
    }
  }
  return { parts, notRun: /^<!-- doc: page is not run because ([^]*?)-->$/m.exec(text)?.[1]?.trim() };
}

function noteOf(said: string): Note | undefined {
  const [, skip, exit, file] = /^(?:skip because (.+)|exit (\d+)|file (\S+))$/s.exec(said) ?? [];
  if (skip !== undefined) return { kind: "skip", reason: skip };
  if (exit !== undefined) return { kind: "exit", code: Number(exit) };
  if (file !== undefined) return { kind: "file", path: file };
  const [revision, preamble = ""] = /^revision(?: with (.+))?$/s.exec(said) ?? [];
  if (revision !== undefined) return { kind: "revision", preamble };
  if (said.startsWith("page is not run because ")) return undefined;
  throw new Error(`nobody understands the comment doc: ${said}`);
}
