/** One thing wrong with a request, in the shape that pydantic gives it and clients of the original know. */
export interface Issue {
  readonly type: string;
  /** Where: "body", "path" or "query", then names and indexes. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** A request that cannot be understood: answered with 422 and the list of its issues. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
  readonly issues: readonly Issue[];

  constructor(...issues: readonly Issue[]) {
    super(issues.map(({ msg }) => msg).join("; "));
    this.issues = issues;
  }

  /** The same issues, of something that stands at a place inside something larger. */
  at(...place: readonly (string | number)[]): readonly Issue[] {
    return this.issues.map((issue) => ({ ...issue, loc: [...place, ...issue.loc] }));
  }
}

/** An InvalidInput with one issue, whose place is filled in by whoever knows it. */
export function invalid(type: string, msg: string, input: unknown, ctx?: Issue["ctx"]): InvalidInput {
  return new InvalidInput({ type, loc: [], msg, input, ...(ctx && { ctx }) });
}

/** Reads several things that each have a place, and throws InvalidInput with the issues of all. */
export function collect<Value>(reads: readonly (readonly [place: string | number, read: () => Value])[]): Value[] {
  const issues: Issue[] = [];
  const values: Value[] = [];
  for (const [place, read] of reads) {
    try {
      values.push(read());
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      issues.push(...error.at(place));
    }
  }
  if (issues.length > 0) throw new InvalidInput(...issues);
  return values;
}
