import type { LintFinding } from "../lint/finding.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import type { FixedFile, LintFixes } from "./lint-result.ts";

export interface FixOptions {
  /** Show what would be done, and write nothing. */
  readonly dryRun: boolean;
  /** Applied revisions: their files stay as they were run. */
  readonly applied: ReadonlySet<string>;
}

/** Writes what findings are about in its safe form, in the revision's file and as far as that needs no thought. */
export async function fixLinted(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  findings: readonly LintFinding[],
  { dryRun, applied }: FixOptions,
): Promise<LintFixes> {
  const [{ fixFindings }, { edited, lineDifference, rewriteFile }] = await Promise.all([
    import("../proof/fix-findings.ts"),
    import("../scripts/text-edit.ts"),
  ]);
  const { authoring, arguments: given, config } = context;
  const looked = { graph, authoring, arguments: given, namingConvention: config.namingConvention };
  const files: FixedFile[] = [];
  const notFixed: { finding: LintFinding; reason: string }[] = [];
  for (const revision of new Set(findings.flatMap((finding) => finding.revision ?? []))) {
    const file = graph.get(revision)!.source;
    const own = findings.filter((finding) => finding.revision === revision);
    const standsStill = applied.has(revision)
      ? "the revision is applied: its file stays as it was run"
      : config.transaction === "all"
        ? "all revisions run in one transaction here, where the safe form cannot"
        : undefined;
    const { path, source, edits, fixed } = await fixFindings(looked, file, own);
    for (const { finding, reason } of fixed) {
      const why = standsStill ?? reason;
      if (why !== undefined) notFixed.push({ finding, reason: why });
    }
    if (edits.length === 0 || standsStill !== undefined) continue;
    const content = edited(source, edits);
    if (!dryRun) rewriteFile(path, content);
    files.push({ path, difference: lineDifference(path, source, content) });
  }
  return {
    written: !dryRun,
    files,
    notFixed: notFixed.map(({ finding: { rule, where }, reason }) => ({
      rule,
      file: where?.file ?? null,
      line: where?.line ?? null,
      reason,
    })),
  };
}
