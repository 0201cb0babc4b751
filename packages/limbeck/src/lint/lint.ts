import type { Action, CreateTable } from "./action.ts";
import { allows, type Allowance } from "./allowance.ts";
import type { Catalog } from "./catalog.ts";
import { finding, type LintFinding } from "./finding.ts";
import { judged } from "./judge.ts";
import type { LintedStatement } from "./linted-statement.ts";
import type { Measurement } from "./measurement.ts";
import { relationsOf } from "./mentions.ts";
import { actionsOf } from "./read/actions.ts";
import type { Match, Rule, RuleContext, Severity } from "./rule.ts";
import { RULES } from "./rules.ts";
import { isAbsent } from "./subject.ts";
import { after, INITIAL_STATE, nextTransaction, type State } from "./state.ts";
import { nodes, text, type Tree } from "./tree.ts";

export type { LintedStatement };

export type Levels = Readonly<Record<string, Severity | "off">>;

export interface LintOptions {
  readonly catalog?: Catalog | undefined;
  /** The server's major version; the catalog's when left out. */
  readonly majorVersion?: number | undefined;
  /** The severity of rules by name; `"off"` silences one. */
  readonly levels?: Levels | undefined;
  /** Rules beside those of lint. */
  readonly more?: readonly Rule[] | undefined;
  /** What statements were seen to do in a scratch database: it beats what the rules take for granted. */
  readonly measured?: ReadonlyMap<LintedStatement, Measurement> | undefined;
}

/** The newest version that the facts behind the rules were measured on. */
const NEWEST_MAJOR = 18;

/** What the rules find in statements that run one after another. */
export function lint(statements: readonly LintedStatement[], options: LintOptions = {}): LintFinding[] {
  const { catalog, measured } = options;
  const majorVersion = options.majorVersion ?? catalog?.majorVersion ?? NEWEST_MAJOR;
  const rules = [...RULES, ...(options.more ?? [])].flatMap((rule) => severityOf(rule, options));
  const pass: Pass = { rules, catalog, measured, used: new Set(), found: [] };
  let state = INITIAL_STATE;
  // What the statement's own revision has done: all that its author sees.
  let own = INITIAL_STATE;
  for (const [index, statement] of statements.entries()) {
    if (statement.revision !== statements[index - 1]?.revision) own = INITIAL_STATE;
    if (index > 0 && !statement.joinsTransaction && !state.inBlock) {
      [state, own] = [nextTransaction(state), nextTransaction(own)];
    }
    const inTransaction = state.inBlock || sharesTransaction(statements, index);
    const actions = actionsIn(statement);
    const matches: Matched[] = [];
    for (const [place, action] of actions.entries()) {
      const isFirst = place === 0;
      const about = {
        state,
        catalog,
        majorVersion,
        inTransaction,
        together: actions,
        isFirst,
        text: statement.text,
        literals: () => literalsOf(statement),
      };
      matches.push(
        ...check(pass, statement, action, { seen: about, alone: { ...about, state: own, catalog: undefined } }),
      );
      const done = isFresh(action, { state, catalog }) ? { ...action, ifNotExists: false } : action;
      [state, own] = [after(state, done), after(own, done)];
    }
    matches.push(...checkMeasured(pass, statement, actions, matches));
    for (const { active, match } of matches) report(pass, active, statement, match);
  }
  checkEnd(pass, statements.at(-1), state);
  checkAllowances(pass, statements);
  const place = new Map(statements.map((statement, index) => [statement, index]));
  return pass.found
    .toSorted((a, b) => place.get(a.statement)! - place.get(b.statement)!)
    .map(({ finding: one }) => one);
}

interface Pass {
  readonly rules: readonly ActiveRule[];
  readonly catalog: Catalog | undefined;
  readonly measured: LintOptions["measured"];
  /** The allowances without which there would be more findings. */
  readonly used: Set<Allowance>;
  readonly found: { readonly statement: LintedStatement; readonly finding: LintFinding }[];
}

interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

/** What a rule says of a statement. */
interface Matched {
  readonly active: ActiveRule;
  readonly match: Match;
}

function severityOf(rule: Rule, { levels = {} }: LintOptions): ActiveRule[] {
  const severity = Object.hasOwn(levels, rule.name) ? levels[rule.name] : rule.severity;
  return severity === undefined || severity === "off" ? [] : [{ rule, severity }];
}

