/** A place in SQL that is filled in later, from what only the database or the moment knows. */
export interface Slot {
  readonly slot: string;
}

/** SQL with slots in it. */
export type Template = readonly (string | Slot)[];

export function slot(name: string): Slot {
  return { slot: name };
}

/** SQL with slots, and with what is known already put in as it stands. */
export function template(strings: TemplateStringsArray, ...values: readonly (string | Slot)[]): Template {
  const parts: (string | Slot)[] = [];
  for (const part of strings.flatMap((text, index) => [text, values[index] ?? ""])) {
    const before = parts.at(-1);
    if (typeof part === "string" && typeof before === "string") parts[parts.length - 1] = before + part;
    else parts.push(part);
  }
  return parts;
}

/** The SQL with its slots filled. */
export function filled(sql: Template, values: Readonly<Record<string, string>>): string {
  return sql.map((part) => (typeof part === "string" ? part : values[part.slot]!)).join("");
}

/** `format()` as PostgreSQL has it, as far as the keyset's templates go: `%1$L` is a value, `%%` a percent sign. */
export function formatted(text: string, values: readonly string[], quote: (value: string) => string): string {
  return text.replace(/%(?:(\d+)\$L|%)/g, (_, position?: string) =>
    position === undefined ? "%" : quote(values[Number(position) - 1]!),
  );
}
