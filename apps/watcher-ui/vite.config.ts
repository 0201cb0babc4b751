import { defineConfig } from "vite";

/** Where `npm run dev -w watcher-ui` finds the API: a Watcher that runs beside it. */
const watcher = process.env["WATCHER_URL"] ?? "http://localhost:8000";

const pages = /^\/(pipelines|executions|lineage-graph|reporting|migrations)?(\/[^/]*)?$/;

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // Nothing is made from text: no polyfill, no inlined files. A strict content security policy lets it all through.
  build: { target: "es2023", modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: true },
  server: {
    proxy: {
      "^/(?!src/|@|node_modules/|icon|theme)": {
        target: watcher,
        bypass: ({ url = "/", headers }) =>
          headers.accept?.includes("text/html") && pages.test(url.split("?")[0] ?? "") ? "/index.html" : undefined,
      },
    },
  },
});
