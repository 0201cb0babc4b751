import { dropEnum } from "../operations/drop-enum.ts";
import { execute } from "../operations/execute.ts";
import { frozen } from "../operations/language/freeze.ts";
import { Sql } from "../operations/language/sql-text.ts";
import type { Operation } from "../operations/operation.ts";
import { followEnums, type EnumTypes } from "./enums.ts";
import type { Module } from "./python/module.ts";
import { NotUnderstood } from "./python/values.ts";
import { raisedReason, Translation, type LeftOver, type Piece } from "./translate.ts";

/** What the head of an Alembic revision says. */
export interface AlembicHeader {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** The docstring without Alembic's own lines. */
  readonly message: string;
  /** As Alembic wrote it: `2024-03-01 09:12:45.123456`. */
  readonly createDate: string | undefined;
}

/** Whether a module is a revision at all, and not a helper beside them. */
export function isRevision({ scope }: Module): boolean {
  return scope.has("revision") && scope.has("down_revision");
}

/** Throws NotUnderstood where the metadata is no data. */
export function readHeader({ scope, docstring }: Module): AlembicHeader {
  const words = (name: string): readonly string[] => {
    const value = scope.get(name);
    if (value === undefined && scope.has(name)) throw new NotUnderstood(`${name} is more than data`);
    if (value === undefined || value === null) return [];
    const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    if (list.every((word) => typeof word === "string")) return list;
    throw new NotUnderstood(`${name} is no text and no list of texts`);
  };
  const [revision] = words("revision");
  if (revision === undefined) throw new NotUnderstood("revision is no text");
  return {
    revision,
    downRevision: words("down_revision"),
    branchLabels: words("branch_labels"),
    dependsOn: words("depends_on"),
    message: docstring.replace(ALEMBIC_LINES, "").trim(),
    createDate: /^Create Date:\s*(.+?)\s*$/m.exec(docstring)?.[1],
  };
}

const ALEMBIC_LINES = /^(?:Revision ID|Revises|Create Date|Branch Labels|Depends on):.*$/gim;

export type Half = "upgrade" | "downgrade";

/** How a half came about: call by call, from Alembic's SQL, or with statements that nobody has translated yet. */
export interface TranslatedHalf {
  readonly from: "calls" | "sql" | "nothing";
  readonly pieces: readonly Piece[];
  readonly left: readonly LeftOver[];
}

export interface TranslatedRevision {
  readonly upgrade: TranslatedHalf;
  readonly downgrade: TranslatedHalf;
  /** Why there is no way back. */
  readonly irreversible: string | undefined;
  /** What is done otherwise than Alembic does it. */
  readonly notes: readonly string[];
}

/** The statements that Alembic prints for a half; undefined where there is no script of it. */
export type OfflineSql = (half: Half) => readonly string[] | undefined;

/** Translates a revision. `enums` are the types that there are before it, and afterwards those behind it. */
export function translateRevision(module: Module, enums: EnumTypes, offline: OfflineSql): TranslatedRevision {
  const translation = new Translation(module, enums);
  const upgrade = halfOf(translation.half("upgrade"), () => offline("upgrade"));
  if (upgrade.from === "sql") follow(upgrade.pieces, enums);
  const after = [...enums];
  const irreversible = raisedReason(module, "downgrade");
  const downgrade =
    irreversible === undefined
      ? halfOf(translation.half("downgrade"), () => offline("downgrade"))
      : halfOf([], () => undefined);
  const forgotten = downgrade.from === "calls" ? forgottenDrops(downgrade.pieces, enums) : [];
  enums.reset(after);
  return {
    upgrade,
    downgrade:
      forgotten.length === 0 ? downgrade : { ...downgrade, pieces: [...downgrade.pieces, { operations: forgotten }] },
    irreversible,
    notes: forgotten.map((operation) =>
      operation.kind === "dropEnum"
        ? `the downgrade drops the enum type ${operation.name}, which Alembic creates with the table and leaves behind`
        : "",
    ),
  };
}

function halfOf(pieces: readonly Piece[], offline: () => readonly string[] | undefined): TranslatedHalf {
  const left = pieces.flatMap((piece) => ("left" in piece ? [piece.left] : []));
  if (left.length === 0) return { from: "calls", pieces, left };
  const statements = offline();
  if (statements === undefined) return { from: "nothing", pieces, left };
  return { from: "sql", pieces: [{ operations: statements.map((text) => execute(new Sql(text))) }], left };
}

function follow(pieces: readonly Piece[], enums: EnumTypes): void {
  for (const piece of pieces) {
    if ("operations" in piece) for (const operation of piece.operations) followEnums(operation, enums);
  }
}

/** What drops the enum types that the upgrade's tables brought with them, where the downgrade drops these tables. */
function forgottenDrops(pieces: readonly Piece[], enums: EnumTypes): Operation[] {
  const operations = pieces.flatMap((piece) => ("operations" in piece ? piece.operations : []));
  const dropped = new Set(operations.flatMap((operation) => (operation.kind === "dropTable" ? [operation.name] : [])));
  return enums.implied
    .filter(({ type, table }) => dropped.has(table) && enums.has(type))
    .map(({ type }) => dropEnum(type.name, frozen({ schema: type.schema })));
}
