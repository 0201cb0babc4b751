/** SHA-256 of a revision file's text. A byte order mark and the kind of its line ends make no difference. */
export function fileChecksum(content: string): string {
  // Most of the commands that only read headers have no use for it, and it takes its time to load.
  return process
    .getBuiltinModule("node:crypto")
    .hash("sha256", content.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n"));
}
