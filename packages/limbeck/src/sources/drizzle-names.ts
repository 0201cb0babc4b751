const MAX_BYTES = 63;

/**
 * A name as PostgreSQL keeps it: cut off after 63 bytes, at a whole character. The names that Drizzle makes of table
 * and columns are often longer, and PostgreSQL cuts them when drizzle-kit's SQL runs.
 */
export function keptName(name: string): string {
  let kept = "";
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > MAX_BYTES) break;
    kept += character;
  }
  return kept;
}
