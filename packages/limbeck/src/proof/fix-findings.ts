import { readFileSync } from "node:fs";
import { parseStatements } from "../grammar/statements.ts";
import type { LintFinding } from "../lint/finding.ts";
import { fixOperation, undoes } from "../lint/fix-operation.ts";
import { fixSql } from "../lint/fix-sql.ts";
import type { LintedStatement } from "../lint/linted-statement.ts";
import { sourceOf } from "../operations/catalogue.ts";
import { sqlText } from "../operations/language/sql-text.ts";
import type { Operation } from "../operations/operation.ts";
import { lookAt, type LookContext } from "../runner/look-at.ts";
import type { LookedRecorded } from "../runner/looking-recorder.ts";
import { findCall, statementOf, withOption, type CallSite } from "../scripts/call-site.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { TextEdit } from "../scripts/text-edit.ts";

/** A finding whose operation has another form now, or has not, and why. */
export interface Fixed {
  readonly finding: LintFinding;
  /** Undefined when it was fixed. */
  readonly reason: string | undefined;
}

/** The edits of a revision's file. */
export interface FileFixes {
  readonly path: string;
  readonly source: string;
  readonly edits: readonly TextEdit[];
  readonly fixed: readonly Fixed[];
}

/** Turns what the findings of one revision are about into its safe form, as far as that needs no thought. Writes nothing. */
export async function fixFindings(
  context: Omit<LookContext, "session">,
  file: RevisionFile,
  findings: readonly LintFinding[],
): Promise<FileFixes> {
  const fixer = new Fixer(file, await undoing(context, file));
  for (const finding of findings.filter(isFixable)) await fixer.fix(finding);
  return { path: file.path, source: fixer.source, edits: fixer.edits, fixed: fixer.fixed };
}

const FIXABLE = new Set([
  "create-index-blocking",
  "drop-index-blocking",
  "reindex-blocking",
  "add-check-constraint",
  "add-foreign-key",
  "add-unique-constraint",
  "set-not-null",
]);

/** Other rules have no form that does the same. A partitioned table's index is made partition by partition. */
function isFixable({ rule, recipe }: LintFinding): boolean {
  return FIXABLE.has(rule) && !(rule === "create-index-blocking" && (recipe?.sql.length ?? 0) > 1);
}

/** What the downgrade records; nothing where it cannot be recorded without a database. */
async function undoing(context: Omit<LookContext, "session">, { revision }: RevisionFile): Promise<LookedRecorded[]> {
  try {
    const looked = await lookAt({ ...context, session: undefined }, { direction: "downgrade", revision }, false);
    return looked.recorder.recorded;
  } catch {
    return [];
  }
}

class Fixer {
  readonly source: string;
  readonly edits: TextEdit[] = [];
  readonly fixed: Fixed[] = [];
  readonly #file: RevisionFile;
  readonly #downgrade: readonly LookedRecorded[];
  /** The calls that have been edited, with what was done to them. */
  readonly #done = new Map<number, string>();

  constructor(file: RevisionFile, downgrade: readonly LookedRecorded[]) {
    this.#file = file;
    this.#downgrade = downgrade;
    this.source = readFileSync(file.path, "utf8");
  }

  async fix(finding: LintFinding): Promise<void> {
    const reason =
      this.#file.format === "sql" ? await this.#fixSql(finding) : this.#fixCall(finding.rule, finding.linted);
    this.fixed.push({ finding, reason });
  }

