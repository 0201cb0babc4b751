import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** One file of the pages. */
export interface UiFile {
  /** Its path from the root: `/assets/index.js`. */
  readonly path: string;
  readonly body: Buffer;
}

/** The pages, as they are sent. */
export interface Ui {
  readonly page: Sent;
  readonly files: ReadonlyMap<string, Sent>;
}

interface Sent {
  readonly type: string;
  readonly cache: string;
  readonly tag: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

/** Readies the files of the pages for sending. The page of every address is `/index.html`; nothing, if it is missing. */
export function prepareUi(files: readonly UiFile[]): Ui | undefined {
  const sent = new Map(files.map((file) => [file.path, prepare(file)]));
  const page = sent.get(pageFile);
  sent.delete(pageFile);
  return page && { page, files: sent };
}

const pageFile = "/index.html";

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

function prepare({ path, body }: UiFile): Sent {
  const extension = path.slice(path.lastIndexOf(".") + 1);
  return {
    type: types[extension] ?? "application/octet-stream",
    // A file in assets has a hash of what is in it in its name.
    cache: path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    tag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    plain: body,
    zipped: gzipSync(body, { level: 9 }),
  };
}

/** The addresses that only have a page. */
const pagePaths = [
  "/pipelines",
  "/pipelines/:id",
  "/executions",
  "/executions/:id",
  "/lineage-graph",
  "/reporting",
  "/migrations",
];

/** The addresses where a program gets JSON, and a browser the page. */
const sharedPaths = new Set<string | undefined>(["/", "/diagnostics"]);

/** Answers browsers at the shared addresses, and where there is nothing at all. To be added before the hook that asks for tokens. */
export function answerBrowsers(app: FastifyInstance, ui: Ui): void {
  app.addHook("onRequest", async (request, reply) => {
    const { url } = request.routeOptions;
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || (url !== undefined && !sharedPaths.has(url))) return undefined;
    reply.header("vary", "accept");
    if (!request.headers.accept?.includes("text/html")) return undefined;
    return send(request, reply.code(url === undefined ? 404 : 200), ui.page);
  });
}

/** The files of the pages, and the addresses that only have a page. They hold no data, and are for everybody. */
export function uiRoutes(app: FastifyInstance, ui: Ui): void {
  const open = { schema: { hide: true }, config: { role: "nobody" } } as const;
  for (const path of pagePaths) app.get(path, open, (request, reply) => send(request, reply, ui.page));
  for (const [path, file] of ui.files) app.get(path, open, (request, reply) => send(request, reply, file));
}

function send(request: FastifyRequest, reply: FastifyReply, { type, cache, tag, plain, zipped }: Sent): FastifyReply {
  reply.headers({ "cache-control": cache, etag: tag });
  if (type === types["html"]) reply.headers(pageHeaders);
  if (request.headers["if-none-match"]?.includes(tag)) return reply.code(304).send();
  reply.type(type);
  if (!request.headers["accept-encoding"]?.includes("gzip")) return reply.send(plain);
  return reply.header("content-encoding", "gzip").send(zipped);
}

/** Files from here and nothing else: no script or style in the page, none made from text, and no talk with others. */
const pageHeaders = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
} as const;
