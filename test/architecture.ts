import { posix } from "node:path";
import { readModule, type Import } from "./modules.ts";

/** The table of rooms as data: `architecture.json`. */
export interface Architecture {
  readonly houses: readonly House[];
}

/** One package's sources: folders and files at its top are its rooms. */
export interface House {
  readonly package: string;
  readonly folder: string;
  /** The rooms that may print, read the terminal and end the process. */
  readonly mayUseTerminal: readonly string[];
  readonly rooms: Readonly<Record<string, Room>>;
}

export interface Room {
  readonly purpose: string;
  readonly mayImport: readonly string[];
  /** Rooms of which it may know the types only. */
  readonly mayImportTypes?: readonly string[];
  /** No waiting, no outside world, no clock, no chance. */
  readonly pure?: boolean;
  /** The packages that a pure room may import: those that are pure themselves. */
  readonly purePackages?: readonly string[];
}

/** Every place where sources do what the table does not allow. */
export function violations(architecture: Architecture, sources: ReadonlyMap<string, string>): string[] {
  return architecture.houses.flatMap((house) => [
    ...unknownRooms(house),
    ...houseViolations(house, architecture, sources),
  ]);
}

function unknownRooms(house: House): string[] {
  return Object.entries(house.rooms).flatMap(([name, room]) =>
    [...room.mayImport, ...(room.mayImportTypes ?? [])]
      .filter((other) => !Object.hasOwn(house.rooms, other))
      .map((other) => `architecture.json room ${name} names ${other}, which is no room of ${house.package}`),
  );
}

function houseViolations(house: House, architecture: Architecture, sources: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const runtimeImports = new Map<string, Import[]>();
  for (const [file, source] of sources) {
    if (!file.startsWith(`${house.folder}/`)) continue;
    const { imports, uses, problem } = readModule(file, source);
    if (problem !== undefined) found.push(`${file}:1 cannot be parsed: ${problem}`);
    runtimeImports.set(
      file,
      imports.filter(({ typeOnly }) => !typeOnly),
    );
    if (file.endsWith(".test.ts")) continue;

    const name = roomOf(house, file);
    const room = house.rooms[name];
    if (room === undefined) {
      found.push(`${file}:1 ${name} is no room of ${house.package}`);
      continue;
    }
    for (const entry of imports) {
      const wrong = whatIsWrong(entry, { house, architecture, file, name, room });
      if (wrong !== undefined) found.push(`${file}:${entry.line} room ${name} may not import ${wrong}`);
    }
    for (const use of uses) {
      const forbidden = room.pure || (use.terminal && !house.mayUseTerminal.includes(name));
      if (forbidden) found.push(`${file}:${use.line} room ${name} may not use ${use.what}`);
    }
  }
  return [...found, ...cycles(runtimeImports)];
}

interface Place {
  readonly house: House;
  readonly architecture: Architecture;
  readonly file: string;
  readonly name: string;
  readonly room: Room;
}

/** What is wrong with an import, in the words that follow "may not import". */
function whatIsWrong({ specifier, typeOnly }: Import, place: Place): string | undefined {
  const { house, architecture, file, name, room } = place;
  if (!specifier.startsWith(".")) {
    if (room.pure && !room.purePackages?.includes(specifier)) return `${specifier}: it is pure`;
    const owner = architecture.houses.find((other) => isOrIsIn(specifier, other.package));
    if (owner === house) return `${specifier}, its own house's door`;
    if (owner !== undefined && specifier !== owner.package) return `${specifier}, which is not the door of a house`;
    const global = specifier.replace(/^node:/, "");
    const terminal = global === "process" || global === "console" || global.startsWith("readline");
    return terminal && !house.mayUseTerminal.includes(name) ? specifier : undefined;
  }
  const target = posix.join(posix.dirname(file), specifier);
  if (!target.startsWith(`${house.folder}/`)) return `${specifier}, which lies outside the house`;
  const targetRoom = roomOf(house, target);
  if (targetRoom === name || room.mayImport.includes(targetRoom)) return undefined;
  if (!room.mayImportTypes?.includes(targetRoom)) return targetRoom;
  return typeOnly ? undefined : `${targetRoom}, but for its types`;
}

function isOrIsIn(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

function roomOf(house: House, file: string): string {
  return file.slice(house.folder.length + 1).split("/")[0]!;
}

/** Files that need each other to run; types alone may go in circles. */
function cycles(graph: ReadonlyMap<string, readonly Import[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    path.push(file);
    for (const { specifier, line } of graph.get(file) ?? []) {
      const target = posix.join(posix.dirname(file), specifier);
      const start = path.indexOf(target);
      if (start !== -1) found.push(`${file}:${line} closes a cycle: ${[...path.slice(start), target].join(" → ")}`);
      else if (graph.has(target) && !done.has(target)) visit(target);
    }
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) if (!done.has(file)) visit(file);
  return found;
}
