/** The command line in one file and a few lazy chunks: each file that Node has to find and compile costs start-up time. */
export default {
  input: { limbeck: "src/cli/bin.ts" },
  platform: "node",
  external: [/^node:/, /^[a-z@](?!:)/],
  output: { dir: "dist/bin", format: "cjs", entryFileNames: "[name].cjs", chunkFileNames: "[name].cjs", minify: false },
};
