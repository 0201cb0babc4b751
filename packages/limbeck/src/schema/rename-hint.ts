import { LimbeckError } from "../errors/limbeck-error.ts";
import { identifier } from "../operations/language/identifiers.ts";
import { RENAMED_KINDS, type RenamedKind, type RenameHint } from "./renames.ts";

const NAME = String.raw`(?:"(?:[^"]|"")+"|[^".=]+)`;
const HINT = new RegExp(`^([a-z ]+):(${NAME}(?:\\.${NAME}){0,2})=(${NAME})$`, "u");

/** Reads `table:city=town`, `column:city.name=title`, with the schema in front where it is not `public`. Throws USAGE. */
export function parseRename(text: string): RenameHint {
  const [, word, path, to] = HINT.exec(text) ?? [];
  const kind = RENAMED_KINDS.find((known) => known === word);
  const names = [...(path ?? "").matchAll(new RegExp(NAME, "gu"))].map(([name]) => unquoted(name));
  const own = names.pop();
  const relation = kind !== undefined && IN_RELATION.has(kind) ? names.pop() : undefined;
  const isWhole = relation !== undefined || (kind !== undefined && !IN_RELATION.has(kind));
  if (kind === undefined || own === undefined || !isWhole || names.length > 1) throw unreadable(text);
  return {
    kind,
    schema: names[0] ?? "public",
    ...(relation !== undefined && { relation }),
    from: own,
    to: unquoted(to!),
  };
}

const IN_RELATION: ReadonlySet<RenamedKind> = new Set(["column", "constraint"]);

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** The hint as it is typed. */
export function displayRename({ kind, schema, relation, from, to }: RenameHint): string {
  const path = [...(schema === "public" ? [] : [schema]), ...(relation === undefined ? [] : [relation]), from];
  return `${kind}:${path.map(identifier).join(".")}=${identifier(to)}`;
}

function unreadable(text: string): LimbeckError {
  return new LimbeckError("USAGE", {
    message: `${text} does not say what is renamed.`,
    hint: `Say the kind, the old name and the new one: table:city=town, column:city.name=title. Kinds: ${RENAMED_KINDS.join(", ")}.`,
  });
}

/** For a hint about something that is not there. */
export function nothingToRename(hint: RenameHint): LimbeckError {
  return new LimbeckError("USAGE", {
    message: `The rename ${displayRename(hint)} names a ${hint.kind} that the schema to start from does not have.`,
    hint: "Correct the old name; one in another schema than public is written with its schema.",
  });
}
