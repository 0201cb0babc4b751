/** A pair of schemas, each as a script that makes it in an empty database. */
export interface DiffCase {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  /** The directions, `→` and `←`, in which PostgreSQL has no way that keeps every table and column. */
  readonly lossy: string;
}

/** Reads `-- # name` sections with `-- common`, `-- a`, `-- b` and, where there is no way round it, `-- lossy [there|back]`. */
export function casesIn(text: string): DiffCase[] {
  return text
    .split(/^-- # /m)
    .slice(1)
    .map((section) => {
      const name = section.slice(0, section.indexOf("\n")).trim();
      const parts = Object.fromEntries(
        section
          .split(/^-- (?=(?:common|a|b|lossy)\b)/m)
          .slice(1)
          .map((part) => {
            const [head] = part.split("\n");
            return [head!.split(" ")[0]!, part];
          }),
      );
      const body = (part: string): string => parts[part]?.slice(parts[part].indexOf("\n") + 1) ?? "";
      const lossy =
        parts["lossy"] === undefined
          ? ""
          : /back/.test(parts["lossy"])
            ? "←"
            : /there/.test(parts["lossy"])
              ? "→"
              : "→←";
      return { name, a: body("common") + body("a"), b: body("common") + body("b"), lossy };
    });
}
