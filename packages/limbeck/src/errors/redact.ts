/** As in `CREATE ROLE … PASSWORD '…'` and `OPTIONS (password '…')`. */
const SQL_PASSWORD = /\b(password\s+)(?:[eE]?'(?:[^'\\]|\\.|'')*'|\$(\w*)\$[\s\S]*?\$\2\$)/gi;

/**
 * A text for people's eyes: the passwords of the URLs and connection strings in it, and of SQL, replaced by stars. A password may
 * have an `@` in it, so what stands in front of the last one on the line goes.
 */
export function redact(text: string): string {
  return text
    .replace(/(:\/\/[^\s:@/?#]*):.*@/g, "$1:***@")
    .replace(SQL_PASSWORD, "$1'***'")
    .replace(/\b((?:ssl)?password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|[^\s&'"]+)/gi, "$1***");
}
