import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, resolve } from "node:path";
import type * as alembicDoor from "../alembic/door.ts";
import type { OfflineSql, TranslatedHalf, TranslatedRevision, AlembicHeader } from "../alembic/revision.ts";
import type { LeftOver } from "../alembic/translate.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { fileNameOf } from "../scripts/file-name.ts";
import { runWriteHooks } from "../scripts/write-hooks.ts";
import { writeRevisionFile } from "../scripts/write.ts";
import { readAlembicProject, type PythonFile } from "./alembic-project.ts";
import type { Context } from "./context.ts";
import { house } from "./house.ts";
import { updateHeadsFile } from "./heads-file.ts";
import { graphOrEmpty } from "./revision.ts";
import { readOfflineSql } from "./offline-scripts.ts";

export interface ImportAlembicOptions {
  /** The Alembic project's folder, or its script folder. */
  readonly folder: string;
  /** Files with what `alembic upgrade head --sql` and `alembic downgrade head:base --sql` print. */
  readonly sql?: readonly string[];
  /** The migrations folder to write into, one of the configuration's. */
  readonly versionPath?: string;
  /** Only says what would be written. */
  readonly dryRun?: boolean;
}

/** How a half came over: all calls translated, as Alembic's SQL, or with statements that refuse to run. */
export type ImportedHow = "calls" | "sql" | "nothing";

export interface ImportedStatement extends LeftOver {
  readonly half: "upgrade" | "downgrade";
}

export interface ImportedRevision {
  readonly revision: string;
  readonly downRevision: readonly string[];
  /** The Python file. */
  readonly source: string;
  /** The file that was written, or would be. */
  readonly path: string;
  readonly upgrade: ImportedHow;
  readonly downgrade: ImportedHow;
  /** The Python statements that have no translation; their half is SQL, or refuses to run. */
  readonly left: readonly ImportedStatement[];
  /** What is done otherwise than Alembic does it. */
  readonly notes: readonly string[];
}

export interface ImportAlembicResult {
  readonly revisions: readonly ImportedRevision[];
  readonly heads: readonly string[];
  /** Python files beside the revisions that are none. */
  readonly skipped: readonly string[];
  readonly written: boolean;
}

interface Read {
  readonly file: PythonFile;
  readonly header: AlembicHeader;
  readonly translated: TranslatedRevision;
}

/**
 * Makes revisions of an Alembic project's, with their ids, so that the version table holds as it stands. No Python is run, and nothing
 * is written before everything has been read. Throws USAGE, REVISION_FILE_INVALID, REVISION_DUPLICATE and what a broken graph throws.
 */
export async function importAlembic(context: Context, options: ImportAlembicOptions): Promise<ImportAlembicResult> {
  const folder = resolve(context.cwd, options.folder);
  const offline = await readOfflineSql(context, options.sql ?? []);
  const { revisions, skipped } = await translateAll(readAlembicProject(folder), offline);
  const known = Array.from(graphOrEmpty(context), ({ source }) => source);
  refuseTaken(new Set(known.map(({ revision }) => revision)), revisions);
  const graph = RevisionGraph.from([...known, ...revisions.map(({ file, header }) => infoOf(file, header))]);
  const planned = revisions.map((read) => ({ read, ...placeOf(context, read, options.versionPath) }));
  refuseExisting(planned);
  const { bodyText } = await import("../alembic/body.ts");
  const imported = planned.map(({ read, path }) => resultOf(read, path));
  if (options.dryRun) return { revisions: imported, heads: graph.heads(), skipped, written: false };
  for (const { read, location, name } of planned) {
    const { file, header, translated } = read;
    const { irreversible } = translated;
    const path = writeRevisionFile(location, name, {
      ...header,
      message: messageOf(header),
      format: "ts",
      upgrade: bodyText(translated.upgrade, file.name),
      downgrade: bodyText(translated.downgrade, file.name),
      ...(irreversible !== undefined && { irreversible }),
    });
    await runWriteHooks(path, context.config.writeHooks, context.config.folder);
  }
  updateHeadsFile(context.config, graph);
  return { revisions: imported, heads: graph.heads(), skipped, written: true };
}

