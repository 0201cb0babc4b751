/** What `alembic upgrade --sql` prints, revision by revision. */
export interface ScriptPart {
  readonly half: "upgrade" | "downgrade";
  readonly revision: string;
  readonly sql: string;
}

const HEADING = /^-- Running (upgrade|downgrade) (.*?)-> ?(.*)$/;

/** Cuts a script at the comments in which Alembic names the step. The SQL in front of the first belongs to none. */
export function scriptParts(script: string): ScriptPart[] {
  const parts: { half: "upgrade" | "downgrade"; revision: string; lines: string[] }[] = [];
  for (const line of script.split(/\r\n?|\n/)) {
    const [, half, below = "", above = ""] = HEADING.exec(line) ?? [];
    if (half === "upgrade" || half === "downgrade") {
      const revision = (half === "upgrade" ? above : below).trim().split(/,\s/)[0]!;
      parts.push({ half, revision, lines: [] });
    } else parts.at(-1)?.lines.push(line);
  }
  return parts.map(({ half, revision, lines }) => ({ half, revision, sql: lines.join("\n") }));
}
