import { LimbeckError } from "../errors/limbeck-error.ts";

/**
 * What a user typed for a revision, taken apart: `label@symbol+N`.
 * Each part may be absent, but one of `symbol` and `offset` is there; `offset` is never 0.
 */
export interface Identifier {
  readonly text: string;
  readonly label: string | undefined;
  readonly symbol: string | undefined;
  readonly offset: number | undefined;
}

const form = /^(?:(?<label>[^@:+\-\s]+)@)?(?<symbol>[^@:+\-\s]+)?(?<offset>[+-]\d+)?$/u;

/** Takes an identifier apart without looking anything up. Throws TARGET_INVALID for a range, for junk and for `+0`. */
export function parseIdentifier(text: string): Identifier {
  if (text.includes(":")) {
    throw invalid(
      text,
      `${text} is a range, and one place in the history is asked for`,
      "Name one revision; ranges are for `limbeck history -r` and for --sql.",
    );
  }
  const { label, symbol, offset } = form.exec(text)?.groups ?? {};
  if (symbol === undefined && offset === undefined) {
    throw invalid(text, `${JSON.stringify(text)} is not a revision identifier`, forms);
  }
  if (offset !== undefined && Number(offset) === 0) {
    throw invalid(
      text,
      `${text} leads nowhere: a relative identifier counts from 1`,
      "Use +1 for the next revision, -1 for the one before.",
    );
  }
  return { text, label, symbol, offset: offset === undefined ? undefined : Number(offset) };
}

/** `+2` or `left@-1`: relative to the rows of the version table, not to a revision that it names. */
export function isRelativeToCurrent({ symbol, offset }: Identifier): boolean {
  return offset !== undefined && (symbol === undefined || symbol === "current");
}

/** The ends of `a:b`, `a:`, `:b` or `:`; an end left out is "". Throws TARGET_INVALID for anything else. */
export function splitRange(text: string): { start: string; end: string } {
  const [start, end, ...rest] = text.split(":");
  if (start === undefined || end === undefined || rest.length > 0) {
    throw invalid(
      text,
      `${JSON.stringify(text)} is not a range`,
      "Write start:end, start: or :end, the older end first, such as base:head or -3:.",
    );
  }
  return { start, end };
}

const forms =
  "Write an id or the first characters of one, head, heads, base, a branch label, label@head, or a number of steps such as +1, -1 or head-1.";

function invalid(target: string, message: string, hint: string): LimbeckError {
  return new LimbeckError("TARGET_INVALID", { message: `${message}.`, hint, details: { target } });
}
