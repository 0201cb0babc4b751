import { lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** Node's own, which its types do not have. */
interface Compiling {
  _compile: (this: NodeJS.Module, content: string, file: string, format?: string) => unknown;
}

/** What V8 made of a module, and of which source: the file's last change and length. */
interface Kept {
  readonly source: string;
  readonly data: Buffer;
}

type IndexEntry = readonly [file: string, source: string, bytes: number];

interface Made {
  readonly file: string;
  readonly source: string;
  readonly script: Script;
  readonly isKept: boolean;
}

/** The file's checksum, and the length of its index. */
const HEADER_BYTES = 8;

/** V8 copies data that begins elsewhere. */
const STEP_BYTES = 8;

/** `import(…)`, except in the lines of a doc comment and for a method of this name; it may find more. */
const IMPORTS_LATER = /^(?!\s*\*).*(?<!(?:^|[^.])\.)\bimport\s*[(/]/m;

/**
 * What Node 22 has as `module.enableCompileCache()`, for Node 20: what V8 makes of the CommonJS modules that a command
 * loads is kept in one file, and most of the time that it takes to load them again is saved.
 *
 * The file stands in the system's temporary folder, or in NODE_COMPILE_CACHE's, and only whoever wrote it can have
 * changed it; NODE_DISABLE_COMPILE_CACHE turns it off, as Node's. V8 checks that the data is of this V8 and its flags,
 * and trusts the rest, for which the file's checksum is, and what is noted of the sources. It is written beside and renamed, so
 * that nobody reads the half of it. Without it, or where it cannot be written, nothing is different.
 */
export function enableCompileCache(): void {
  const { env, argv, version, arch } = process;
  if (env["NODE_DISABLE_COMPILE_CACHE"]) return;
  const folder = join(env["NODE_COMPILE_CACHE"] || tmpdir(), `limbeck-${process.getuid?.() ?? ""}-${version}-${arch}`);
  const verb = /^[a-z-]+$/.test(argv[2] ?? "") ? argv[2]! : "any";
  if (!ownFolder(folder)) return;
  const path = join(folder, `${verb}-${statSync(__dirname).ino}`);
  const kept = read(path);
  const made = compileWith(kept);
  process.on("exit", (code) => {
    if (code > 1 || made.every(({ isKept }) => isKept)) return;
    write(path, () => {
      for (const { file, source, script } of made) kept.set(file, { source, data: script.createCachedData() });
      return kept;
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

/** Has modules compiled with what is kept of them; gives those that were, as they come. */
function compileWith(kept: ReadonlyMap<string, Kept>): Made[] {
  const made: Made[] = [];
  const { prototype } = Module as unknown as { prototype: Compiling };
  const { _compile: compile } = prototype;
  prototype._compile = function (content, file, format) {
    const { ctimeMs, size } = statSync(file);
    const source = `${ctimeMs} ${size}`;
    const known = kept.get(file);
    const cachedData = known?.source === source ? known.data : undefined;
    const script = format === "module" ? undefined : scriptOf(content, file, cachedData);
    if (script === undefined) return compile.call(this, content, file, format);
    made.push({ file, source, script, isKept: cachedData !== undefined && !script.cachedDataRejected });
    const run = script.runInThisContext() as (this: unknown, ...scope: unknown[]) => unknown;
    return run.call(this.exports, this.exports, createRequire(file), this, file, dirname(file));
  };
  return made;
}

/**
 * Undefined for what is no CommonJS, as Node finds out what else it is, and for what imports a module later: V8 does not keep who
 * asks for it, without whom there is no import.
 */
function scriptOf(content: string, filename: string, cachedData: Buffer | undefined): Script | undefined {
  if (!cachedData && IMPORTS_LATER.test(content)) return undefined;
  try {
    return new Script(Module.wrap(content), { filename, cachedData });
  } catch {
    return undefined;
  }
}

function read(path: string): Map<string, Kept> {
  const kept = new Map<string, Kept>();
  try {
    const bytes = readFileSync(path);
    if (checksumOf(bytes) !== bytes.readInt32LE()) return kept;
    const end = HEADER_BYTES + bytes.readInt32LE(4);
    let start = aligned(end);
    for (const [file, source, length] of JSON.parse(bytes.toString("utf8", HEADER_BYTES, end)) as IndexEntry[]) {
      kept.set(file, { source, data: bytes.subarray(start, start + length) });
      start += aligned(length);
    }
  } catch {
    // There is none.
  }
  return kept;
}

/** Asks for the content, which takes its time, only where there is room for it. */
function write(path: string, content: () => ReadonlyMap<string, Kept>): void {
  const beside = `${path}.${process.pid}`;
  try {
    const file = openSync(beside, "wx", 0o600);
    const all = [...content()];
    const index = Buffer.from(JSON.stringify(all.map(([of, { source, data }]) => [of, source, data.length])));
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeInt32LE(index.length, 4);
    const parts = [index, ...all.map(([, { data }]) => data)].map((part) =>
      Buffer.concat([part], aligned(part.length)),
    );
    const bytes = Buffer.concat([header, ...parts]);
    bytes.writeInt32LE(checksumOf(bytes));
    writeFileSync(file, bytes);
    renameSync(beside, path);
  } catch {
    rmSync(beside, { force: true });
  }
}

/**
 * Of a word in each sixteen behind the checksum in a file: a disk that is cut off loses sectors, of which none is shorter. Node's own
 * checksum loads all of zlib.
 */
function checksumOf(bytes: Buffer): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let sum = words.length;
  for (let index = 1; index < words.length; index += 16) sum = (Math.imul(sum, 31) + words[index]!) | 0;
  return sum;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
}
