import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createGenerator, type Schema } from "ts-json-schema-generator";
import { writeDeclarations } from "../packages/limbeck/declarations.mjs";

const declarations = new URL("../packages/limbeck/dist/.tsc", import.meta.url).pathname;

/** The JSON schema of a type, from the declarations that `npm run build` writes. */
function schemaOf(file: string, type: string, title: string): Schema {
  const folder = mkdtempSync(join(import.meta.dirname, "../node_modules/.schema-"));
  try {
    const path = join(folder, "types.d.ts");
    writeDeclarations(join(declarations, file), path);
    const tsconfig = join(folder, "tsconfig.json");
    writeFileSync(tsconfig, JSON.stringify({ compilerOptions: { strict: true, skipLibCheck: true, types: [] } }));
    const generator = createGenerator({
      path,
      tsconfig,
      type,
      expose: "all",
      functions: "hide",
      skipTypeCheck: true,
      additionalProperties: false,
    });
    return { title, ...generator.createSchema(type) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function resultsSchema(): string {
  return JSON.stringify(
    schemaOf("cli/json-results.d.ts", "JsonResults", "What each command of limbeck prints with --json"),
  );
}

export function configSchema(): string {
  return JSON.stringify(schemaOf("config/define-config.d.ts", "Config", "limbeck.config.json"));
}
