import type { Session } from "../database/session.ts";
import { parseStatements } from "../grammar/statements.ts";
import { allowancesIn } from "../lint/allowance.ts";
import type { Catalog } from "../lint/catalog.ts";
import type { LintFinding } from "../lint/finding.ts";
import { actionsIn, lint, type LintedStatement, type LintOptions } from "../lint/lint.ts";
import { mentionsOf } from "../lint/mentions.ts";
import { readLintCatalog } from "./read-lint-catalog.ts";

export interface SqlText {
  /** How the text will be run: in one transaction, or each statement in its own. */
  readonly mode: "transaction" | "autocommit";
  /** For findings. */
  readonly file?: string;
}

/** The statements of a text of SQL. psql's own commands are passed over. Throws GrammarError. */
export async function sqlStatements(sql: string, { mode, file }: SqlText): Promise<LintedStatement[]> {
  const parsed = await parseStatements(withoutPsqlCommands(sql));
  return parsed.map(({ text, line, comments, node, tree, inner }) => ({
    text,
    node,
    tree,
    inner,
    where: file === undefined ? undefined : { file, line },
    revision: undefined,
    joinsTransaction: mode === "transaction",
    allowed: allowancesIn(comments),
  }));
}

function withoutPsqlCommands(sql: string): string {
  return sql.replace(/^\\.*$/gm, "");
}

/** Lints statements, with the catalogs of a database if there is one. */
export async function lintStatements(
  statements: readonly LintedStatement[],
  session: Session | undefined,
  options: Omit<LintOptions, "catalog">,
): Promise<LintFinding[]> {
  if (session === undefined || statements.length === 0) return lint(statements, options);
  return lint(statements, { ...options, catalog: await catalogOf(statements, session) });
}

/** What lint asks of a database about the names in statements. */
export async function catalogOf(statements: readonly LintedStatement[], session: Session): Promise<Catalog> {
  const actions = statements.flatMap(actionsIn);
  const mentions = mentionsOf(
    actions,
    statements.flatMap(({ tree, inner = [] }) => [tree, ...inner.map((each) => each.tree)]),
  );
  return await readLintCatalog(session, mentions);
}
