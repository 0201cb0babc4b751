import type { FastifyInstance } from "fastify";

const always = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
} as const;

const answers = { ...always, "content-security-policy": "default-src 'none'; frame-ancestors 'none'" };

/** Everything from here and nothing from elsewhere. The API browser writes its own styles and its first script inline. */
const pages = {
  ...always,
  "content-security-policy": [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "frame-ancestors 'none'",
  ].join("; "),
};

/** Tells browsers to take answers for what they are, and to run nothing that is in them. */
export function addSecurityHeaders(app: FastifyInstance, pagePrefixes: readonly string[]): void {
  app.addHook("onRequest", (request, reply, done) => {
    const isPage = pagePrefixes.some((prefix) => request.url.startsWith(prefix));
    reply.headers(isPage ? pages : answers);
    done();
  });
}
