import { ExactNumber } from "../../services/json.ts";

/**
 * What Python's `str()` makes of a JSON value. A watermark may be of any type and is kept as this text, which
 * clients of the original have stored and compare with.
 */
export function pythonText(value: unknown): string {
  return typeof value === "string" ? value : pythonSource(value);
}

function pythonSource(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return numberText(String(value));
  if (typeof value === "string") return quoted(value);
  if (value instanceof ExactNumber) return numberText(value.text);
  if (Array.isArray(value)) return `[${value.map(pythonSource).join(", ")}]`;
  const entries = Object.entries(value as object).map(([key, item]) => `${quoted(key)}: ${pythonSource(item)}`);
  return `{${entries.join(", ")}}`;
}

function numberText(text: string): string {
  if (!/[.eE]/.test(text)) return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  const [digits = "", exponent = ""] = number.toExponential().split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 16) return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  if (Object.is(number, -0)) return "-0.0";
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replace(/[\\'"\p{C}\p{Z}]/gu, (character) => escaped(character, quote)) + quote;
}

function escaped(character: string, quote: string): string {
  if (character === "\\" || character === quote) return `\\${character}`;
  if (character === "'" || character === '"' || character === " ") return character;
  const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