/** Reads the files and translates them in the order in which they run, because a type is created once. */
async function translateAll(files: readonly PythonFile[], offline: (revision: string) => OfflineSql) {
  const { EnumTypes, isRevision, NotUnderstood, readHeader, readModule, translateRevision } = await alembicReader();
  const modules = files.map((file) => ({ file, module: readModule(file.text) }));
  const found = modules.filter(({ module }) => isRevision(module));
  const headed = found.map(({ file, module }) => {
    try {
      if (module.mistake === undefined) return { file, module, header: readHeader(module) };
      throw new NotUnderstood(`line ${module.mistake} is no Python 3`);
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      throw new LimbeckError("REVISION_FILE_INVALID", {
        message: `${file.name} cannot be read as a revision of Alembic's: ${error.message}.`,
        hint: "Correct the file, or write the value out, and import again; nothing was written.",
        where: { file: file.path, ...(module.mistake !== undefined && { line: module.mistake }) },
      });
    }
  });
  const graph = RevisionGraph.from(headed.map(({ file, header }) => infoOf(file, header)));
  const byId = new Map(headed.map((each) => [each.header.revision, each]));
  const behind = new Map<string, readonly string[]>();
  const revisions = graph.plan("upgrade", "heads", []).steps.map(({ revision }): Read => {
    const { file, module, header } = byId.get(revision)!;
    const below = [...header.downRevision, ...header.dependsOn.flatMap((id) => graph.resolve(id))];
    const enums = new EnumTypes(below.flatMap((id) => behind.get(id) ?? []));
    const translated = translateRevision(module, enums, offline(revision));
    behind.set(revision, [...enums]);
    return { file, header, translated };
  });
  return { revisions, skipped: modules.filter((each) => !isRevision(each.module)).map(({ file }) => file.path) };
}

/** What reads Alembic's files is a package of its own, which only an import needs; both come out under one number. */
async function alembicReader(): Promise<typeof alembicDoor> {
  const { version } = house();
  const installed = installedReader();
  if (installed === version) return import("../alembic/door.ts");
  throw new LimbeckError("PACKAGE_NOT_FOUND", {
    message:
      `Alembic's files are read with the package limbeck-alembic ${version}, ` +
      (installed === undefined ? "which is not installed." : `and ${installed} is installed.`),
    hint: `Run \`npm install --save-dev limbeck-alembic@${version}\`; it is not needed any more once the revisions are imported.`,
  });
}

function installedReader(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url)("limbeck-alembic/package.json") as { readonly version: string };
    return manifest.version;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw cause;
  }
}

function infoOf(file: PythonFile, header: AlembicHeader) {
  const { downRevision, ...others } = header;
  return {
    ...others,
    downRevision: downRevision.length === 0 ? null : downRevision,
    where: { file: file.path, line: 1 },
  };
}

function refuseTaken(known: ReadonlySet<string>, revisions: readonly Read[]): void {
  const taken = revisions.filter(({ header }) => known.has(header.revision));
  if (taken.length === 0) return;
  throw new LimbeckError("REVISION_DUPLICATE", {
    message: `${taken.length} of these ${revisions.length} revisions are in the migrations folder already, the first is ${taken[0]!.header.revision}.`,
    hint: "Import into a folder of its own, or take the files away first. Nothing was written.",
    details: { revisions: taken.map(({ header }) => header.revision) },
  });
}

interface Place {
  readonly location: string;
  readonly name: string;
  readonly path: string;
}

/** With several migrations folders, a version location goes into the one of its name. */
function placeOf({ config, now }: Context, { file, header }: Read, versionPath: string | undefined): Place {
  const { locations, folder, naming } = config;
  const wanted = versionPath === undefined ? basename(file.location) : resolve(folder, versionPath);
  const location =
    versionPath === undefined && locations.length === 1
      ? locations[0]
      : locations.find((each) => each === wanted || (versionPath === undefined && basename(each) === wanted));
  if (location === undefined) {
    throw new LimbeckError("USAGE", {
      message: `${versionPath ?? file.location} is none of the migrations folders, and has the name of none.`,
      hint: `Say where the revisions go with --version-path: ${locations.join(", ")}.`,
    });
  }
  const created = new Date((header.createDate ?? "").replace(" ", "T"));
  const name = fileNameOf(naming, header.revision, header.message, Number.isNaN(created.getTime()) ? now() : created);
  return { location, name, path: `${location}/${name}.ts` };
}

function refuseExisting(planned: readonly Place[]): void {
  const there = planned.find(({ path }) => existsSync(path));
  if (there === undefined) return;
  throw new LimbeckError("FILE_EXISTS", {
    message: `The file ${there.path} exists already.`,
    hint: "Move it away, or import into another folder. Nothing was written.",
    where: { file: there.path },
  });
}

function messageOf({ message, createDate }: AlembicHeader): string {
  if (createDate === undefined) return message;
  return `${message === "" ? "A revision of Alembic's" : message}\n\nCreated with Alembic on ${createDate}.`;
}

function resultOf({ file, header, translated }: Read, path: string): ImportedRevision {
  const { upgrade, downgrade, notes } = translated;
  const left = (half: "upgrade" | "downgrade", { left: statements }: TranslatedHalf): ImportedStatement[] =>
    statements.map((statement) => ({ half, ...statement }));
  return {
    revision: header.revision,
    downRevision: header.downRevision,
    source: file.path,
    path,
    upgrade: upgrade.from,
    downgrade: downgrade.from,
    left: [...left("upgrade", upgrade), ...left("downgrade", downgrade)],
    notes,
  };
}
