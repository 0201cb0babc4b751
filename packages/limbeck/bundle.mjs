import { build } from "rolldown";

// The command line in a few files instead of a hundred: each file that Node has to find and compile costs start-up time.
await build({
  input: { limbeck: "src/cli/bin.ts" },
  platform: "node",
  external: [/^node:/, /^[a-z@](?!:)/],
  output: { dir: "dist/bin", format: "cjs", entryFileNames: "[name].cjs", chunkFileNames: "[name].cjs" },
});
