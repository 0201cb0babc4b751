import type { Location } from "../errors/limbeck-error.ts";
import type { LockMode } from "../operations/language/statement.ts";
import type { Action } from "./action.ts";
import type { Catalog } from "./catalog.ts";
import { displayName } from "./names.ts";
import { actionsOf } from "./read/actions.ts";
import type { Evidence, Match, Recipe, Rule, RuleContext, Severity, Work } from "./rule.ts";
import { RULES } from "./rules.ts";
import { after, INITIAL_STATE, nextTransaction, type State } from "./state.ts";
import { nodes, text, type Tree } from "./tree.ts";

/** One statement, parsed with PostgreSQL's grammar. */
export interface LintedStatement {
  readonly text: string;
  /** The parser's name of its kind, and its tree. */
  readonly node: string;
  readonly tree: Tree;
  /** Where it stands in the author's file. */
  readonly where: Location | undefined;
  readonly revision: string | undefined;
  /** Whether it shares a transaction with the statement before. */
  readonly joinsTransaction: boolean;
  /** Rules that the author has allowed here. */
  readonly allowed: readonly string[];
}

/** Something to know before a statement runs. */
export interface LintFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly revision: string | undefined;
  readonly where: Location | undefined;
  readonly statement: string;
  readonly lock: LockMode | undefined;
  readonly relation: string | undefined;
  readonly work: Work | undefined;
  readonly message: string;
  readonly recipe: Recipe | undefined;
}

export interface LintOptions {
  readonly catalog?: Catalog | undefined;
  /** The server's major version, when there is no catalog to ask. */
  readonly majorVersion?: number;
  /** The severity of rules by name; `"off"` silences one. */
  readonly levels?: Readonly<Record<string, Severity | "off">>;
}

/** The newest version that the facts behind the rules were measured on. */
const NEWEST_MAJOR = 18;

/** What the rules find in statements that run one after another. */
export function lint(statements: readonly LintedStatement[], options: LintOptions = {}): LintFinding[] {
  const { catalog } = options;
  const majorVersion = catalog?.majorVersion ?? options.majorVersion ?? NEWEST_MAJOR;
  const rules = RULES.flatMap((rule) => severityOf(rule, options));
  const findings: LintFinding[] = [];
  let state = INITIAL_STATE;
  for (const [index, statement] of statements.entries()) {
    if (index > 0 && !statement.joinsTransaction && !state.inBlock) state = nextTransaction(state);
    const inTransaction = state.inBlock || sharesTransaction(statements, index);
    const literals = literalsOf(statement);
    for (const [place, action] of actionsOf(statement.node, statement.tree).entries()) {
      const isFirst = place === 0;
      const context: RuleContext = {
        state,
        catalog,
        majorVersion,
        inTransaction,
        isFirst,
        text: statement.text,
        literals,
      };
      findings.push(...matches(rules, statement, action, context));
      state = after(state, action);
    }
  }
  return [...findings, ...endOf(rules, statements.at(-1), state)];
}

interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

function severityOf(rule: Rule, { levels = {} }: LintOptions): ActiveRule[] {
  const severity = Object.hasOwn(levels, rule.name) ? levels[rule.name] : rule.severity;
  return severity === undefined || severity === "off" ? [] : [{ rule, severity }];
}

function sharesTransaction(statements: readonly LintedStatement[], index: number): boolean {
  return statements[index]!.joinsTransaction || statements[index + 1]?.joinsTransaction === true;
}

function literalsOf({ tree }: LintedStatement): string[] {
  return [...nodes(tree)].flatMap(([kind, node]) => {
    const constant = kind === "A_Const" ? (node["sval"] as Tree | undefined) : undefined;
    return constant === undefined ? [] : (text(constant["sval"]) ?? []);
  });
}

function matches(
  rules: readonly ActiveRule[],
  statement: LintedStatement,
  action: Action,
  context: RuleContext,
): LintFinding[] {
  return rules.flatMap(({ rule, severity }) => {
    if (statement.allowed.includes(rule.name)) return [];
    const match = rule.check(action, context);
    return match === undefined ? [] : [finding(rule, severity, statement, match)];
  });
}

function endOf(rules: readonly ActiveRule[], last: LintedStatement | undefined, state: State): LintFinding[] {
  if (last === undefined) return [];
  return rules.flatMap(({ rule, severity }) => {
    const match = last.allowed.includes(rule.name) ? undefined : rule.end?.(state);
    return match === undefined ? [] : [finding(rule, severity, last, match)];
  });
}

function finding(rule: Rule, severity: Severity, statement: LintedStatement, match: Match): LintFinding {
  const { relation, lock, work, evidence, message, recipe } = match;
  return {
    rule: rule.name,
    severity,
    evidence,
    revision: statement.revision,
    where: statement.where,
    statement: statement.text,
    lock,
    relation: relation === undefined ? undefined : displayName(relation),
    work,
    message,
    recipe,
  };
}
