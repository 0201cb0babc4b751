import { hash } from "node:crypto";

/** SHA-256 of a revision file's text. A byte order mark and the kind of its line ends make no difference. */
export function fileChecksum(content: string): string {
  return hash("sha256", content.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n"));
}
