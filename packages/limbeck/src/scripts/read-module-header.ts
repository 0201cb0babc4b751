import { LimbeckError } from "../errors/limbeck-error.ts";
import { METADATA, type Header, type MetadataName, type MetadataValue } from "./revision-file.ts";
import { lineOf, SourceScanner } from "./source-scanner.ts";

/**
 * Reads the header of a TypeScript or JavaScript revision without running it: the four metadata exports, which have
 * to be literals, and the description in the comment above `upgrade`.
 */
export function readModuleHeader(source: string, path: string): Header {
  return usualHeader(source) ?? scannedHeader(source, path);
}

const TEXT = String.raw`"[^"\\\n]*"`;
const VALUE = String.raw`(null|${TEXT}|\[${TEXT}(?:, ${TEXT})*\])`;
const USUAL = new RegExp(
  String.raw`^(?:import [^"'\`/\n]*(?:"[^"\\\n]*"|'[^'\\\n]*');?\n)*\n*` +
    METADATA.map((name) => `export const ${name} = ${VALUE};\n`).join("") +
    String.raw`\n+(?:/\*\*(?!/)((?:[^*]|\*(?!/))*)\*/\n)?export (?:async )?function upgrade[(<]`,
);

/**
 * The header in the form in which limbeck writes it, from the file's first character on: reading thousands of files
 * takes a third of the time that scanning them would. Whatever is not in just that form is scanned.
 */
function usualHeader(source: string): Header | undefined {
  const match = USUAL.exec(source);
  if (match === null) return undefined;
  const metadata: Map<MetadataName, { value: MetadataValue; line: number }> = new Map();
  let line = lineOf(source, match[0].search(/^export /m));
  for (const [index, name] of METADATA.entries())
    metadata.set(name, { value: usualValue(match[index + 1]!), line: line++ });
  const comment = match[METADATA.length + 1];
  return { metadata, description: comment && plainComment(comment), isRevision: true };
}

function usualValue(text: string): MetadataValue {
  if (text === "null") return null;
  return text.startsWith('"') ? text.slice(1, -1) : text.slice(2, -2).split('", "');
}

function scannedHeader(source: string, path: string): Header {
  const scanner = new SourceScanner(source);
  const metadata: Map<MetadataName, { value: MetadataValue; line: number }> = new Map();
  let description: string | undefined;
  let hasSteps = false;

  while (!(hasSteps && metadata.size === METADATA.length)) {
    const token = scanner.next();
    if (token === undefined) break;
    const comment = scanner.docComment;
    if (token === "{" || token === "(" || token === "[") scanner.skipBalanced();
    // A comment belongs to the code below it, and to no other.
    scanner.docComment = undefined;
    if (token !== "export") continue;
    const exported = exportedName(scanner);
    if (exported === "upgrade" || exported === "downgrade") {
      hasSteps = true;
      if (exported === "upgrade") description = comment && plainComment(comment);
    } else if (exported === "{") {
      refuseMetadataInList(scanner, path);
    } else if (isMetadataName(exported)) {
      const line = scanner.lineAt(scanner.index);
      if (metadata.has(exported)) throw invalid(path, line, `"${exported}" is exported twice.`, "Keep one of the two.");
      metadata.set(exported, { value: literalValue(scanner, exported, path), line });
    }
  }
  return { metadata, description, isRevision: hasSteps || metadata.size > 0 };
}

/** The name after `export const`, `export function` and their kin, or the bracket that begins a list of names. */
function exportedName(scanner: SourceScanner): string | undefined {
  for (;;) {
    const token = scanner.peek();
    if (token === undefined || !DECLARATION_WORDS.has(token)) {
      return token !== undefined && /^[\w${]/.test(token) ? scanner.next() : undefined;
    }
    scanner.next();
  }
}

const DECLARATION_WORDS = new Set(["const", "let", "var", "async", "function", "*"]);

function isMetadataName(name: string | undefined): name is MetadataName {
  return (METADATA as readonly (string | undefined)[]).includes(name);
}

/** What a list exports, or an object that is taken apart, is not there to be read. */
function refuseMetadataInList(scanner: SourceScanner, path: string): void {
  let name: string | undefined;
  for (let token = scanner.next(); token !== undefined; token = scanner.next()) {
    if (token !== "," && token !== "}") name = token;
    else if (isMetadataName(name)) throw noLiteral(name, path, scanner.lineAt(scanner.index));
    if (token === "}") return;
  }
}

/** The literal after `export const name`, behind its type if it has one. */
function literalValue(scanner: SourceScanner, name: MetadataName, path: string): MetadataValue {
  const start = scanner.index;
  const fail = (): LimbeckError => noLiteral(name, path, scanner.lineAt(start));
  skipType(scanner, fail);
  const value = readValue(scanner, fail);
  expectEnd(scanner, fail);
  return value;
}

function noLiteral(name: MetadataName, path: string, line: number): LimbeckError {
  return invalid(
    path,
    line,
    `"${name}" has to be a literal, because it is read without running the file.`,
    `Write a text in quotes, an array of such texts, or null: export const ${name} = ${EXAMPLES[name]};`,
  );
}

const EXAMPLES: Record<MetadataName, string> = {
  revision: '"20250909185058"',
  downRevision: "null",
  branchLabels: "null",
  dependsOn: "null",
};

function skipType(scanner: SourceScanner, fail: () => LimbeckError): void {
  for (let token = scanner.next(); token !== "="; token = scanner.next()) {
    if (token === undefined || token === ";" || token === "export") throw fail();
  }
}

function readValue(scanner: SourceScanner, fail: () => LimbeckError): MetadataValue {
  const token = scanner.next();
  if (token === "null") return null;
  if (token !== "[") return readText(token, fail);
  const values: string[] = [];
  for (let item = scanner.next(); item !== "]"; item = scanner.next()) {
    if (item === ",") continue;
    values.push(readText(item, fail));
  }
  return values;
}

function readText(token: string | undefined, fail: () => LimbeckError): string {
  const quoted = token !== undefined && token.length >= 2 && /^(["'`]).*\1$/s.test(token);
  if (!quoted || token.includes("\\") || (token.startsWith("`") && token.includes("${"))) throw fail();
  return token.slice(1, -1);
}

/** Nothing but `as const` or `satisfies …` may follow, or the value would be an expression. */
function expectEnd(scanner: SourceScanner, fail: () => LimbeckError): void {
  const end = scanner.index;
  const token = scanner.peek();
  if (token === undefined || token === ";" || token === "as" || token === "satisfies") return;
  scanner.skipTrivia();
  const newLine = scanner.source.slice(end, scanner.index).includes("\n");
  if (!newLine || !/^[\w$"'`@{}]/.test(token)) throw fail();
}

/** A doc comment without its stars, up to its first tag. A backslash takes the meaning from `@` and from the end. */
function plainComment(text: string): string {
  if (!/[\n@\\]/.test(text)) return text.trim();
  const [first, ...more] = text.split("\n");
  const lines = [first!, ...more.map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())];
  const tag = lines.findIndex((line) => line.trimStart().startsWith("@"));
  const plain = (tag === -1 ? lines : lines.slice(0, tag)).join("\n").trim();
  return plain.replace(/^(\s*)\\@/gm, "$1@").replaceAll("*\\/", "*/");
}

function invalid(file: string, line: number, message: string, hint: string): LimbeckError {
  return new LimbeckError("REVISION_FILE_INVALID", { message, hint, where: { file, line } });
}
