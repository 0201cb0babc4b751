import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/python";
import { children, evaluate, type Source } from "./evaluate.ts";
import { Name, NotUnderstood, type Value } from "./values.ts";

/** A Python file: what its names stand for, and its functions. Nothing of it has been run. */
export interface Module extends Source {
  readonly docstring: string;
  /** The imports, and the assignments at the top as far as they are data. */
  readonly scope: Map<string, Value | undefined>;
  /** The functions at the top, by their names. */
  readonly functions: ReadonlyMap<string, SyntaxNode>;
  /** Everything at the top, in its order. */
  readonly statements: readonly SyntaxNode[];
  /** The line, counted from 1, of the first thing that is no Python. */
  readonly mistake: number | undefined;
}

/** Reads Python 3. */
export function readModule(text: string): Module {
  const top = parser.parse(text).topNode;
  const statements = children(top).filter(({ name }) => name !== "Comment");
  const source = { text };
  const scope = new Map<string, Value | undefined>();
  const functions = new Map<string, SyntaxNode>();
  for (const statement of statements) {
    if (statement.name === "ImportStatement") addImports(statement, scope, source);
    else if (statement.name === "AssignStatement") assign(statement, scope, source);
    else if (statement.name === "FunctionDefinition") {
      const name = nameOf(statement, source);
      functions.set(name, statement);
      scope.set(name, new Name(`.${name}`));
    }
  }
  return {
    text,
    docstring: docstringOf(statements, source),
    scope,
    functions,
    statements,
    mistake: mistakeIn(top, text),
  };
}

export function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < position; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** The statements of a function or a block, without comments and its docstring. */
export function bodyOf(node: SyntaxNode): SyntaxNode[] {
  const body = node.getChild("Body");
  const statements = body === null ? [] : children(body).filter(({ name }) => name !== ":" && name !== "Comment");
  const [first] = statements;
  return first !== undefined && isText(first) ? statements.slice(1) : statements;
}

function isText(statement: SyntaxNode): boolean {
  return statement.name === "ExpressionStatement" && /^(?:Continued)?String$/.test(statement.firstChild!.name);
}

function docstringOf(statements: readonly SyntaxNode[], source: Source): string {
  const [first] = statements;
  if (first === undefined || !isText(first)) return "";
  const value = evaluate(first.firstChild!, new Map(), source);
  return typeof value === "string" ? value : "";
}

function nameOf(definition: SyntaxNode, { text }: Source): string {
  const name = definition.getChild("VariableName")!;
  return text.slice(name.from, name.to);
}

/** `import a.b as c` and `from a import b as c`. */
export function addImports(statement: SyntaxNode, scope: Map<string, Value | undefined>, { text }: Source): void {
  const words = text
    .slice(statement.from, statement.to)
    .replace(/#.*$/gm, "")
    .replace(/[()\\]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const [, from, list = ""] = /^(?:from (\S+) )?import (.*)$/.exec(words) ?? [];
  for (const item of list.split(",")) {
    const [name = "", , as] = item.trim().split(" ");
    if (name === "" || name === "*") continue;
    if (from !== undefined) scope.set(as ?? name, new Name(`${from}.${name}`));
    else scope.set(as ?? name.split(".")[0]!, new Name(as === undefined ? name.split(".")[0]! : name));
  }
}

/** The names that an assignment gives values to, and the value's node where it is one for one. */
export function assignment(statement: SyntaxNode): {
  readonly targets: SyntaxNode[];
  readonly value: SyntaxNode | null;
} {
  const parts = children(statement).filter(({ name }) => name !== "TypeDef" && name !== "Comment");
  const at = parts.findIndex(({ name }) => name === "AssignOp");
  const targets = parts.slice(0, at).filter(({ name }) => name === "VariableName");
  const isPlain = at === 1 && parts.length === 3 && targets.length === 1 && statement.name === "AssignStatement";
  return { targets, value: isPlain ? parts[2]! : null };
}

/** Puts what an assignment says into the scope. A name whose value is no data is unknown from then on. */
function assign(statement: SyntaxNode, scope: Map<string, Value | undefined>, source: Source): void {
  const { targets, value } = assignment(statement);
  for (const target of targets) {
    const name = source.text.slice(target.from, target.to);
    try {
      scope.set(name, value === null ? undefined : evaluate(value, scope, source));
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      scope.set(name, undefined);
    }
  }
}

function mistakeIn(top: SyntaxNode, text: string): number | undefined {
  const cursor = top.cursor();
  do {
    if (cursor.type.isError) return lineOf(text, cursor.from);
  } while (cursor.next());
  return undefined;
}
