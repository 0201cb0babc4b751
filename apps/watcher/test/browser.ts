import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import axe from "axe-core";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { createDatabase } from "testkit";
import { inject } from "vitest";
import { buildApp } from "../src/app.ts";
import { createToken } from "../src/services/access.ts";
import { fillWithDemo } from "../src/services/demo.ts";
import { readUi } from "../src/ui.ts";
import { asking, defaultOptions, expect, openWatcher, sharing } from "./watcher.ts";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const given = process.env["TEST_CHROMIUM"];

/** Where Chromium is on this machine: `TEST_CHROMIUM`, or where Debian and others put it. */
export const chromiumPath = (given === undefined ? places : [given]).find((path) => existsSync(path));

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A tab, and what went wrong in it. */
export interface Tab {
  readonly page: Page;
  readonly origin: string;
  /** Goes to an address, and waits for it. */
  readonly open: (path: string) => Promise<void>;
  /** Waits until the page is there and nothing on it is still being fetched. */
  readonly settle: () => Promise<void>;
  /** What was said on the console, violations of the content security policy and crashes among it. */
  readonly complaints: readonly string[];
  /** The URLs of requests that did not go to the service. */
  readonly strays: readonly string[];
  /** What axe-core finds on the page as it is: all that it knows, or by some of its rules only. */
  readonly violations: (...only: readonly string[]) => Promise<string[]>;
}

/** A Watcher that serves its pages with the demo's month in it, and one browser, for a whole file. */
export const test = sharing
  .extend("watcher", { scope: "file" }, async ({}, { onCleanup }) => {
    expect(readUi(), "The pages are not built: npm run build").not.toEqual([]);
    const database = await createDatabase(inject("postgresUrl"));
    const watcher = await openWatcher(database.url, {}, readUi());
    onCleanup(() => watcher.close().then(database.drop));
    await fillWithDemo(watcher.database);
    return watcher;
  })
  .extend("origin", { scope: "file" }, ({ watcher }) => listen(watcher))
  .extend("ask", { scope: "file" }, ({ watcher }) => asking(watcher.app))
  // The same database behind tokens.
  .extend("guarded", { scope: "file" }, async ({ watcher }, { onCleanup }) => {
    const options = { ...defaultOptions, tokens: true };
    const app = buildApp({ ...watcher, logger: pino({ level: "silent" }), options, ui: readUi() });
    onCleanup(() => app.close());
    return { origin: await listen({ app }), token: await createToken(watcher.database, "reader", "read") };
  })
  .extend("browser", { scope: "file" }, async ({}, { onCleanup }) => {
    // Playwright gives it a new folder for its profile, and takes that away at the end.
    const browser = await chromium.launch({ executablePath: chromiumPath!, args: flags });
    onCleanup(() => browser.close());
    return browser;
  })
  .extend("tab", async ({ browser, origin }, { onCleanup }) => {
    const tab = await openTab(browser, origin);
    onCleanup(() => tab.page.context().close());
    return tab;
  });

async function listen({ app }: { readonly app: FastifyInstance }): Promise<string> {
  await app.listen({ host: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

export async function openTab(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const strays: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`crash: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) strays.push(request.url());
  });
  const settle = () => page.locator("main:has(h1):not(:has(.loading))").waitFor();
  return {
    settle,
    page,
    origin,
    complaints,
    strays,
    open: async (path) => {
      await page.goto(origin + path);
      await settle();
    },
    violations: async (...only) => {
      if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(axe.source);
      const rules = JSON.stringify({ resultTypes: ["violations"], ...(only.length > 0 && { runOnly: only }) });
      const { violations } = (await page.evaluate(`axe.run(${rules})`)) as axe.AxeResults;
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
    },
  };
}
