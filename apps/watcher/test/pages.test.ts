import { beforeEach, describe } from "vitest";
import { chromiumPath, openTab, test } from "./browser.ts";
import { expect } from "./watcher.ts";

beforeEach(({ skip }) => {
  if (chromiumPath === undefined) skip("there is no Chromium here: apt-get install chromium, or TEST_CHROMIUM=/path");
});

describe("each page shows the demo's month, in light and in dark, to everybody, and says nothing on the console", () => {
  test.for([
    ["/", ["Nothing has succeeded since", "ingest payments", "takes too long", "marketing attribution"]],
    ["/pipelines", ["nightly warehouse", "build fact sales", "orchestration"]],
    ["/pipelines/1", ["ingest orders", "expected, ±3σ", "warehouse.mart.revenue", "Metadata"]],
    ["/executions/FAMILY", ["nightly warehouse", "build dim customer", "level 2"]],
    ["/lineage-graph", ["shop.public.orders", "build sessions"]],
    ["/lineage-graph?address=1&direction=down&depth=1", ["lake.raw.orders", "build fact sales"]],
    ["/reporting?days=1", ["Executions a day", "ingest web events"]],
    ["/diagnostics", ["smallest query", "invalid indexes", "pipeline_execution"]],
    ["/migrations", ["Keep the daily report of the last 30 days", "20250909185058", "Every revision is applied"]],
    ["/nowhere", ["Nothing is at this address"]],
  ] as const)("%s", async ([path, texts], { tab, ask }) => {
    const { body } = await ask("GET", "/overview/pipelines?search=build+fact");
    await tab.open(path.replace("FAMILY", String(body.data[0].runs[0].id)));
    if (path === "/migrations") await tab.page.getByText("The database is as the target schema says.").waitFor();
    await tab.page.emulateMedia({ colorScheme: "light" });
    const shown = (await tab.page.locator("main").innerText()).toLowerCase();
    for (const text of texts) expect(shown).toContain(text.toLowerCase());
    expect(await tab.violations()).toEqual([]);
    // Of the dark only the colours are different.
    await tab.page.emulateMedia({ colorScheme: "dark" });
    expect(await tab.violations("color-contrast")).toEqual([]);
    await tab.page.setViewportSize({ width: 375, height: 800 });
    expect(await tab.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    const isExpected = (complaint: string) => path === "/nowhere" && complaint.includes("404");
    expect(tab.complaints.filter((complaint) => !isExpected(complaint))).toEqual([]);
    expect(tab.strays).toEqual([]);
  });
});

test("hostile names are text: no script runs, nothing breaks out of the page", async ({ tab, ask, watcher }) => {
  const names = [
    `<img src=x onerror="window.hacked=1">`,
    `"'><script>window.hacked=1</script>`,
    `javascript:window.hacked=1//`,
    `\u202etxet desrever עברית العربية`,
    "w".repeat(150),
  ].map((name) => name.toLowerCase());
  const address = (name: string) => ({ name, address_type_name: names[0], address_type_group_name: names[1] });
  const ids: number[] = [];
  for (const name of names) {
    const body = { name, pipeline_type_name: names[1], pipeline_metadata: { [names[0]!]: "m".repeat(10_000) } };
    const { id } = (await ask("POST", "/pipeline", body)).body;
    ids.push(id);
    await ask("POST", "/address_lineage", {
      pipeline_id: id,
      source_addresses: [address(name)],
      target_addresses: [address(`${name.slice(0, 148)}->`)],
    });
    const start = { pipeline_id: id, start_date: new Date(Date.now() - 90_000).toISOString(), watermark: names[0] };
    const execution = (await ask("POST", "/start_pipeline_execution", start)).body.id;
    const end = {
      id: execution,
      end_date: new Date().toISOString(),
      completed_successfully: false,
      execution_metadata: { error: names[1] },
    };
    await ask("POST", "/end_pipeline_execution", end);
  }
  await watcher.database.query(
    "INSERT INTO alert (kind, subject, level, pipeline_id, summary) VALUES ('freshness', 'hostile', 'warning', $1, $2)",
    [ids[0]!, `${names[0]}${"x".repeat(10_000)}`],
  );
  const { body: last } = await ask("GET", `/pipeline_execution?pipeline_id=${ids[1]}`);
  await ask("POST", "/reporting/refresh");
  const paths = [
    "/",
    "/pipelines?search=%3C",
    `/pipelines/${ids[1]}`,
    `/pipelines/${ids[4]}`,
    "/lineage-graph",
    `/executions/${last.data[0].id}`,
    `/pipelines?search=${encodeURIComponent(names[0]!)}`,
    `/reporting?pipeline=${encodeURIComponent(names[1]!)}`,
    "/lineage-graph?address=%22%3E%3Cscript%3E",
  ];
  for (const path of paths) {
    await tab.open(path);
    expect(await tab.page.evaluate("window.hacked")).toBeUndefined();
    expect(await tab.page.locator("main img, main script").count()).toBe(0);
    expect(await tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  }
  await tab.open(`/pipelines/${ids[1]}`);
  expect(await tab.page.locator("h1").innerText()).toBe(names[1]);
  expect(await tab.page.title()).toBe(`${names[1]} · Watcher`);
  expect(await tab.violations()).toEqual([]);
  // The last address asks for an id that is none, which the service refuses.
  expect(tab.complaints.filter((complaint) => !complaint.includes("422"))).toEqual([]);
  expect(tab.strays).toEqual([]);
  await watcher.database.query("DELETE FROM alert WHERE subject = 'hostile'");
});

test("the policy lets no script in, from outside or from text", async ({ tab }) => {
  await tab.open("/");
  const outcome = await tab.page.evaluate(`(async () => {
    const add = (change) => new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
      try { change(); } catch {}
    });
    const element = (name, attributes) => document.head.append(Object.assign(document.createElement(name), attributes));
    return [
      await add(() => { document.querySelector("main").innerHTML = "<b>bold</b>"; }),
      await add(() => element("img", { src: "http://192.0.2.1/x.png" })),
      await add(() => { document.querySelector("main").setAttribute("style", "color: red"); }),
      await add(() => { fetch("http://192.0.2.1/").catch(() => {}); }),
    ];
  })()`);
  expect(outcome).toEqual(["require-trusted-types-for", "img-src", "style-src-attr", "connect-src"]);
});

test("the keyboard reaches everything", async ({ tab: { page, open, settle } }) => {
  await open("/");
  const focused = () => page.evaluate<string>("document.activeElement.textContent.trim()");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Skip to the content");
  const seen: string[] = [];
  for (let key = 0; key < 8; key++) {
    await page.keyboard.press("Tab");
    seen.push(await focused());
  }
  expect(seen).toEqual([
    "Watcher",
    "Overview",
    "Pipelines",
    "Lineage",
    "Daily report",
    "Diagnostics",
    "Migrations",
    "Theme: system",
  ]);
  await page.keyboard.press("Enter");
  await page.locator('html[data-theme="light"]').waitFor({ state: "attached" });

  await page.getByRole("link", { name: "Pipelines", exact: true }).focus();
  await page.keyboard.press("Enter");
  await settle();
  expect(new URL(page.url()).pathname).toBe("/pipelines");
  expect(await page.evaluate("document.activeElement.tagName")).toBe("H1");
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("orders");
  await page.waitForURL(/search=orders/);
  await page.getByRole("link", { name: "ingest orders" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/pipelines\/1$/);
  const chart = page.getByRole("slider", { name: "Duration, by execution" });
  await chart.focus();
  expect(await chart.getAttribute("aria-valuenow")).toBe("200");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  expect(await chart.getAttribute("aria-valuenow")).toBe("2");
  expect(await chart.getAttribute("aria-valuetext")).toMatch(/: .* (min|s), expected .* to /);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/executions\/\d+$/);
  await page.goBack();
  await page.waitForURL(/\/pipelines\/1$/);
});

test("what happens is seen without loading the page again, and that the service is away, too", async ({
  tab: { page, open },
  ask,
}) => {
  await page.clock.install();
  await open("/");
  await page.evaluate("window.sameDocument = true");
  const running = page.getByRole("group", { name: "Running executions" });
  await running.waitFor();
  const { id } = (await ask("POST", "/start_pipeline_execution", { pipeline_id: 2 })).body;
  await page.clock.runFor(6_000);
  await running.getByRole("link", { name: String(id) }).waitFor();

  await page.context().setOffline(true);
  await page.clock.runFor(6_000);
  await page.getByText("Watcher does not answer.").waitFor();
  expect(await running.isVisible()).toBe(true);
  await page.context().setOffline(false);
  await page.clock.runFor(61_000);
  await page.getByText("Watcher does not answer.").waitFor({ state: "detached" });

  await ask("POST", "/end_pipeline_execution", {
    id,
    end_date: new Date(Date.now() + 1_000).toISOString(),
    completed_successfully: false,
  });
  await page.clock.runFor(6_000);
  await page
    .getByRole("group", { name: "Failed executions" })
    .getByRole("link", { name: String(id) })
    .waitFor();
  expect(await page.evaluate("window.sameDocument")).toBe(true);
});

test("times are local, and in UTC when pointed at", async ({ browser, origin, ask }) => {
  const { id } = (
    await ask("POST", "/start_pipeline_execution", { pipeline_id: 3, start_date: "2024-02-29T22:30:00Z" })
  ).body;
  await ask("POST", "/end_pipeline_execution", { id, end_date: "2024-02-29T22:31:00Z", completed_successfully: true });
  const tab = await openTab(browser, origin, { timezoneId: "Asia/Kathmandu" });
  await tab.open(`/executions/${id}`);
  const started = tab.page.locator("time").first();
  expect(await started.innerText()).toBe("1 Mar 2024, 04:15");
  expect(await started.getAttribute("title")).toBe("29 Feb 2024, 22:30:00 UTC");
  expect(await tab.page.locator("footer").innerText()).toContain("Asia/Kat");
  await tab.page.context().close();
});

test("a token opens the pages where one is needed, and stays in its tab", async ({ browser, guarded }) => {
  const tab = await openTab(browser, guarded.origin);
  const { page } = tab;
  await tab.open("/pipelines");
  const field = page.getByLabel("Token");
  await field.waitFor();
  expect(await tab.violations()).toEqual([]);
  await field.fill("watcher_wrong");
  await page.keyboard.press("Enter");
  await page.getByText("unknown or revoked").waitFor();
  await field.fill(guarded.token);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "build fact sales" }).waitFor();
  expect(await page.evaluate("[localStorage.length, document.cookie]")).toEqual([0, ""]);
  await page.reload();
  await page.getByRole("link", { name: "build fact sales" }).waitFor();
  const other = await page.context().newPage();
  await other.goto(guarded.origin);
  await other.getByLabel("Token").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await field.waitFor();
  expect(await page.evaluate("sessionStorage.length")).toBe(0);
  expect(tab.strays).toEqual([]);
  await page.context().close();
});

test("ten thousand pipelines come a page at a time, and are found by name", async ({
  tab: { page, open },
  watcher,
}) => {
  await watcher.database.query(
    `INSERT INTO pipeline (name, pipeline_type_id, input_hash)
    SELECT 'bulk ' || to_char(number, 'FM00000'), 1, '' FROM generate_series(1, 10000) AS number`,
  );
  await open("/pipelines");
  expect(await page.locator("tbody tr").count()).toBe(50);
  await page.getByRole("link", { name: "Next page" }).click();
  await page.getByRole("link", { name: "bulk 00090" }).waitFor();
  expect(await page.locator("tbody tr").count()).toBe(50);
  await page.getByRole("searchbox").fill("BULK 09999");
  await page.getByRole("link", { name: "bulk 09999" }).waitFor();
  expect(await page.locator("tbody tr").count()).toBe(1);
});
