/** A name as PostgreSQL puts it together, with the parts cut so that it fits into 63 bytes (`makeObjectName`). */
export function objectName(first: string, second: string | undefined, label: string | undefined): string {
  const overhead = (second === undefined ? 0 : 1) + (label === undefined ? 0 : label.length + 1);
  const [a, b] = [new TextEncoder().encode(first), new TextEncoder().encode(second ?? "")];
  let [one, two] = [a.length, b.length];
  while (one + two > 63 - overhead) {
    if (one > two) one--;
    else two--;
  }
  const parts = [clipped(a, one), second === undefined ? undefined : clipped(b, two), label];
  return parts.filter((part) => part !== undefined).join("_");
}

/** Cut between characters, not within one. */
function clipped(bytes: Uint8Array, length: number): string {
  let end = length;
  while (end > 0 && end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end--;
  return new TextDecoder().decode(bytes.slice(0, end));
}
