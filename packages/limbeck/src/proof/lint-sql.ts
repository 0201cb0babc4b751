import type { Session } from "../database/session.ts";
import { parseStatement, parseStatements } from "../grammar/statements.ts";
import { allowancesIn } from "../lint/allowance.ts";
import type { LintFinding } from "../lint/finding.ts";
import { lint, type LintedStatement, type LintOptions } from "../lint/lint.ts";
import { mentionsOf } from "../lint/mentions.ts";
import { actionsOf } from "../lint/read/actions.ts";
import { readLintCatalog } from "./read-lint-catalog.ts";

export interface LintSqlOptions extends Omit<LintOptions, "catalog"> {
  /** How the text will be run: in one transaction, or each statement in its own. */
  readonly mode: "transaction" | "autocommit";
  /** For findings. */
  readonly file?: string;
  /** The database that the statements are meant for. */
  readonly session?: Session | undefined;
}

/** Lints a text of SQL. Throws GrammarError. */
export async function lintSql(
  sql: string,
  { mode, file, session, ...options }: LintSqlOptions,
): Promise<LintFinding[]> {
  const statements: LintedStatement[] = [];
  for (const { text, line, lead } of await parseStatements(sql)) {
    const { node, tree } = await parseStatement(text);
    const where = file === undefined ? undefined : { file, line };
    statements.push({
      text,
      node,
      tree,
      where,
      revision: undefined,
      joinsTransaction: mode === "transaction",
      allowed: allowancesIn(lead),
    });
  }
  return await lintStatements(statements, session, options);
}

/** Lints statements that are parsed, with the catalogs of a database if there is one. */
export async function lintStatements(
  statements: readonly LintedStatement[],
  session: Session | undefined,
  options: Omit<LintOptions, "catalog">,
): Promise<LintFinding[]> {
  if (session === undefined) return lint(statements, options);
  const actions = statements.flatMap(({ node, tree }) => actionsOf(node, tree));
  const mentions = mentionsOf(
    actions,
    statements.map(({ tree }) => tree),
  );
  return lint(statements, { ...options, catalog: await readLintCatalog(session, mentions) });
}
