import type { ComponentChildren } from "preact";
import { useLive } from "../../api/live.ts";
import type { Migrations, Part, Trouble } from "../../api/types.ts";
import { milliseconds, plural } from "../../model/format.ts";
import { Await, Empty, Heading, Panel, Table } from "../../parts/layout.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago, Code, Moment, Name } from "../../parts/text.tsx";
import { Findings } from "./findings.tsx";
import { RevisionGraph } from "./graph.tsx";

/** Watcher's own database: its revisions, what of them is applied, and whether it is as it should be. */
export function MigrationsPage() {
  const live = useLive<Migrations>("/diagnostics/migrations", 10_000);
  return (
    <>
      <Heading title="Migrations">{live.data !== undefined && <Summary migrations={live.data} />}</Heading>
      <Await live={live}>
        {(migrations) => (
          <>
            <Panel title="Revisions" flush aside={plural(migrations.revisions.length, "revision")}>
              {migrations.revisions.length === 0 ? (
                <Empty>There are no revisions.</Empty>
              ) : (
                <RevisionGraph revisions={migrations.revisions} />
              )}
            </Panel>
            <Panel title="Pending SQL">
              <Found part={migrations.pendingSql}>
                {(sql) =>
                  sql.trim() === "" ? (
                    <Empty>Every revision is applied.</Empty>
                  ) : (
                    <pre tabIndex={0} aria-label="Pending SQL">
                      {sql}
                    </pre>
                  )
                }
              </Found>
            </Panel>
            <Panel title="Lint findings" flush>
              <Found part={migrations.findings}>
                {(findings) => <Findings findings={findings} revisions={migrations.revisions} />}
              </Found>
            </Panel>
            <Panel title="Drift" flush>
              <Found part={migrations.drift}>{(drift) => <Drift drift={drift} />}</Found>
            </Panel>
            <Panel title="Last runs" flush>
              <Runs runs={migrations.runs} />
            </Panel>
          </>
        )}
      </Await>
    </>
  );
}

function Summary({ migrations: { revisions, drift, checkedAt } }: { migrations: Migrations }) {
  const pending = revisions.filter(({ state }) => state === "pending").length;
  return (
    <p>
      {pending === 0
        ? "Every revision is applied"
        : `${plural(pending, "revision")} ${pending === 1 ? "is" : "are"} pending`}
      {!isTrouble(drift) &&
        (drift.length === 0
          ? ", and the database is as its revisions say"
          : `, and the database has ${plural(drift.length, "difference")}`)}
      . Looked at <Ago at={checkedAt} />.
    </p>
  );
}

function isTrouble(part: Part<unknown>): part is Trouble {
  return typeof part === "object" && part !== null && "error" in part;
}

/** A part that could not be found out says why, and the others are shown nevertheless. */
function Found<Result>({ part, children }: { part: Part<Result>; children: (found: Result) => ComponentChildren }) {
  if (!isTrouble(part)) return <>{children(part)}</>;
  // The service says so while the first look is under way.
  if (part.error.code === "IN_PROGRESS") return <Empty title="Still looking">It takes a moment the first time.</Empty>;
  return (
    <Empty title="Not known">
      {part.error.message} <Code text={part.error.code} />
    </Empty>
  );
}

function Drift({ drift }: { drift: Extract<Migrations["drift"], readonly unknown[]> }) {
  if (drift.length === 0) return <Empty>The database is as the target schema says.</Empty>;
  return (
    <Table
      caption="Where the database differs from the target schema"
      rows={drift}
      keyOf={({ kind, object, message }) => `${kind} ${object} ${message}`}
      columns={[
        { name: "Kind", cell: ({ kind }) => kind },
        { name: "Object", cell: ({ object }) => <Code text={object} /> },
        { name: "What", kind: "main", cell: ({ message }) => message },
      ]}
    />
  );
}

function Runs({ runs }: { runs: Migrations["runs"] }) {
  if (runs.length === 0) return <Empty>No run has been recorded.</Empty>;
  return (
    <Table
      caption="The last steps that were run"
      rows={runs}
      keyOf={({ revision, direction, startedAt }) => `${revision} ${direction} ${startedAt}`}
      columns={[
        { name: "Revision", kind: "main", cell: ({ revision }) => <Code text={revision} /> },
        { name: "Direction", cell: ({ direction }) => direction },
        { name: "State", cell: ({ status, error }) => <RunStatus status={status} error={error} /> },
        { name: "Started", cell: ({ startedAt: at }) => <Moment at={at} /> },
        { name: "Took", kind: "number", cell: ({ durationMs: took }) => (took === null ? "–" : milliseconds(took)) },
        {
          name: "By",
          kind: "quiet",
          cell: ({ user, host }) => <Name text={[user, host].filter(Boolean).join("@")} most={40} />,
        },
        { name: "Version", kind: "quiet", cell: ({ applicationVersion: version }) => version ?? "–" },
      ]}
    />
  );
}

const bad = /fail|error|interrupt|abort/i;
const busy = /run|start|progress/i;

function RunStatus({ status, error }: { status: string; error: string | null }) {
  const state = bad.test(status) ? "failed" : busy.test(status) ? "running" : "succeeded";
  return (
    <>
      <Status state={state} word={status} />
      {error !== null && <Name text={error} most={80} />}
    </>
  );
}
