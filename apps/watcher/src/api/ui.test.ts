import { gunzipSync } from "node:zlib";
import { fastify } from "fastify";
import { expect, test } from "vitest";
import { handleErrors } from "./errors.ts";
import { addSecurityHeaders } from "./headers.ts";
import { addRoutes } from "./routing.ts";
import { answerBrowsers, prepareUi, uiRoutes } from "./ui.ts";

const file = (path: string, text: string) => ({ path, body: Buffer.from(text) });
const ui = prepareUi([file("/index.html", "<p>page"), file("/assets/a-1.js", "1"), file("/icon.svg", "<svg/>")])!;
const app = fastify();
handleErrors(app);
answerBrowsers(app, ui);
addSecurityHeaders(app, []);
void app.register(async (routes) =>
  addRoutes(
    routes,
    (add) => add.get("/", () => ({ status: "ok" })),
    (add) => add.get("/diagnostics", () => ({})),
    (add) => add.get("/pipeline/:id", () => ({})),
    (add) => uiRoutes(add, ui),
  ),
);

const browser = "text/html,application/xhtml+xml,*/*;q=0.8";
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

test.each(["/", "/diagnostics"])("%s is the page for a browser and JSON for programs", async (url) => {
  const page = await get(url, { accept: browser });
  expect(page).toMatchObject({ statusCode: 200, body: "<p>page" });
  expect(page.headers).toMatchObject({ "content-type": "text/html; charset=utf-8", vary: "accept" });
  for (const accept of ["*/*", "application/json"]) {
    const json = await get(url, { accept });
    expect(json.headers).toMatchObject({ "content-type": "application/json; charset=utf-8", vary: "accept" });
  }
  expect((await app.inject({ method: "HEAD", url, headers: { accept: browser } })).headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
  });
});

test.each(["/pipelines", "/pipelines/7", "/executions/7", "/lineage-graph", "/reporting", "/migrations"])(
  "%s is the page for everybody",
  async (url) => expect(await get(url)).toMatchObject({ statusCode: 200, body: "<p>page" }),
);

test("the page lets nothing in that is not a file of the service", async () => {
  const { headers } = await get("/pipelines");
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).not.toContain("unsafe");
  expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
});

test("an address that does not exist: the page with 404 for a browser, JSON for programs", async () => {
  expect(await get("/nowhere", { accept: browser })).toMatchObject({ statusCode: 404, body: "<p>page" });
  expect((await get("/nowhere")).json()).toMatchObject({ code: "NOT_FOUND" });
  for (const url of ["/assets/../package.json", "/assets/%2e%2e%2fapp.ts", "/index.html"])
    expect((await get(url)).statusCode).toBe(404);
  expect(await app.inject({ method: "POST", url: "/pipelines" })).toMatchObject({ statusCode: 405 });
});

test("files are kept by browsers: for ever if their name has a hash, and asked for again by their tag if not", async () => {
  const script = await get("/assets/a-1.js", { "accept-encoding": "gzip, br" });
  expect(script.headers).toMatchObject({
    "content-encoding": "gzip",
    "cache-control": expect.stringContaining("immutable"),
  });
  expect(gunzipSync(script.rawPayload).toString()).toBe("1");
  const icon = await get("/icon.svg");
  expect(icon.headers).toMatchObject({ "content-type": "image/svg+xml", "cache-control": "no-cache" });
  expect(await get("/icon.svg", { "if-none-match": String(icon.headers["etag"]) })).toMatchObject({
    statusCode: 304,
    body: "",
  });
});

test("pages that were not built are none", () => {
  expect(prepareUi([])).toBeUndefined();
});
