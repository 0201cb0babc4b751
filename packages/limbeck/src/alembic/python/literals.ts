import { Bytes, NotUnderstood } from "./values.ts";

const PREFIXED = /^([a-zA-Z]*)("""|'''|"|')([^]*)\2$/;

/** A string literal, or `b"…"`. An f-string's replacements are given by `replaced`, in their order. */
export function stringValue(source: string): string | Bytes {
  const { prefix, body } = partsOf(source);
  const text = prefix.includes("r") ? normalised(body) : unescaped(normalised(body), prefix.includes("b"));
  return prefix.includes("b") ? new Bytes(text) : text;
}

/** A piece of an f-string that is text. */
export function formatText(piece: string, isRaw: boolean): string {
  const text = normalised(piece).replaceAll("{{", "{").replaceAll("}}", "}");
  return isRaw ? text : unescaped(text, false);
}

export function partsOf(source: string): { readonly prefix: string; readonly quote: string; readonly body: string } {
  const [, prefix = "", quote = "", body = ""] = PREFIXED.exec(source) ?? [];
  if (quote === "") throw new NotUnderstood(`${source} is no string that ends`);
  return { prefix: prefix.toLowerCase(), quote, body };
}

/** Line ends as Python sees them. */
function normalised(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
}

const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Escapes as the Python Language Reference lists them (2.5.1). An unknown one stays as it is. */
function unescaped(text: string, isBytes: boolean): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|([0-7]{1,3})|([^]))/g,
    (whole, x?: string, u?: string, U?: string, named?: string, octal?: string, other?: string) => {
      if (x !== undefined) return String.fromCodePoint(Number.parseInt(x, 16));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      if (other !== undefined) return SIMPLE[other] ?? whole;
      if (isBytes) return whole;
      if (named !== undefined) throw new NotUnderstood(`the character \\N{${named}} is named, not written`);
      return String.fromCodePoint(Number.parseInt(u ?? U!, 16));
    },
  );
}

export function numberValue(source: string): number | bigint {
  const digits = source.replaceAll("_", "");
  if (/j$/i.test(digits)) throw new NotUnderstood(`${source} is a complex number`);
  if (/^(?:0[xob][\da-f]+|\d+)$/i.test(digits)) {
    const whole = BigInt(digits.replace(/^0+(?=\d)/, ""));
    return whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : whole;
  }
  return Number(digits);
}
