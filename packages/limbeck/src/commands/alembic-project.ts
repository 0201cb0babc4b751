import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { readIni, type AlembicSettings } from "../alembic/settings.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";

/** A Python file of an Alembic project. */
export interface PythonFile {
  readonly path: string;
  /** The path as a reader knows it: from the project's folder. */
  readonly name: string;
  /** The version location it lies in. */
  readonly location: string;
  readonly text: string;
}

/**
 * The revision files of an Alembic project: of its version locations, as `alembic.ini` has them, or of `versions`. The folder is the
 * project's, its script folder's, or one with revisions in it. Throws USAGE.
 */
export function readAlembicProject(folder: string): PythonFile[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw notFound(`There is no folder ${folder}.`);
  }
  const { locations, isRecursive } = locationsOf(folder);
  const files = locations.flatMap((location) =>
    readdirSync(location, { recursive: isRecursive, encoding: "utf8" })
      .filter((name) => name.endsWith(".py") && basename(name) !== "__init__.py")
      .toSorted()
      .map((name) => {
        const path = join(location, name);
        return { path, name: relative(folder, path), location, text: readFileSync(path, "utf8") };
      }),
  );
  if (files.length > 0) return files;
  throw notFound(`There is no revision of Alembic's in ${locations.join(", ")}.`);
}

function locationsOf(folder: string): { readonly locations: readonly string[]; readonly isRecursive: boolean } {
  const found = [folder, dirname(folder)].flatMap((place) => {
    const path = join(place, "alembic.ini");
    return existsSync(path) ? [{ place, settings: readIni(readFileSync(path, "utf8"), place) }] : [];
  });
  const ini = found.find(({ place, settings }) => place === folder || scriptFolder(place, settings) === folder);
  const scripts = ini === undefined ? folder : (scriptFolder(ini.place, ini.settings) ?? folder);
  const named = ini?.settings.versionLocations.map((location) => below(ini.place, location)) ?? [];
  const usual = [join(scripts, "versions"), scripts].find((place) => existsSync(place));
  const locations = named.length > 0 ? named : usual === undefined ? [] : [usual];
  const missing = locations.find((location) => !existsSync(location));
  if (missing !== undefined) throw notFound(`The version location ${missing} of alembic.ini is no folder.`);
  if (locations.length === 0) throw notFound(`The script folder ${scripts} of alembic.ini is no folder.`);
  return { locations, isRecursive: ini?.settings.isRecursive ?? false };
}

/** `package:folder` is taken as a path from the configuration. */
function below(place: string, location: string): string {
  return isAbsolute(location) ? location : resolve(place, location.replace(":", "/"));
}

function scriptFolder(place: string, { scriptLocation }: AlembicSettings): string | undefined {
  return scriptLocation === undefined ? undefined : below(place, scriptLocation);
}

function notFound(message: string): LimbeckError {
  return new LimbeckError("USAGE", {
    message,
    hint: "Name the folder with alembic.ini or env.py in it, as in `limbeck import alembic backend/alembic`.",
  });
}
