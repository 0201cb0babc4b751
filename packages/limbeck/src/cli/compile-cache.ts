import { lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { constants, Script } from "node:vm";
import { crc32 } from "node:zlib";

/** Node's own, as its `module` does not declare it. */
interface Compiling {
  _compile(this: NodeJS.Module, content: string, file: string, format?: string): unknown;
  readonly _cache: unknown;
  readonly _extensions: unknown;
  readonly _resolveFilename: (request: string, parent: NodeJS.Module) => string;
}

/** Where a module's code stands in the cache, in bytes, and of which source it was made. */
interface Entry {
  readonly file: string;
  readonly checksum: number;
  readonly start: number;
  readonly end: number;
}

interface Kept {
  readonly file: string;
  readonly checksum: number;
  readonly data: Buffer;
}

/** V8 copies data that does not begin at a multiple of it. */
const ALIGNMENT = 8;
const HEADER_BYTES = 8;

/**
 * What Node 22 has as `module.enableCompileCache()`, for Node 20: what V8 makes of the CommonJS modules that a command
 * loads is kept in one file, and most of the time that it takes to load them again is saved.
 *
 * The file stands in the system's temporary folder, or in NODE_COMPILE_CACHE's, and only whoever wrote it can have
 * changed it; NODE_DISABLE_COMPILE_CACHE turns it off, as Node's. V8 checks that the data is of this V8 and its flags,
 * and trusts the rest, which is for the checksums of file and sources. It is written beside and renamed, so
 * that nobody reads the half of it. Without it, or where it cannot be written, nothing is different.
 */
export function enableCompileCache(): void {
  const { env, argv, version, arch } = process;
  if (env["NODE_DISABLE_COMPILE_CACHE"]) return;
  const folder = join(env["NODE_COMPILE_CACHE"] || tmpdir(), `limbeck-${process.getuid?.() ?? ""}-${version}-${arch}`);
  const verb = /^[a-z-]+$/.test(argv[2] ?? "") ? argv[2]! : "any";
  if (!ownFolder(folder)) return;
  const path = join(folder, `${verb}-${crc32(__dirname).toString(16)}`);
  const kept = new Map(read(path).map((each) => [each.file, each]));
  const made = compileWith(kept);
  process.on("exit", (code) => {
    if (code > 1 || made.every(({ isKept }) => isKept)) return;
    write(path, () => {
      for (const { file, checksum, script } of made)
        kept.set(file, { file, checksum, data: script.createCachedData() });
      return [...kept.values()];
    });
  });
}

/** Makes a folder that nobody else can write to; false if that is not what it is. */
function ownFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    return found.isDirectory() && (!process.getuid || (found.uid === process.getuid() && (found.mode & 0o022) === 0));
  } catch {
    return false;
  }
}

interface Made {
  readonly file: string;
  readonly checksum: number;
  readonly script: Script;
  readonly isKept: boolean;
}

/** Has modules compiled with what is kept of them; gives those that were, as they come. */
function compileWith(kept: ReadonlyMap<string, Kept>): Made[] {
  const made: Made[] = [];
  const loader = Module as unknown as Compiling;
  const { prototype } = Module as unknown as { prototype: Compiling };
  const { _compile: compile } = prototype;
  prototype._compile = function (content, file, format) {
    const checksum = crc32(Buffer.from(content, "utf16le"));
    const known = kept.get(file);
    const cachedData = known?.checksum === checksum ? known.data : undefined;
    const script = format === "module" ? undefined : scriptOf(content, file, cachedData);
    if (script === undefined) return compile.call(this, content, file, format);
    made.push({ file, checksum, script, isKept: cachedData !== undefined && !script.cachedDataRejected });
    const require = Object.assign((id: string): unknown => this.require(id), {
      resolve: (request: string) => loader._resolveFilename(request, this),
      main: process.mainModule,
      cache: loader._cache,
      extensions: loader._extensions,
    });
    const run = script.runInThisContext() as (this: unknown, ...scope: unknown[]) => unknown;
    return run.call(this.exports, this.exports, require, this, file, dirname(file));
  };
  return made;
}

/** Undefined for what is no CommonJS: Node finds out what else it is. */
function scriptOf(content: string, filename: string, cachedData: Buffer | undefined): Script | undefined {
  try {
    const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    return new Script(Module.wrap(content), { filename, cachedData, importModuleDynamically });
  } catch {
    return undefined;
  }
}

function read(path: string): Kept[] {
  try {
    const bytes = readFileSync(path);
    if (crc32(bytes.subarray(4)) !== bytes.readUInt32LE()) return [];
    const first = HEADER_BYTES + bytes.readUInt32LE(4);
    const entries = JSON.parse(bytes.toString("utf8", HEADER_BYTES, first)) as Entry[];
    return entries.map(({ file, checksum, start, end }) => ({
      file,
      checksum,
      data: bytes.subarray(first + start, first + end),
    }));
  } catch {
    return [];
  }
}

function write(path: string, content: () => readonly Kept[]): void {
  const beside = `${path}.${process.pid}`;
  try {
    const file = openSync(beside, "wx", 0o600);
    const entries: Entry[] = [];
    const parts: Buffer[] = [];
    let start = 0;
    for (const { file: of, checksum, data } of content()) {
      entries.push({ file: of, checksum, start, end: start + data.length });
      const room = Buffer.alloc(aligned(data.length));
      data.copy(room);
      parts.push(room);
      start += room.length;
    }
    const index = Buffer.from(JSON.stringify(entries));
    const header = Buffer.alloc(HEADER_BYTES + aligned(index.length), " ");
    index.copy(header, HEADER_BYTES);
    header.writeUInt32LE(header.length - HEADER_BYTES, 4);
    const bytes = Buffer.concat([header, ...parts]);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)));
    writeFileSync(file, bytes);
    renameSync(beside, path);
  } catch {
    rmSync(beside, { force: true });
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
