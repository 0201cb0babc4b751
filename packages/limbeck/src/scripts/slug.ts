const MAX_LENGTH = 40;

/** The words of a message as a part of a file's name: lower case, joined by `_`, cut at a word's end. */
export function slugOf(message: string): string {
  const words = message.split("\n")[0]!.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const slug = words.join("_");
  if (slug.length <= MAX_LENGTH) return slug;
  const cut = slug.slice(0, MAX_LENGTH + 1);
  const end = cut.lastIndexOf("_");
  return end > 0 ? cut.slice(0, end) : slug.slice(0, MAX_LENGTH);
}
