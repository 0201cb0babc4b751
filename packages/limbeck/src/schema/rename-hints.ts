import { LimbeckError } from "../errors/limbeck-error.ts";
import { identifier } from "../operations/language/identifiers.ts";
import { enumValues } from "./enum-value-renames.ts";
import { keyOf, nameOf, type Identity, type Schema } from "./fact.ts";
import { MOVED_KINDS } from "./moves.ts";
import { RENAMED_KINDS, type RenamedKind, type RenameHint } from "./renames.ts";

/** What was somebody's word for a rename: `city.name` and `title`, `table:town` and `place`. */
export interface SaidRename {
  readonly from: string;
  readonly to: string;
  /** Whether it is about what is renamed now, and not about whatever was renamed once. */
  readonly now: boolean;
}

/**
 * Finds what people's words for renames are about: `[kind:][schema.]name`, and `[schema.]relation.name` for what is in a
 * relation. What is renamed already says nothing; what was said for now and fits nothing throws USAGE. Columns come
 * before their tables, which have their old names then.
 */
export function renameHints(said: readonly SaidRename[], live: Schema, target: Schema): RenameHint[] {
  const there = new Set(renamable(target).map(keyOfNamed));
  const here = renamable(live).filter((each) => !there.has(keyOfNamed(each)));
  const hints = said.flatMap(({ from, to, now }) => {
    const [, kind, name] = /^(?:([a-z ]+):)?(.*)$/s.exec(from)!;
    const found = here.filter((each) => (kind === undefined || each.kind === kind) && isCalled(each, name!));
    if (found.length === 1) return [hintOf(found[0]!, to)];
    if (!now && found.length === 0) return [];
    throw unclear(from, to, found);
  });
  return hints.toSorted((a, b) => Number(a.relation === undefined) - Number(b.relation === undefined));
}

/** The words of `city.name=title` or `table:city=town`, about what is renamed now. */
export function saidNow(words: string): SaidRename {
  const at = words.lastIndexOf("=");
  return { from: words.slice(0, Math.max(at, 0)), to: words.slice(at + 1), now: true };
}

/** The hint as it is typed. */
export function displayRename(hint: RenameHint): string {
  const { kind, schema, relation, from } = hint;
  const path = [...(schema === "public" ? [] : [schema]), ...(relation === undefined ? [] : [relation]), from];
  return `${kind}:${path.map(identifier).join(".")}=${displayNewName(hint)}`;
}

/** The new name as SQL, with the schema where that is another one. */
export function displayNewName({ to, toSchema }: RenameHint): string {
  return [...(toSchema === undefined ? [] : [toSchema]), to].map(identifier).join(".");
}

/** The hints that take the same renames back. */
export function reversedHints(hints: readonly RenameHint[]): RenameHint[] {
  return hints
    .map((hint): RenameHint => {
      const { from: to, to: from, schema, toSchema, ...rest } = hint;
      return toSchema === undefined
        ? { ...rest, schema, from, to }
        : { ...rest, schema: toSchema, from, to, toSchema: schema };
    })
    .toReversed();
}

/** The key of what a hint is about, as it is called before. */
export function renamedKey({ kind, schema, relation, from }: RenameHint): string {
  if (kind === "enum value") return keyOf("enum", { schema, name: relation! });
  return keyOf(kind, { schema, ...(relation !== undefined && { relation }), name: from });
}

/** What has a name that can change. */
interface Named {
  readonly kind: RenamedKind;
  readonly identity: Identity;
}

function renamable(schema: Schema): Named[] {
  const facts = schema.facts.filter(({ kind }) => (RENAMED_KINDS as readonly string[]).includes(kind));
  const values = enumValues(schema).map((identity): Named => ({ kind: "enum value", identity }));
  return [...(facts as unknown as readonly Named[]), ...values];
}

function keyOfNamed({ kind, identity }: Named): string {
  return `${kind} ${nameOf(identity)}`;
}

function isCalled({ identity: { schema, relation, name } }: Named, words: string): boolean {
  const path = [...(relation === undefined ? [] : [relation]), name];
  return [path, [schema!, ...path]].some(
    (names) => words === names.join(".") || words === names.map(identifier).join("."),
  );
}

function hintOf({ kind, identity: { schema, relation, name } }: Named, to: string): RenameHint {
  const place = { kind, schema: schema!, ...(relation !== undefined && { relation }), from: name };
  const names = [...to.matchAll(/"((?:[^"]|"")+)"|([^."]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
  );
  if (names.length !== 2 || !(MOVED_KINDS as readonly string[]).includes(kind)) {
    return { ...place, to: to.startsWith('"') ? to.slice(1, -1).replaceAll('""', '"') : to };
  }
  const [toSchema, newName] = names as [string, string];
  return { ...place, to: newName, ...(toSchema !== schema && { toSchema }) };
}

function unclear(from: string, to: string, found: readonly Named[]): LimbeckError {
  return new LimbeckError("USAGE", {
    message:
      found.length === 0
        ? `Nothing that is called ${from} is missing from the target schema, so it cannot have become ${to}.`
        : `${from} may be ${found.map(keyOfNamed).join(" or ")}.`,
    hint: "Name it as in city.name=title, or with its schema and what it is: table:atlas.town=place.",
  });
}

/** For a hint about something that is not there. */
export function nothingToRename(hint: RenameHint): LimbeckError {
  return new LimbeckError("USAGE", {
    message: `The rename ${displayRename(hint)} names a ${hint.kind} that the schema to start from does not have.`,
    hint: "Correct the old name; one in another schema than public is written with its schema.",
  });
}
