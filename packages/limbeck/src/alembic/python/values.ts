/** A name that is defined elsewhere, with the module that it was imported from: `sqlalchemy.Integer`. */
export class Name {
  readonly dotted: string;

  constructor(dotted: string) {
    this.dotted = dotted;
  }
}

/** A method of a value: `mood.create`. */
export class Method {
  readonly of: Call;
  readonly name: string;

  constructor(of: Call, name: string) {
    this.of = of;
    this.name = name;
  }
}

/** A call as data. Nothing of it has been run. */
export class Call {
  readonly callee: Name | Method;
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;

  constructor(callee: Name | Method, positional: readonly Value[], keywords: ReadonlyMap<string, Value>) {
    this.callee = callee;
    this.positional = positional;
    this.keywords = keywords;
  }

  /** What is called, if it is a name. */
  get name(): string | undefined {
    return this.callee instanceof Name ? this.callee.dotted : undefined;
  }
}

/** Bytes, as Python writes them with `b"…"`. */
export class Bytes {
  readonly latin1: string;

  constructor(latin1: string) {
    this.latin1 = latin1;
  }
}

export type Dict = ReadonlyMap<string, Value>;

/** A Python value as far as it is data. A tuple is a list. */
export type Value = string | number | bigint | boolean | null | Bytes | readonly Value[] | Dict | Call | Name | Method;

export function isDict(value: Value | undefined): value is Dict {
  return value instanceof Map;
}

/** Python that is more than data, or means something that is not known here. The message completes "because …". */
export class NotUnderstood extends Error {
  override readonly name = "NotUnderstood";
}
