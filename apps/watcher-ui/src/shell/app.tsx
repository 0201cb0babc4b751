import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useClient } from "../api/live.ts";
import { inUtc, local, zone } from "../model/moments.ts";
import { DiagnosticsPage } from "../pages/diagnostics/index.tsx";
import { ExecutionPage } from "../pages/execution/index.tsx";
import { LineagePage } from "../pages/lineage/index.tsx";
import { MigrationsPage } from "../pages/migrations/index.tsx";
import { OverviewPage } from "../pages/overview/index.tsx";
import { PipelinePage } from "../pages/pipeline/index.tsx";
import { PipelinesPage } from "../pages/pipelines/index.tsx";
import { ReportPage } from "../pages/report/index.tsx";
import { Empty, Heading } from "../parts/layout.tsx";
import { usePlace, type Place } from "../router/router.ts";
import { SignIn } from "./sign-in.tsx";
import { ThemeButton } from "./theme.tsx";

const sections = [
  { path: "/", name: "Overview", page: () => <OverviewPage /> },
  { path: "/pipelines", name: "Pipelines", page: (place: Place) => <PipelinesPage {...place} /> },
  { path: "/lineage-graph", name: "Lineage", page: (place: Place) => <LineagePage {...place} /> },
  { path: "/reporting", name: "Daily report", page: (place: Place) => <ReportPage {...place} /> },
  { path: "/diagnostics", name: "Diagnostics", page: () => <DiagnosticsPage /> },
  { path: "/migrations", name: "Migrations", page: () => <MigrationsPage /> },
] as const;

/** The frame around every page, and the page of the address. */
export function App() {
  const client = useClient();
  const place = usePlace();
  const navigation = useRef<HTMLElement>(null);
  useEffect(() => {
    // In a narrow window the links are moved sideways.
    navigation.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [place.path]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="frame">
        <a class="brand" href="/">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <path d="M3 16c3.500-6.500 7.800-9.500 13-9.500S25.500 9.500 29 16c-3.500 6.500-7.800 9.500-13 9.500S6.500 22.500 3 16Z" />
            <path d="M8.500 16h4l2.200-5 3.200 10 2.300-5h3.800" />
          </svg>
          Watcher
        </a>
        <nav aria-label="Pages" ref={navigation}>
          {sections.map(({ path, name }) => (
            <a key={path} href={path} aria-current={isWithin(place.path, path) ? "page" : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <div class="tools">
          <ThemeButton />
          {client.hasToken && !client.locked && (
            <button type="button" onClick={() => client.signOut()}>
              Sign out
            </button>
          )}
        </div>
      </header>
      <Away since={client.awaySince} />
      <main id="main" key={place.path} tabIndex={-1}>
        {client.locked ? <SignIn /> : pageOf(place)}
      </main>
      <footer>
        <span>Times are in {zone === "UTC" ? "UTC" : `${zone.replaceAll("_", " ")}; pointed at, in UTC`}.</span>
        <a href="/docs" target="_blank" rel="noopener">
          API
        </a>
      </footer>
    </>
  );
}

function isWithin(path: string, section: string): boolean {
  if (section === "/pipelines") return path.startsWith("/pipelines") || path.startsWith("/executions");
  return path === section;
}

function pageOf(place: Place): ComponentChildren {
  const section = sections.find(({ path }) => path === place.path);
  if (section !== undefined) return section.page(place);
  const [, kind, id] = /^\/(pipelines|executions)\/(\d+)$/.exec(place.path) ?? [];
  if (kind === "pipelines" && id !== undefined) return <PipelinePage id={id} place={place} />;
  if (kind === "executions" && id !== undefined) return <ExecutionPage id={id} />;
  return (
    <>
      <Heading title="No such page" />
      <Empty>
        Nothing is at this address. <a href="/">To the overview</a>
      </Empty>
    </>
  );
}

/** Says that what is shown is old, for as long as the service does not answer. */
function Away({ since }: { since: number | null }) {
  const at = since === null ? "" : new Date(since).toISOString();
  return (
    <div class="away" role="status">
      {since !== null && (
        <p>
          Watcher does not answer. What you see is from{" "}
          <time dateTime={at} title={inUtc(at)}>
            {local(at, since)}
          </time>
          ; it is tried again.
        </p>
      )}
    </div>
  );
}
