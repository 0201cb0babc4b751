import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";

const SHOWN = /^(?:ColumnOptions|OpenOptions|TestDatabaseOptions)$|(?:Calls|Config|Operations)$/;

/**
 * Writes what the public door declares into one file, and nothing that nobody outside can name. What `tsc` emits has a file for
 * each of ours, and tells of all of them. `entry` is the door among tsc's declarations. What the `main` door gives out is imported
 * from there. Where it is `published`, every byte is downloaded, and only what is hovered over has its comments.
 */
export function writeDeclarations(entry, target, { main, published = false } = {}) {
  const modules = new Map();
  const moduleOf = (path) => {
    if (!modules.has(path)) modules.set(path, readModule(path));
    return modules.get(path);
  };

  /** The declarations behind a name of a module, wherever they stand; undefined for a name of another package or of the language. */
  const find = (path, name) => {
    const module = moduleOf(path);
    if (module.declared.has(name)) return module.declared.get(name);
    const from = module.imports.get(name) ?? module.exports.get(name);
    if (from !== undefined) return from.path === undefined ? find(path, from.name) : find(from.path, from.name);
    return module.stars.map((star) => find(star, name)).find((found) => found !== undefined);
  };

  const taken = new Map();
  const needed = new Set();
  const imported = new Map(
    main === undefined ? [] : publicNames(main.entry, moduleOf).map((name) => [find(main.entry, name), name]),
  );
  const usedImports = new Set();
  const need = (declaration, wanted) => {
    if (needed.has(declaration)) return;
    const known = imported.get(declaration);
    if (known !== undefined) {
      declaration.finalName = known;
      usedImports.add(known);
      return;
    }
    needed.add(declaration);
    let name = wanted ?? declaration.name;
    for (let count = 2; taken.has(name); count++) name = `${declaration.name}${count}`;
    taken.set(name, declaration);
    declaration.finalName = name;
  };
  const names = publicNames(entry, moduleOf);
  for (const name of names) need(find(entry, name), name);
  // A set that grows is walked to its end.
  for (const { path, uses } of needed) {
    for (const use of uses) {
      use.declaration = find(use.path ?? path, use.name);
      if (use.declaration !== undefined && !use.wantsKeys) need(use.declaration);
    }
  }
  const own = [...usedImports].toSorted((one, other) => one.localeCompare(other));
  const imports = own.length === 0 ? [] : [`import { ${own.join(", ")} } from "${main.from}";`];
  const parts = [...imports, ...Array.from(needed, (declaration) => compact(textOf(declaration, published)))];
  writeFileSync(
    target,
    `${parts.join("\n")}\nexport { ${names.toSorted((one, other) => one.localeCompare(other)).join(", ")} };\n`,
  );
}

/** All names that a door gives out, through `export *` as well. */
function publicNames(path, moduleOf) {
  const { declared, exports, stars } = moduleOf(path);
  const own = [...declared.values()].filter(({ isExported }) => isExported).map(({ name }) => name);
  return [...own, ...exports.keys(), ...stars.flatMap((star) => publicNames(star, moduleOf))];
}

function readModule(path) {
  const text = readFileSync(path, "utf8");
  const { program, comments } = parseSync(path, text);
  const module = { declared: new Map(), imports: new Map(), exports: new Map(), stars: [] };
  const pathOf = (source) => declarationPath(path, source.value);
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      for (const { local, imported } of node.specifiers)
        module.imports.set(local.name, { path: pathOf(node.source), name: imported.name });
    } else if (node.type === "ExportAllDeclaration") module.stars.push(pathOf(node.source));
    else if (node.type === "ExportNamedDeclaration" && !node.declaration) {
      for (const { local, exported } of node.specifiers) {
        module.exports.set(exported.name, { path: node.source ? pathOf(node.source) : undefined, name: local.name });
      }
    } else declare(module, path, text, node, comments);
  }
  return module;
}

function declare(module, path, text, node, comments) {
  const declaration = node.declaration ?? node;
  const names = declaration.declarations?.map(({ id }) => id) ?? [declaration.id];
  const comment = comments.findLast(({ end }) => end <= node.start && text.slice(end, node.start).trim() === "");
  for (const id of names) {
    if (!id) continue;
    module.declared.set(id.name, {
      path,
      name: id.name,
      id,
      isExported: node !== declaration,
      comment: comment === undefined ? "" : `${text.slice(comment.start, comment.end)}\n`,
      text,
      start: declaration.start,
      end: node.end,
      uses: usesIn(declaration, names, path),
      keys: (id.typeAnnotation?.typeAnnotation.members ?? []).map(({ key }) => key.name),
    });
  }
}

