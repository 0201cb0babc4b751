import { useLive } from "../../api/live.ts";
import type { Check, Diagnostics } from "../../api/types.ts";
import { bytes, count, duration, milliseconds, percent } from "../../model/format.ts";
import { Await, Empty, Facts, Heading, Panel, Table } from "../../parts/layout.tsx";
import { Code } from "../../parts/text.tsx";

/** What the service finds out about itself, held to limits. */
export function DiagnosticsPage() {
  const live = useLive<Diagnostics>("/diagnostics", 10_000);
  return (
    <>
      <Heading title="Diagnostics">
        {live.data !== undefined && (
          <p aria-live="polite">
            {live.data.status === "ok" ? "Everything is within its limits." : "Something is beyond its limit."}
          </p>
        )}
      </Heading>
      <Await live={live}>
        {({ connection, schema, performance, queue }) => (
          <>
            <div class="columns">
              <Panel title="Connection" flush>
                <Checks checks={connection.checks} name="Connection" />
              </Panel>
              <Panel title="Queue" flush>
                <Checks checks={queue.checks} name="Queue" />
              </Panel>
              <Panel title="Schema" flush>
                <Checks checks={schema.checks} name="Schema" />
              </Panel>
              <Panel title="Load" flush>
                <Checks checks={performance.checks} name="Load" />
              </Panel>
            </div>
            <Facts
              facts={[
                ["Database", connection.database === "embedded" ? "embedded" : "a server"],
                ["PostgreSQL", connection.server_version],
                ["Deadlocks since reset", count(performance.deadlocks_since_reset)],
                ["Revision", <a href="/migrations">{schema.current.join(", ") || "none"}</a>],
              ]}
            />
            <Panel title="Active queries" flush>
              {performance.active_queries.length === 0 ? (
                <Empty>No others at the moment.</Empty>
              ) : (
                <Table
                  caption="The oldest active queries"
                  rows={performance.active_queries}
                  keyOf={({ pid }) => pid}
                  columns={[
                    { name: "Process", cell: ({ pid }) => pid },
                    { name: "For", kind: "number", cell: ({ seconds }) => duration(seconds) },
                    { name: "Waits for", cell: ({ waits_for: wait }) => wait ?? "nothing" },
                    { name: "Query", kind: "main", cell: ({ query }) => <Code text={query} /> },
                  ]}
                />
              )}
            </Panel>
            <Panel title="Tables" flush>
              <Table
                caption="Tables by size"
                rows={schema.tables}
                keyOf={({ name }) => name}
                columns={[
                  { name: "Table", kind: "main", cell: ({ name }) => <Code text={name} /> },
                  { name: "Rows, estimated", kind: "number", cell: ({ rows }) => count(rows) },
                  { name: "Size", kind: "number", cell: ({ bytes: size }) => bytes(size) },
                ]}
              />
            </Panel>
          </>
        )}
      </Await>
    </>
  );
}

const say = { ms: milliseconds, s: duration, "%": percent, count } as const;

function Checks({ checks, name }: { checks: readonly Check[]; name: string }) {
  return (
    <Table
      caption={`${name}: checks`}
      rows={checks}
      keyOf={(check) => check.name}
      columns={[
        {
          name: "Check",
          kind: "main",
          cell: ({ ok, name: text }) => (
            <>
              <span class={ok ? "ok" : "not-ok"} role="img" aria-label={ok ? "good" : "beyond the limit"}>
                {ok ? "✓" : "✗"}
              </span>{" "}
              {text}
            </>
          ),
        },
        { name: "Is", kind: "number", cell: ({ value, unit }) => say[unit](value) },
        { name: "Limit", kind: "number", cell: ({ limit, unit }) => say[unit](limit) },
      ]}
    />
  );
}
