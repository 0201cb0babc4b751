import type { Operation } from "../operation.ts";
import { checked, type Fields } from "./fields.ts";
import { frozen } from "./freeze.ts";
import type { ObjectName } from "./object-name.ts";
import type { Statement } from "./statement.ts";

/** What undoes an operation, or the reason why nothing can. */
export type Reversal = { readonly operations: readonly Operation[] } | { readonly notReversible: string };

/** The schema as it is before an operation: what the operation takes away, and its call does not say. */
export interface SchemaBefore {
  /** The operations that make an object as it is, with all that is a part of it; undefined for one that is not known. */
  recreate(object: ObjectName): readonly Operation[] | undefined;
}

export interface Docs {
  /** One sentence that says what the operation does. */
  readonly summary: string;
  /** Calls with the SQL that each makes. A test runs every one. */
  readonly examples: readonly Example[];
  /** Pages of PostgreSQL's manual, as in `sql-createindex`. */
  readonly manual: readonly string[];
}

export interface Example {
  readonly call: string;
  readonly sql: string;
}

/** The faces of one kind of operation that start from the operation. */
export interface Faces<Op> {
  /** The SQL, statement by statement. */
  readonly statements: (op: Op) => readonly Statement[];
  /** The operations that undo it, as far as the operation itself can tell, or the schema before it. */
  readonly reverse: (op: Op, before?: SchemaBefore) => Reversal;
  /** The arguments of the call that makes it, from which its TypeScript source is written. */
  readonly args: (op: Omit<Op, "kind">) => readonly unknown[];
  readonly docs: Docs;
  /** What the operation is made of. */
  readonly fields: Fields<Op>;
}

/** The five faces of one kind of operation. `build` makes it out of the arguments of `op.<kind>(…)`. */
export type Definition<Op, Build = (...args: never[]) => Op> = Faces<Op> & { readonly build: Build };

/** The definitions of all kinds of a union of operations. */
export type DefinitionsOf<Op extends Operation> = {
  [Kind in Op["kind"]]: Definition<Extract<Op, { kind: Kind }>>;
};

/** An operation's faces. The table's entry for a kind takes just that kind, which TypeScript cannot follow here. */
export function facesOf<Op extends Operation>(definitions: DefinitionsOf<Op>, operation: Op): Faces<Op> {
  return definitions[operation.kind as Op["kind"]] as unknown as Faces<Op>;
}

/** Gives a definition its type from its faces, and makes its `build` refuse unknown options. */
export function define<Op extends Operation, Build extends (...args: never[]) => Op>(
  definition: Faces<NoInfer<Op>> & { readonly build: Build & ((...args: never[]) => Op) },
): Definition<Op, Build> {
  const build = (...args: never[]): Op => {
    const op = definition.build(...args);
    return checked(`op.${op.kind}`, op, definition.fields);
  };
  return { ...definition, build: build as Build };
}

/** The arguments and the fields of an operation that drops what a schema has under a name. */
export const droppedByName = {
  args: ({ name, ...options }: { readonly name: string }): readonly unknown[] => [name, options],
  fields: { name: true, schema: true, ifExists: true, cascade: true },
} as const;

/** The same of one that gives it another name. */
export const renamedByName = {
  args: ({ name, newName, ...options }: { readonly name: string; readonly newName: string }): readonly unknown[] => [
    name,
    newName,
    options,
  ],
  fields: { name: true, newName: true, schema: true },
} as const;

export function reversedBy(...operations: readonly Operation[]): Reversal {
  return { operations };
}

export function notReversible(reason: string): Reversal {
  return { notReversible: reason };
}

/** What undoes a drop: whatever the schema before makes the object of. `reason` says why nothing does without it. */
export function recreatedBy(
  before: SchemaBefore | undefined,
  object: ObjectName,
  reason: string,
  cascade = false,
): Reversal {
  if (cascade) return notReversible(`What was dropped along with the ${object.kind} is gone.`);
  const operations = before?.recreate(frozen(object));
  return operations === undefined ? notReversible(reason) : { operations };
}

/** The one operation of a kind among those that make an object as it is before: it tells what the object is like. */
export function madeBy<Kind extends Operation["kind"]>(
  before: SchemaBefore | undefined,
  object: ObjectName,
  kind: Kind,
): Extract<Operation, { kind: Kind }> | undefined {
  const made = before?.recreate(frozen(object))?.find((operation) => operation.kind === kind);
  return made as Extract<Operation, { kind: Kind }> | undefined;
}
