import { readdirSync, readFileSync } from "node:fs";
import { parseSync, type Function as FunctionNode, type Statement as SourceStatement } from "oxc-parser";
import type { OperationKind } from "../packages/limbeck/src/operations/operation.ts";

const operationsFolder = new URL("../packages/limbeck/src/operations/", import.meta.url).pathname;

export interface TypeSource {
  readonly name: string;
  readonly isExported: boolean;
  readonly text: string;
}

export interface FunctionSource {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly doc: string;
}

export interface Source {
  readonly types: readonly TypeSource[];
  readonly functions: readonly FunctionSource[];
  /** The names of its exported classes. */
  readonly classes: readonly string[];
}

/** The types and exported functions of one file of the operations. */
export function readSource(file: string): Source {
  const text = readFileSync(operationsFolder + file, "utf8");
  const { program } = parseSync(file, text, { sourceType: "module" });
  const types: TypeSource[] = [];
  const functions: FunctionSource[] = [];
  const classes: string[] = [];
  for (const statement of program.body) {
    const isExported = statement.type === "ExportNamedDeclaration";
    const declared = (isExported ? statement.declaration : statement) as SourceStatement | null;
    const doc = docComment(text.slice(0, statement.start));
    if (declared?.type === "TSInterfaceDeclaration" || declared?.type === "TSTypeAliasDeclaration") {
      const source = text.slice(declared.start, declared.end).replace(/\breadonly /g, "");
      types.push({ name: declared.id.name, isExported, text: doc === "" ? source : `${doc}\n${source}` });
    } else if (declared?.type === "FunctionDeclaration" && isExported) {
      functions.push({ name: declared.id!.name, parameters: parametersOf(declared, text), doc });
    } else if (declared?.type === "ClassDeclaration" && isExported) classes.push(declared.id!.name);
  }
  return { types, functions, classes };
}

function docComment(before: string): string {
  return /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*$/.exec(before)?.[0].trim() ?? "";
}

function parametersOf(node: FunctionNode, text: string): string[] {
  return node.params.map((parameter) => {
    const source = text.slice(parameter.start, parameter.end);
    return parameter.type === "AssignmentPattern" ? source.replace(/: (.*?) = \{\}$/s, "?: $1") : source;
  });
}

/** The files that operations share, by their names. */
export function languageFiles(): string[] {
  return readdirSync(`${operationsFolder}language`)
    .filter((file) => /^(?!.*\.test\.).*\.ts$/.test(file))
    .map((file) => `language/${file}`);
}

/** The file of an operation. */
export function fileOf(kind: OperationKind): string {
  return `${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
}
