// What a run says of itself on GitHub, in Markdown.

/** The SQL of the revisions that are looked at, with the locks of each statement. */
export function previewText(steps, shorten) {
  if (steps.length === 0) return "### Migrations\n\nNo revision would run.\n";
  const parts = steps.map(({ title, path, statements, uncertain }) => {
    const sql = statements.map(({ sql: text, locks, transactional }) => {
      const notes = [
        ...(locks ?? []).map(({ mode, relation }) => `${mode} on ${relation}`),
        ...(transactional ? [] : ["outside a transaction"]),
      ];
      return `${notes.length === 0 ? "" : `-- ${notes.join(", ")}\n`}${text};`;
    });
    const doubt =
      uncertain === null
        ? ""
        : `\nFrom statement ${uncertain.from + 1} on it may run otherwise: ${uncertain.reason}.\n`;
    return `#### ${shorten(path)}\n\n${title.trim()}\n\n${fenced("sql", sql.join("\n\n"))}\n${doubt}`;
  });
  return `### Migrations\n\n${parts.join("\n")}`;
}

/** No run of backticks in the text ends it. */
function fenced(language, text) {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** The summary of everything else, from what --json printed. */
export function summaryOf(name, answer, shorten) {
  return `### limbeck ${name}\n\n${SUMMARIES[name](answer, shorten).join("\n")}\n`;
}

const mark = (isYes) => (isYes ? "✅" : "❌");

const SUMMARIES = {
  check: ({ heads, pending, edited, drift }) => [
    `- ${mark(heads.ok)} heads: ${heads.heads.join(", ") || "none"}`,
    `- ${mark(pending.ok)} pending: ${pending.revisions.join(", ") || "nothing"}`,
    `- ${mark(edited.ok)} edited since they were applied: ${edited.revisions.map(({ revision }) => revision).join(", ") || "none"}`,
    ...(drift.notCompared === undefined
      ? [`- ${mark(drift.ok)} drift: ${(drift.differences ?? []).join("; ") || "none"}`]
      : [`- drift: not compared, because of ${drift.notCompared}`]),
  ],
  lint: ({ findings }, shorten) =>
    findings.length === 0
      ? ["✅ nothing was found"]
      : findings.map(
          ({ severity, rule, message, file, line }) =>
            `- ${severity} **${rule}**${file === null ? "" : ` ${shorten(file)}:${line ?? 1}`}: ${message}`,
        ),
  test: ({ revisions, heads }) => [
    ...revisions.map(
      ({ ok, revision, message, data, problems }) =>
        `- ${mark(ok)} ${revision} ${message} (${data ?? "not seen"})${problems.map((problem) => `\n  - ${problem}`).join("")}`,
    ),
    `- ${mark(heads.ok)} heads: ${heads.heads.join(", ")}`,
  ],
  upgrade: ({ steps, heads }) => [
    ...steps.map(({ revision, durationMs }) => `- ✅ ${revision} (${Math.round(durationMs)} ms)`),
    `\n${steps.length === 0 ? "Nothing to do: the" : "The"} database is at ${heads.join(", ") || "base"}.`,
  ],
};
