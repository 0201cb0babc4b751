import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Live } from "../api/live.ts";
import { cameByLink } from "../router/router.ts";

interface HeadingProps {
  readonly title: ComponentChildren;
  /** What stands in the window's title; the title itself where it is plain text. */
  readonly plain?: string;
  readonly above?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** A page's first lines. Whoever follows a link here with a screen reader hears them: the heading takes the focus. */
export function Heading({ title, plain, above, children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const text = plain ?? (typeof title === "string" ? title : "");
  useEffect(() => {
    document.title = text === "" ? "Watcher" : `${text} · Watcher`;
  }, [text]);
  useEffect(() => {
    if (cameByLink()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header class="heading">
      {above !== undefined && <p class="above">{above}</p>}
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children !== undefined && <div class="lead">{children}</div>}
    </header>
  );
}

interface PanelProps {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly id?: string;
  readonly flush?: boolean;
}

/** A part of a page, under its own heading. */
export function Panel({ title, aside, children, id, flush }: PanelProps) {
  const name = id ?? `panel-${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
  return (
    <section class={flush ? "panel flush" : "panel"} aria-labelledby={name}>
      <div class="panel-head">
        <h2 id={name}>{title}</h2>
        {aside !== undefined && <div class="aside">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

/** What is said where there is nothing to show. */
export function Empty({ children, title }: { title?: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      {title !== undefined && <p class="empty-title">{title}</p>}
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}

/** What is live, once it is there: until then that it is being fetched, or why it cannot be. */
export function Await<Data>({ live, children }: { live: Live<Data>; children: (data: Data) => ComponentChildren }) {
  const { data, failure } = live;
  if (data !== undefined) {
    const isOld = failure !== undefined && failure.code !== "AWAY" && failure.status !== 401;
    return (
      <>
        {isOld && (
          <p class="trouble" role="status">
            What you see is not the newest: {failure.message}
          </p>
        )}
        {children(data)}
      </>
    );
  }
  if (failure === undefined) return <p class="loading">Loading</p>;
  const isMissing = failure.status === 404;
  return (
    <Empty title={isMissing ? "Not here" : "Nothing to show yet"}>
      {failure.message} {isMissing ? "" : "It is tried again."}
    </Empty>
  );
}

/** A list of facts: what it is called, and what it is. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly kind?: "number" | "main" | "quiet";
}

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
}

/** A table. Where the window is narrow it is moved sideways, by keys too. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    <div class="table" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, kind }) => (
              <th key={name} scope="col" class={kind}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ name, cell, kind }) => (
                <td key={name} class={kind}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