  #fixCall(rule: string, { operation, where }: LintedStatement): string | undefined {
    if (operation === undefined || where?.line === undefined) return "its place is not known";
    if (operation.kind === "execute") return "it is SQL inside of TypeScript";
    const fix = fixOperation(rule, operation);
    if (typeof fix === "string") return fix;
    const site = findCall(this.source, where.line, operation.kind);
    if (site === undefined) return `there is not one call of ${operation.kind} on its line`;
    if (this.#done.get(site.start) === rule)
      return fix.option === undefined || fix.after !== undefined ? REPEATED : undefined;
    const edits: TextEdit[] = [];
    if (fix.option !== undefined) {
      const edit = withOption(this.source, site, fix.option.place, `${fix.option.name}: true`);
      if (edit === undefined) return `its options are no object that ${fix.option.name} could be added to`;
      edits.push(...edit);
    }
    const { before = [], instead = [], after = [] } = fix;
    if (before.length + instead.length + after.length > 0) {
      const statement = statementOf(this.source, site);
      if (statement === undefined) return "the call is a part of something else";
      const lines = (operations: readonly Operation[]): string[] => operations.map((each) => callOf(each, site));
      const { start, end, indent } = statement;
      if (before.length > 0)
        edits.push({
          start,
          end: start,
          text: lines(before)
            .map((line) => `${line}\n${indent}`)
            .join(""),
        });
      if (instead.length > 0) edits.push({ start, end, text: lines(instead).join(`\n${indent}`) });
      if (after.length > 0)
        edits.push({
          start: end,
          end,
          text: lines(after)
            .map((line) => `\n${indent}${line}`)
            .join(""),
        });
    }
    this.#done.set(site.start, rule);
    this.edits.push(...edits, ...this.#undo(operation));
    return undefined;
  }

  /** What the downgrade does to the same index, CONCURRENTLY as well. */
  #undo(operation: Operation): TextEdit[] {
    return this.#downgrade.flatMap(({ operation: other, where }) => {
      if (!undoes(operation, other) || ("concurrently" in other && other.concurrently)) return [];
      const site = findCall(this.source, where(1)?.line ?? 0, other.kind);
      if (site === undefined || this.#done.has(site.start)) return [];
      const edit = withOption(this.source, site, other.kind === "createIndex" ? 3 : 1, "concurrently: true");
      if (edit === undefined) return [];
      this.#done.set(site.start, "undo");
      return edit;
    });
  }

  async #fixSql({ rule, linted }: LintFinding): Promise<string | undefined> {
    const fix = fixSql(rule, linted);
    if (fix === undefined) return "there is no form that is safe for certain without a thought";
    const start = this.#placeOf(linted.text, linted.where?.line);
    if (start === undefined) return "its place is not known";
    if (this.#done.has(start)) return REPEATED;
    this.#done.set(start, rule);
    const end = start + linted.text.length;
    this.edits.push({ start, end, text: fix.join(";\n") }, ...(await this.#undoSql(linted)));
    return undefined;
  }

  async #undoSql({ text }: LintedStatement): Promise<TextEdit[]> {
    const index = indexOf(text);
    if (index === undefined) return [];
    const edits: TextEdit[] = [];
    for (const { operation, where } of this.#downgrade) {
      if (operation.kind !== "execute") continue;
      for (const one of await parseStatements(sqlText(operation.sql)).catch(() => [])) {
        const other = indexOf(one.text);
        const start = this.#placeOf(one.text, where(one.line)?.line);
        if (other?.name !== index.name || other.verb === index.verb || start === undefined) continue;
        const head = /^(?:create\s+(?:unique\s+)?|drop\s+)index\b/i.exec(one.text)![0];
        const word = /^[a-z]/.test(head) ? " concurrently" : " CONCURRENTLY";
        edits.push({ start: start + head.length, end: start + head.length, text: word });
      }
    }
    return edits;
  }

  /** Where a statement begins that stands on this line. */
  #placeOf(text: string, line: number | undefined): number | undefined {
    if (line === undefined) return undefined;
    let from = 0;
    for (let at = 1; at < line; at++) from = this.source.indexOf("\n", from) + 1;
    const start = this.source.indexOf(text, from);
    return start === -1 ? undefined : start;
  }
}

const REPEATED = "the same call makes several of them";

function callOf(operation: Operation, { receiver }: CallSite): string {
  return `${sourceOf(operation).replace(/^op\b/, receiver)};`;
}

/** The index that a statement makes or drops. */
function indexOf(text: string): { readonly verb: string; readonly name: string } | undefined {
  const [, verb, name] =
    /^(create|drop)\s+(?:unique\s+)?index\s+(?!concurrently\b)(?:if\s+(?:not\s+)?exists\s+)?(?:\w+\.)?("(?:[^"]|"")+"|\w+)/i.exec(
      text,
    ) ?? [];
  return name === undefined ? undefined : { verb: verb!.toLowerCase(), name };
}
