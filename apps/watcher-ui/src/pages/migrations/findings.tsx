import type { Finding, Revision } from "../../api/types.ts";
import { plural } from "../../model/format.ts";
import { Empty } from "../../parts/layout.tsx";
import { Status } from "../../parts/status.tsx";
import { Code } from "../../parts/text.tsx";

/** So many are shown at once; of more, only those of revisions that are still to be run. */
const few = 10;

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly revisions: readonly Revision[];
}

/** What lint says of the revisions, one after the other. What has been run already is history, and folded. */
export function Findings({ findings, revisions }: FindingsProps) {
  if (findings.length === 0) return <Empty>Nothing to say of the revisions.</Empty>;
  const pending = new Set(revisions.filter(({ state }) => state === "pending").map(({ revision }) => revision));
  const named = [...new Set(findings.map(({ revision }) => revision))];
  return (
    <>
      {named.map((revision) => {
        const own = findings.filter((finding) => finding.revision === revision);
        const isOpen = findings.length <= few || (revision !== null && pending.has(revision));
        return (
          <details class="findings" key={revision} open={isOpen}>
            <summary>
              <Code text={revision ?? "all revisions"} /> <span class="quiet">{plural(own.length, "finding")}</span>
            </summary>
            <ul>
              {own.map(({ rule, severity, message, statement, line }, index) => (
                <li key={index}>
                  <p>
                    <Status state={severity === "error" ? "failed" : "late"} word={severity} />
                    <Code text={rule} /> {line !== null && <span class="quiet">line {line}</span>}
                  </p>
                  <p>{message}</p>
                  {statement !== null && (
                    <p class="quiet">
                      <Code text={statement} most={200} />
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}
