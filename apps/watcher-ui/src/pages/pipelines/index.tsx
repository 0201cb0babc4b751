import { useEffect, useRef, useState } from "preact/hooks";
import { useLive } from "../../api/live.ts";
import type { Page, PipelineOverview } from "../../api/types.ts";
import { compact, duration } from "../../model/format.ts";
import { Await, Empty, Heading, Panel, Table } from "../../parts/layout.tsx";
import { RunStrip } from "../../parts/runs.tsx";
import { Status, stateOf } from "../../parts/status.tsx";
import { Ago, Name } from "../../parts/text.tsx";
import { address, navigate, type Place } from "../../router/router.ts";

const here = "/pipelines";

/** All pipelines by name: a page of them, those whose name has what is searched for. */
export function PipelinesPage({ query }: Place) {
  const search = query.get("search") ?? "";
  const status = query.get("status") ?? "";
  const after = query.get("after");
  const live = useLive<Page<PipelineOverview>>(
    address("/overview/pipelines", { search, status, cursor: after, limit: 50 }),
    10_000,
    true,
  );
  return (
    <>
      <Heading title="Pipelines" />
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Search value={search} onChange={(text) => navigate(address(here, { search: text, status }), "replace")} />
        <label>
          <span>Last execution</span>
          <select
            value={status}
            onChange={(event) => navigate(address(here, { search, status: event.currentTarget.value }), "replace")}
          >
            <option value="">any</option>
            <option value="failed">failed</option>
            <option value="running">running</option>
            <option value="succeeded">succeeded</option>
          </select>
        </label>
      </form>
      <Panel title={after === null ? "By name" : "By name, further on"} id="list" flush>
        <Await live={live}>
          {({ data, next_cursor: next }) => (
            <>
              {data.length === 0 ? <Nothing filtered={search !== "" || status !== ""} /> : <List rows={data} />}
              <nav class="pager" aria-label="Pages of the list">
                {after !== null && <a href={address(here, { search, status })}>First page</a>}
                {next !== null && <a href={address(here, { search, status, after: next })}>Next page</a>}
              </nav>
            </>
          )}
        </Await>
      </Panel>
    </>
  );
}

const pauseMs = 200;

/** Searches when the typing pauses. */
function Search({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label class="search">
      <span>Name</span>
      <input
        type="search"
        value={text}
        maxLength={150}
        placeholder="part of a name"
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </label>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty title="No such pipeline">None has this in its name and ended so.</Empty>
  ) : (
    <Empty title="No pipelines yet">They appear when they first report.</Empty>
  );
}

function List({ rows }: { rows: readonly PipelineOverview[] }) {
  return (
    <Table
      caption="Pipelines"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { name: "Name", kind: "main", cell: ({ id, name }) => <Name text={name} href={`/pipelines/${id}`} /> },
        { name: "Type", kind: "quiet", cell: (row) => <Name text={row.pipeline_type_name} most={24} /> },
        { name: "State", cell: (row) => <PipelineState {...row} /> },
        { name: "Last executions", cell: ({ runs }) => <RunStrip runs={runs} /> },
        { name: "Took", kind: "number", cell: ({ runs }) => duration(runs[0]?.duration_seconds) },
        { name: "Rows", kind: "number", cell: ({ runs }) => compact(runs[0]?.total_rows) },
        { name: "Started", kind: "number", cell: ({ runs }) => <Ago at={runs[0]?.start_date ?? null} /> },
      ]}
    />
  );
}

function PipelineState({ active, runs: [last], alerts }: PipelineOverview) {
  if (!active) return <Status state="idle" word="inactive" />;
  const isLate = alerts.includes("freshness") || alerts.includes("timeliness");
  return (
    <>
      {last === undefined ? (
        <Status state="idle" word="never ran" />
      ) : (
        <Status state={stateOf(last.completed_successfully)} />
      )}
      {isLate && <Status state="late" />}
    </>
  );
}
