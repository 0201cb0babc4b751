/** The words of a message as a part of a file's name: lower case, joined by `_`, cut at a word's end. */
export function slugOf(message: string, maxLength: number): string {
  const [firstLine = ""] = message.trim().split("\n");
  // Characters, not code units: half of one is no name for a file.
  const slug = Array.from((firstLine.toLowerCase().match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).join("_"));
  if (slug.length <= maxLength) return slug.join("");
  const end = slug.lastIndexOf("_", maxLength);
  return slug.slice(0, end > 0 ? end : maxLength).join("");
}
