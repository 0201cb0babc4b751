/**
 * A text for people's eyes: the passwords of the URLs and connection strings in it replaced by stars. A password may
 * have an `@` in it, so what stands in front of the last one on the line goes.
 */
export function redact(text: string): string {
  return text
    .replace(/(:\/\/[^\s:@/?#]*):.*@/g, "$1:***@")
    .replace(/\b((?:ssl)?password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|[^\s&'"]+)/gi, "$1***");
}
