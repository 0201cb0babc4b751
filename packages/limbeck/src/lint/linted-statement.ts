import type { Location } from "../errors/limbeck-error.ts";
import type { Operation } from "../operations/operation.ts";
import type { Allowance } from "./allowance.ts";
import type { Tree } from "./tree.ts";

/** One statement, parsed with PostgreSQL's grammar. */
export interface LintedStatement {
  readonly text: string;
  /** The parser's name of its kind, and its tree. */
  readonly node: string;
  readonly tree: Tree;
  /** The statements in a DO block. */
  readonly inner?: readonly Pick<LintedStatement, "node" | "tree">[];
  /** Where it stands in the author's file. */
  readonly where: Location | undefined;
  readonly revision: string | undefined;
  /** The operation that makes it; undefined for a file that is no revision. */
  readonly operation?: Operation;
  /** Whether it shares a transaction with the statement before. */
  readonly joinsTransaction: boolean;
  /** What the author has allowed here. Statements of one operation share them. */
  readonly allowed: readonly Allowance[];
}
