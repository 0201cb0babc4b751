import { useEffect, useState } from "preact/hooks";

const moved = { moved: true };

/** Whether a link of these pages led here, and not the browser. */
export function cameByLink(): boolean {
  return (history.state as typeof moved | null)?.moved === true;
}

/** Goes to an address of these pages. */
export function navigate(to: string, how: "push" | "replace" = "push"): void {
  if (to === location.pathname + location.search) return;
  if (how === "push") history.pushState(moved, "", to);
  else history.replaceState(history.state, "", to);
  dispatchEvent(new Event("navigate-here"));
  if (how === "push") scrollTo(0, 0);
}

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Where the browser is; links among the pages change it without loading anything. */
export function usePlace(): Place {
  const [here, setHere] = useState(location.pathname + location.search);
  useEffect(() => {
    const look = () => setHere(location.pathname + location.search);
    addEventListener("popstate", look);
    addEventListener("navigate-here", look);
    document.addEventListener("click", followLink);
    return () => {
      removeEventListener("popstate", look);
      removeEventListener("navigate-here", look);
      document.removeEventListener("click", followLink);
    };
  }, []);
  const [path = "/", query = ""] = here.split("?");
  return { path, query: new URLSearchParams(query) };
}

function followLink(event: MouseEvent): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const to = link?.getAttribute("href");
  if (!isPlain || event.defaultPrevented || !to?.startsWith("/") || link?.getAttribute("target")) return;
  event.preventDefault();
  navigate(to);
}

/** An address with a query of those values that there are. */
export function address(path: string, query: Readonly<Record<string, string | number | undefined | null>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? path : `${path}?${text}`;
}
