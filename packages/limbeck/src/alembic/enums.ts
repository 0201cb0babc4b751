import { createEnum } from "../operations/create-enum.ts";
import { dropEnum } from "../operations/drop-enum.ts";
import { frozen } from "../operations/language/freeze.ts";
import type { Operation } from "../operations/operation.ts";
import { Arguments } from "./arguments.ts";
import { NotUnderstood, type Call, type Method } from "./python/values.ts";
import { readType, type EnumType } from "./types.ts";

type TypeName = Pick<EnumType, "name" | "schema">;

/** An enum type that a new table brought with it: Alembic creates it, and never drops it. */
export interface ImpliedEnum {
  readonly type: EnumType;
  readonly table: string;
}

/** The enum types that there are where a revision begins, and then on its way. */
export class EnumTypes {
  #there: Set<string>;
  readonly implied: ImpliedEnum[] = [];

  constructor(there: Iterable<string> = []) {
    this.#there = new Set(there);
  }

  has(type: TypeName): boolean {
    return this.#there.has(keyOf(type));
  }

  add(type: TypeName): void {
    this.#there.add(keyOf(type));
  }

  delete(type: TypeName): void {
    this.#there.delete(keyOf(type));
  }

  /** Goes back to the types that there were, as they were given out. */
  reset(there: Iterable<string>): void {
    this.#there = new Set(there);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#there.values();
  }

  /** What creates the types that a new table needs and that are not there yet. */
  neededBy(table: string, types: readonly (EnumType | undefined)[]): Operation[] {
    return types.flatMap((type) => {
      if (type === undefined || !type.isCreated || this.has(type)) return [];
      this.add(type);
      this.implied.push({ type, table });
      return [creation(type)];
    });
  }
}

function keyOf({ name, schema }: TypeName): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

function creation({ name, schema, values }: EnumType): Operation {
  return createEnum(name, values, frozen({ schema }));
}

/** `sa.Enum(…).create(op.get_bind())` and `.drop(…)`. Throws NotUnderstood for methods of anything else. */
export function enumCall({ of, name }: Method, call: Call, enums: EnumTypes): readonly Operation[] {
  const { enumType } = name === "create" || name === "drop" ? readType(of) : {};
  if (enumType === undefined) throw new NotUnderstood(`it is not known what .${name}() does`);
  const args = new Arguments(call, ["bind", "checkfirst"], name);
  args.ignore("bind");
  const checks = args.flag("checkfirst") ?? true;
  args.done();
  if (name === "drop")
    return [dropEnum(enumType.name, frozen({ schema: enumType.schema, ifExists: checks || undefined }))];
  return checks && enums.has(enumType) ? [] : [creation(enumType)];
}

const CREATED = /\bcreate\s+type\s+(?:"?(\w+)"?\.)?"?(\w+)"?\s+as\s+enum\b/gi;
const DROPPED = /\bdrop\s+type\s+(?:if\s+exists\s+)?(?:"?(\w+)"?\.)?"?(\w+)"?/gi;
const RENAMED = /\balter\s+type\s+(?:"?(\w+)"?\.)?"?(\w+)"?\s+rename\s+to\s+"?(\w+)"?/gi;

/** Keeps account of the enum types that an operation creates and drops, in SQL as well. */
export function followEnums(operation: Operation, enums: EnumTypes): void {
  if (operation.kind === "createEnum") enums.add({ name: operation.name, schema: operation.schema });
  if (operation.kind === "dropEnum") enums.delete({ name: operation.name, schema: operation.schema });
  if (operation.kind !== "execute") return;
  for (const [, schema, name] of operation.sql.matchAll(CREATED)) enums.add({ name: name!, schema });
  for (const [, schema, name] of operation.sql.matchAll(DROPPED)) enums.delete({ name: name!, schema });
  for (const [, schema, name, to] of operation.sql.matchAll(RENAMED)) {
    enums.delete({ name: name!, schema });
    enums.add({ name: to!, schema });
  }
}
