export interface ListTemplatesResult {
  readonly templates: readonly { readonly name: string; readonly summary: string }[];
}

/** What `init --format` and `revision --format` can write. */
export function listTemplates(): ListTemplatesResult {
  return {
    templates: [
      { name: "ts", summary: "TypeScript: an upgrade and a downgrade of typed op.* calls" },
      { name: "sql", summary: "SQL: the statements below the lines -- upgrade and -- downgrade" },
    ],
  };
}
