import type { SyntaxNode } from "@lezer/common";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Operation } from "../operations/operation.ts";
import { unbatched } from "./batch.ts";
import { directives } from "./directives.ts";
import { enumCall, followEnums, type EnumTypes } from "./enums.ts";
import { callOf, children, evaluate } from "./python/evaluate.ts";
import { addImports, assignment, bodyOf, lineOf, type Module } from "./python/module.ts";
import { type Call, Method, Name, NotUnderstood, type Value } from "./python/values.ts";

/** A statement of a revision that has no translation, and why. */
export interface LeftOver {
  /** Of the Python file, counted from 1. */
  readonly line: number;
  readonly source: string;
  readonly reason: string;
}

/** What stands in one place of a half. */
export type Piece = { readonly operations: readonly Operation[] } | { readonly left: LeftOver };

type Scope = Map<string, Value | undefined>;

/** Translates the functions of one revision. */
export class Translation {
  readonly #module: Module;
  readonly #enums: EnumTypes;
  #calls: readonly string[] = [];

  constructor(module: Module, enums: EnumTypes) {
    this.#module = module;
    this.#enums = enums;
  }

  /** A function of the file; nothing for one that is not there. */
  half(name: string): Piece[] {
    const definition = this.#module.functions.get(name);
    if (definition === undefined || this.#calls.includes(name)) return [];
    const outer = this.#calls;
    this.#calls = [...outer, name];
    try {
      return this.#block(bodyOf(definition), new Map(this.#module.scope));
    } finally {
      this.#calls = outer;
    }
  }

  #block(statements: readonly SyntaxNode[], scope: Scope): Piece[] {
    return statements.flatMap((statement) => this.#statement(statement, scope));
  }

  #statement(node: SyntaxNode, scope: Scope): Piece[] {
    try {
      return this.#understood(node, scope);
    } catch (error) {
      if (!(error instanceof NotUnderstood) && !(error instanceof LimbeckError)) throw error;
      this.#forget(node, scope);
      return [{ left: this.#leftOver(node, error.message) }];
    }
  }

  #understood(node: SyntaxNode, scope: Scope): Piece[] {
    switch (node.name) {
      case "PassStatement":
        return [];
      case "StatementGroup":
        return this.#block(
          children(node).filter(({ name }) => name !== ";"),
          scope,
        );
      case "ImportStatement":
        addImports(node, scope, this.#module);
        return [];
      case "AssignStatement":
        return this.#assignment(node, scope);
      case "ExpressionStatement":
        return this.#expression(node.firstChild!, scope);
      case "WithStatement":
        return this.#with(node, scope);
      case "ReturnStatement":
        if (node.nextSibling === null && node.firstChild === node.lastChild) return [];
        throw new NotUnderstood("it ends the function early, or returns a value");
      default:
        throw new NotUnderstood(REASONS[node.name] ?? "this statement is more than a directive");
    }
  }

  #assignment(node: SyntaxNode, scope: Scope): Piece[] {
    const { targets, value } = assignment(node);
    if (value === null) throw new NotUnderstood("this assignment is more than a name and its value");
    const call = value.name === "CallExpression" ? callOf(value, scope, this.#module) : undefined;
    const isDirective = directiveOf(call) !== undefined;
    const name = this.#text(targets[0]!);
    const pieces = isDirective ? this.#call(call!) : [];
    scope.set(name, isDirective ? call : evaluate(value, scope, this.#module));
    return pieces;
  }

  #expression(node: SyntaxNode, scope: Scope): Piece[] {
    if (node.name.endsWith("String")) return [];
    if (node.name !== "CallExpression") throw new NotUnderstood("this statement is more than a directive");
    return this.#call(callOf(node, scope, this.#module));
  }

  #call(call: Call): Piece[] {
    const { callee } = call;
    if (callee instanceof Name && callee.dotted.startsWith(".")) {
      const helper = callee.dotted.slice(1);
      const isPlain = call.positional.length === 0 && call.keywords.size === 0 && !this.#calls.includes(helper);
      if (isPlain) return this.half(helper);
      throw new NotUnderstood(`${helper} is a function of the file that is given arguments, or calls itself`);
    }
    if (callee instanceof Method && callee.of.name === "alembic.op.batch_alter_table") {
      return this.#call(unbatched(callee.of, callee.name, call));
    }
    if (callee instanceof Method) return this.#done(enumCall(callee, call, this.#enums));
    const name = directiveOf(call);
    if (name === undefined) throw new NotUnderstood(`it is not known what ${callee.dotted} does`);
    return this.#done(directives[name]!(call, this.#enums));
  }

  #done(operations: readonly Operation[]): Piece[] {
    for (const operation of operations) followEnums(operation, this.#enums);
    return operations.length === 0 ? [] : [{ operations }];
  }

  #with(node: SyntaxNode, scope: Scope): Piece[] {
    const [keyword, item, as, name, ...others] = children(node);
    if (keyword?.name !== "with" || item?.name !== "CallExpression")
      throw new NotUnderstood("this block is not known here");
    const call = callOf(item, scope, this.#module);
    const { callee } = call;
    const body = bodyOf(node);
    if (as?.name === "Body" && isAutocommit(callee)) return this.#block(body, scope);
    if (call.name !== "alembic.op.batch_alter_table" || as?.name !== "as" || others[0]?.name !== "Body") {
      throw new NotUnderstood("this block is not known here");
    }
    scope.set(this.#text(name!), call);
    const pieces = this.#block(body, scope);
    const left = pieces.find((piece) => "left" in piece);
    if (left !== undefined) throw new NotUnderstood(`line ${left.left.line}: ${left.left.reason}`);
    // Alembic runs what is executed in a batch at once, and the rest when the block ends.
    const executes = (piece: Piece): boolean => "operations" in piece && piece.operations[0]!.kind === "execute";
    return [...pieces.filter(executes), ...pieces.filter((piece) => !executes(piece))];
  }

  /** What a statement that is left over assigns is unknown from then on. */
  #forget(node: SyntaxNode, scope: Scope): void {
    const cursor = node.cursor();
    do {
      if (cursor.from >= node.to) return;
      for (const target of boundBy(cursor.node)) scope.set(this.#text(target), undefined);
    } while (cursor.next());
  }

  #leftOver(node: SyntaxNode, reason: string): LeftOver {
    return { line: lineOf(this.#module.text, node.from), source: this.#text(node), reason: reason.replace(/\.$/, "") };
  }

  #text({ from, to }: SyntaxNode): string {
    return this.#module.text.slice(from, to);
  }
}

/** The names that a statement gives values to. */
function boundBy(node: SyntaxNode): SyntaxNode[] {
  if (node.name === "AssignStatement" || node.name === "UpdateStatement") return assignment(node).targets;
  const parts = children(node);
  const names = (from: number, to: number): SyntaxNode[] =>
    parts.slice(from, to).filter(({ name }) => name === "VariableName");
  if (node.name === "ForStatement")
    return names(
      0,
      parts.findIndex(({ name }) => name === "in"),
    );
  return node.name === "WithStatement" ? names(parts.findIndex(({ name }) => name === "as") + 1, parts.length) : [];
}

const REASONS: Readonly<Record<string, string>> = {
  IfStatement: "what happens depends on something that is known only when it runs",
  ForStatement: "it is a loop",
  WhileStatement: "it is a loop",
  TryStatement: "what happens depends on whether something fails",
  RaiseStatement: "it raises an error",
};

function directiveOf(call: Call | undefined): string | undefined {
  const name = /^alembic\.op\.(\w+)$/.exec(call?.name ?? "")?.[1];
  return name !== undefined && Object.hasOwn(directives, name) ? name : undefined;
}

/** `op.get_context().autocommit_block()`: the runner sees itself what has to run outside of a transaction. */
function isAutocommit(callee: Name | Method): boolean {
  return callee instanceof Method && callee.of.name === "alembic.op.get_context" && callee.name === "autocommit_block";
}

/** Why a half can never run: its only statement is `raise NotImplementedError("…")`. */
export function raisedReason(module: Module, name: string): string | undefined {
  const definition = module.functions.get(name);
  const [first, ...others] = definition === undefined ? [] : bodyOf(definition);
  if (first?.name !== "RaiseStatement" || others.length > 0) return undefined;
  const [, raised] = children(first);
  const text = raised === undefined ? "" : module.text.slice(raised.from, raised.to);
  if (raised?.name === "CallExpression") {
    try {
      const [said] = evaluateArguments(raised, module);
      if (typeof said === "string" && said.trim() !== "") return said.trim();
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
    }
  }
  return `In Alembic it raises ${text === "" ? "an error" : text.replace(/\(\)$/, "")}.`;
}

function evaluateArguments(call: SyntaxNode, module: Module): readonly Value[] {
  const scope = new Map(module.scope).set(module.text.slice(call.firstChild!.from, call.firstChild!.to), new Name("."));
  return callOf(call, scope, module).positional;
}