function sharesTransaction(statements: readonly LintedStatement[], index: number): boolean {
  return statements[index]!.joinsTransaction || statements[index + 1]?.joinsTransaction === true;
}

/** Whether IF NOT EXISTS stands in front of a table that is not there. */
function isFresh(action: Action, known: Pick<RuleContext, "state" | "catalog">): action is CreateTable {
  return action.kind === "create table" && isAbsent(action.table, known);
}

/** What a statement does, a DO block what the statements in it do. */
export function actionsIn({ node, tree, inner = [] }: Pick<LintedStatement, "node" | "tree" | "inner">): Action[] {
  return [{ node, tree }, ...inner].flatMap((each) => actionsOf(each.node, each.tree));
}

function literalsOf({ tree }: LintedStatement): string[] {
  return [...nodes(tree)].flatMap(([kind, node]) => {
    const constant = kind === "A_Const" ? (node["sval"] as Tree | undefined) : undefined;
    return constant === undefined ? [] : (text(constant["sval"]) ?? []);
  });
}

const NONE: readonly Allowance[] = [];

interface Views {
  /** What is known of the statement. */
  readonly seen: RuleContext;
  /** What is known without catalogs and the revisions before its own. */
  readonly alone: RuleContext;
}

function check(pass: Pass, statement: LintedStatement, action: Action, { seen, alone }: Views): Matched[] {
  const measured = pass.measured?.get(statement);
  const matches: Matched[] = [];
  for (const active of pass.rules) {
    const { rule } = active;
    const allowances =
      statement.allowed.length === 0 ? NONE : statement.allowed.filter((each) => each.rule === rule.name);
    const match = rule.check(action, seen);
    // What is allowed for those who see the revision alone is not in vain because more is known here.
    const isBroken = match ?? (allowances.length > 0 && rule.check(action, alone));
    if (isBroken) for (const allowance of allowances) pass.used.add(allowance);
    if (match === undefined) continue;
    const kept = measured === undefined ? match : judged(rule, match, action, measured);
    if (kept !== undefined) matches.push({ active, match: kept });
  }
  return matches;
}

/** What a statement was seen to do, and no rule about the statement itself has found. */
function checkMeasured(
  pass: Pass,
  statement: LintedStatement,
  actions: readonly Action[],
  matches: readonly Matched[],
): Matched[] {
  const measured = pass.measured?.get(statement);
  if (measured === undefined) return [];
  const named = actions.flatMap(relationsOf);
  const seen: Matched[] = [];
  for (const active of pass.rules) {
    const found = [...matches, ...seen].map(({ active: { rule }, match: { work } }) => ({ group: rule.group, work }));
    const match = active.rule.measured?.(measured, { found, named });
    if (match === undefined) continue;
    for (const each of statement.allowed) if (each.rule === active.rule.name) pass.used.add(each);
    seen.push({ active, match });
  }
  return seen;
}

function checkEnd(pass: Pass, last: LintedStatement | undefined, state: State): void {
  if (last === undefined) return;
  for (const active of pass.rules) {
    const match = active.rule.end?.(state);
    if (match !== undefined) report(pass, active, last, match);
  }
}

function checkAllowances(pass: Pass, statements: readonly LintedStatement[]): void {
  if (statements.every(({ allowed }) => allowed.length === 0)) return;
  // What only a trace finds may be allowed all the same where there is none.
  const active = new Set(
    pass.rules.flatMap(({ rule }) => (rule.measured !== undefined && pass.measured === undefined ? [] : rule.name)),
  );
  const told = new Set<Allowance>();
  for (const statement of statements) {
    for (const allowance of statement.allowed) {
      if (told.has(allowance)) continue;
      told.add(allowance);
      const isUsed = pass.used.has(allowance) || !active.has(allowance.rule);
      for (const each of pass.rules) {
        const message = each.rule.allowance?.(allowance, { known: KNOWN, isUsed });
        if (message !== undefined) report(pass, each, statement, { message, evidence: "static" });
      }
    }
  }
}

const KNOWN: ReadonlySet<string> = new Set(RULES.map(({ name }) => name));

function report(pass: Pass, { rule, severity }: ActiveRule, statement: LintedStatement, match: Match): void {
  if (statement.allowed.some((each) => allows(each, rule.name))) return;
  const measured = pass.measured?.get(statement);
  pass.found.push({
    statement,
    finding: finding({ rule, severity, statement, catalog: pass.catalog, measured }, match),
  });
}
