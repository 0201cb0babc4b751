import { isSqlExpression, sqlExpression } from "./sql-expression.ts";
import { Call, isDict, NotUnderstood, type Dict, type Value } from "./python/values.ts";

/** Keywords that mean nothing to PostgreSQL, or to a database. */
const IDLE =
  /^(?:mysql|mariadb|sqlite|mssql|oracle)_|^(?:info|listeners|doc|key|system|sort_order|quote|quote_schema)$/;

/**
 * The arguments of a call by the names that its parameters have. What nobody asks for is not understood: `done` says so, so
 * that no argument is lost.
 */
export class Arguments {
  readonly #named: Map<string, Value>;
  /** The arguments behind those with a name. */
  readonly rest: readonly Value[];
  readonly #of: string;

  constructor(call: Call, parameters: readonly string[], of = call.name ?? "") {
    this.#of = of.replace(/^.*\./, "");
    this.#named = new Map(call.keywords);
    call.positional.slice(0, parameters.length).forEach((value, index) => this.#named.set(parameters[index]!, value));
    this.rest = call.positional.slice(parameters.length);
  }

  has(name: string): boolean {
    return this.#named.has(name);
  }

  /** Takes an argument; undefined where there is none. */
  take(name: string): Value | undefined {
    const value = this.#named.get(name);
    this.#named.delete(name);
    return value;
  }

  text(name: string): string {
    const value = this.textOr(name);
    if (value === undefined) throw new NotUnderstood(`${this.#of} has no ${name}`);
    return value;
  }

  /** A text, or undefined where the argument is missing or None. */
  textOr(name: string): string | undefined {
    const value = this.take(name) ?? undefined;
    if (value !== undefined && typeof value !== "string") throw this.#odd(name);
    return value;
  }

  /** True, false, or undefined where the argument is missing or None. */
  flag(name: string): boolean | undefined {
    const value = this.take(name) ?? undefined;
    if (value !== undefined && typeof value !== "boolean") throw this.#odd(name);
    return value;
  }

  number(name: string): number | undefined {
    const value = this.take(name) ?? undefined;
    if (value !== undefined && typeof value !== "number") throw this.#odd(name);
    return value;
  }

  list(name: string): readonly Value[] {
    const value = this.take(name) ?? [];
    if (!Array.isArray(value)) throw this.#odd(name);
    return value as readonly Value[];
  }

  texts(name: string): readonly string[] {
    const values = this.list(name);
    if (values.every((value) => typeof value === "string")) return values;
    throw this.#odd(name);
  }

  dict(name: string): Dict {
    const value = this.take(name) ?? new Map<string, Value>();
    if (!isDict(value)) throw this.#odd(name);
    return value;
  }

  /** SQL, given as a text or as `sa.text("…")` and its kin. */
  sql(name: string): string | undefined {
    const value = this.take(name) ?? undefined;
    if (value === undefined || typeof value === "string") return value;
    if (!isSqlExpression(value)) throw this.#odd(name);
    return sqlExpression(value);
  }

  /** Takes what changes nothing here. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#named.delete(name);
  }

  /** Says that everything has been taken, and the arguments without a name as well. */
  doneWithRest(): void {
    const left = [...this.#named].find(([name]) => !IDLE.test(name));
    if (left !== undefined) throw new NotUnderstood(`${this.#of} has the argument ${left[0]}`);
  }

  /** Says that everything has been taken. */
  done(): void {
    this.doneWithRest();
    if (this.rest.length > 0) throw new NotUnderstood(`${this.#of} has ${this.rest.length} arguments too many`);
  }

  #odd(name: string): NotUnderstood {
    return new NotUnderstood(`the ${name} of ${this.#of} is none that is known here`);
  }
}

/** A call of a function of SQLAlchemy, by the end of its name; undefined for anything else. */
export function sqlalchemyCall(value: Value | undefined): string | undefined {
  if (!(value instanceof Call)) return undefined;
  return /^(?:sqlalchemy|sqlmodel)\b(?!\.dialects\.(?!postgresql)).*?([^.]+)$/.exec(value.name ?? "")?.[1];
}
