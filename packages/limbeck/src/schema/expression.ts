const LIST = /\(ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]/g;
const ITEM = /'(?:[^']|'')*'::character varying/g;

/**
 * An expression as PostgreSQL prints it once more after it was loaded from its own print. The two are the same text but
 * for `IN` with a list of varchar constants (13 to 18), so a restored dump would differ from its origin for ever.
 */
export function printedAgain(expression: string): string {
  return expression.replace(LIST, (_, items: string) => `ARRAY[${items.replace(ITEM, "($&)::text")}]`);
}
