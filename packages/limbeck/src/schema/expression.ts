const OPENING = "(ARRAY[";

/**
 * An expression as PostgreSQL prints it once more after it was loaded from its own print. The two are the same text but
 * for the cast of an array, as of `IN` with a list of varchar constants: when `(ARRAY[a, b])::text[]` is loaded, each
 * element is cast by itself (13 to 18). So a restored dump would differ from its origin for ever.
 */
export function printedAgain(expression: string): string {
  const start = expression.indexOf(OPENING);
  if (start === -1) return expression;
  const inside = start + OPENING.length;
  const { elements, end } = elementsOf(expression, inside);
  const cast = /^\)::([a-z][\w ".()]*)\[\]/.exec(expression.slice(end + 1));
  if (cast === null) return expression.slice(0, inside) + printedAgain(expression.slice(inside));
  const list = elements.map((element) => `(${printedAgain(element)})::${cast[1]!}`).join(", ");
  return `${expression.slice(0, start)}ARRAY[${list}]${printedAgain(expression.slice(end + 1 + cast[0].length))}`;
}

/** The elements of an array from the character after its bracket, and where its closing bracket stands. */
function elementsOf(text: string, from: number): { readonly elements: readonly string[]; readonly end: number } {
  const elements: string[] = [];
  let [depth, begin, at] = [0, from, from];
  for (; at < text.length; at++) {
    const character = text[at]!;
    if (character === "'" || character === '"') at = text.indexOf(character, at + 1);
    else if (character === "(" || character === "[") depth++;
    else if ((character === ")" || character === "]") && depth > 0) depth--;
    else if (character === "]") break;
    else if (character === "," && depth === 0) {
      elements.push(text.slice(begin, at).trim());
      begin = at + 1;
    }
    if (at === -1) throw new Error(`A quote in an expression does not end: ${text}`);
  }
  elements.push(text.slice(begin, at).trim());
  return { elements, end: at };
}

const ROWS = /^ (?:IS DISTINCT FROM|=|<>) (?=ROW\()/;

/**
 * An expression that PostgreSQL stores as it printed it. Two rows that are compared as wholes, which it prints where they
 * are parts of other rows, it would compare column by column if they were not parts of rows again.
 */
export function replayable(expression: string): string {
  const bare = expression.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, ({ length }) => "_".repeat(length));
  for (let start = bare.indexOf("ROW("); start !== -1; start = bare.indexOf("ROW(", start + 1)) {
    const end = closing(bare, start + 3);
    const [between = ""] = ROWS.exec(bare.slice(end + 1)) ?? [];
    if (between === "") continue;
    const other = end + 1 + between.length;
    const last = closing(bare, other + 3);
    const inner = (from: number, to: number): string => replayable(expression.slice(from + 4, to));
    const rows = `ROW(ROW(${inner(start, end)}))${between}ROW(ROW(${inner(other, last)}))`;
    return expression.slice(0, start) + rows + replayable(expression.slice(last + 1));
  }
  return expression;
}

function closing(text: string, opening: number): number {
  let depth = 0;
  for (let at = opening; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  return text.length;
}