/** What a declaration speaks of: types, which begin with a capital letter here, values behind `typeof`, types of other files. */
function usesIn(declaration, own, path) {
  const uses = [];
  const walk = (node, isQuery) => {
    if (node === null || typeof node !== "object") return;
    if (node.type === "TSImportType") {
      const { end, name } = node.qualifier;
      uses.push({ name, path: declarationPath(path, node.source.value), start: node.start, end });
      walk(node.typeArguments, false);
      return;
    }
    if (node.type === "TSTypeOperator" && node.operator === "keyof" && node.typeAnnotation.type === "TSTypeQuery") {
      const { name } = node.typeAnnotation.exprName;
      uses.push({ name, wantsKeys: true, start: node.start, end: node.end });
      return;
    }
    if (node.type === "Identifier" && !own.includes(node) && (isQuery || /^[A-Z]/.test(node.name))) {
      // With an annotation, the node ends behind that.
      uses.push({ name: node.name, start: node.start, end: node.start + node.name.length });
    }
    for (const [key, child] of Object.entries(node)) {
      if (key !== "key" || node.computed) walk(child, isQuery || node.type === "TSTypeQuery");
    }
  };
  walk(declaration, false);
  return uses;
}

function declarationPath(path, specifier) {
  if (!specifier.startsWith("."))
    throw new Error(`${path} speaks of ${specifier}, whose types limbeck does not bring along`);
  return join(dirname(path), specifier.replace(/\.(?:ts|js)$/, ".d.ts"));
}

function textOf({ text, start, end, id, comment, uses, finalName }, published) {
  const named = uses.filter(({ declaration }) => declaration !== undefined);
  const edits = [{ start: id.start, end: id.start + id.name.length, to: finalName }];
  for (const { start: from, end: to, declaration, wantsKeys } of named) {
    const name = wantsKeys ? declaration.keys.map((key) => `"${key}"`).join(" | ") : declaration.finalName;
    edits.push({ start: from, end: to, to: name });
  }
  const body = edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((changed, edit) => changed.slice(0, edit.start) + edit.to + changed.slice(edit.end), text.slice(0, end))
    .slice(start);
  const declared = /^(?:declare|interface|type)\b/.test(body) ? body : `declare ${body}`;
  const whole = comment + declared;
  const told =
    published && !isShown(id.name, declared)
      ? whole.replace(/ *\/\*\*[^]*?\*\/\n/g, "")
      : whole.replace(/\/\*\*[^]*?\*\//g, shortened);
  // The operations that they are have the same examples.
  const short = id.name === "TableOperations" ? told.replace(/\n@example[^*]*(?=\*\/)/g, "") : told;
  const flat = short.replace(/^(?: {4})+(?=\S)/gm, "");
  // Options are the caller's own object, and what is given back is the caller's: only classes keep others from assigning.
  return published && isShape(declared) ? flat.replace(/^readonly (?=[\w"[]+\??[\]:])/gm, "") : flat;
}

/**
 * Whether an editor shows a declaration first to somebody who writes a revision, a configuration or a program. Of options and of what
 * limbeck gives back the reference and the JSON schemas tell.
 */
function isShown(name, declared) {
  return !isShape(declared) || SHOWN.test(name);
}

function isShape(declared) {
  return /^(?:interface|type)\b/.test(declared);
}

/** Without the spaces that part no words and the semicolons that end a line; comments and texts are as they were. */
function compact(text) {
  return text.replace(
    /\/\*\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|;(?=\n|$)| *([^\w\s$"`/]) */g,
    (part, sign) => sign ?? (part === ";" ? "" : part),
  );
}

/** A comment as editors show it, without what frames its lines, and without the manual's pages, which the reference lists. */
function shortened(comment) {
  const lines = comment.split("\n").map((line) => line.replace(/^ +\*(?: |$)/, ""));
  return lines.length === 1
    ? comment
    : `${lines
        .slice(0, -1)
        .join("\n")
        .replace("/**\n", "/**")
        .replace(/\n@see .*/g, "")
        .replace(/\n\n@/g, "\n@")
        .trimEnd()}*/`;
}
