import { parseSync, Visitor, type Expression, type Super } from "oxc-parser";

/** What one file imports, by `import`, `export … from` or `import()`. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** A use of the outside world. */
export interface Use {
  readonly what: string;
  /** Whether it prints, reads the terminal or ends the process. */
  readonly terminal: boolean;
  readonly line: number;
}

const terminalMembers = new Set(["stdin", "stdout", "stderr", "argv", "exit", "exitCode", "abort", "reallyExit"]);
const impureMembers = new Set(["Date.now", "Math.random", "performance.now"]);

/** What a TypeScript file imports and uses, or why it cannot be parsed. */
export function readModule(file: string, source: string): { imports: Import[]; uses: Use[]; problem?: string } {
  const { program, errors } = parseSync(file, source, { sourceType: "module" });
  const imports: Import[] = [];
  const uses: Use[] = [];
  const lineAt = (node: { start: number }) => source.slice(0, node.start).split("\n").length;
  const addImport = (node: { start: number }, specifier: Expression | Super | null, typeOnly: boolean): void => {
    if (specifier?.type !== "Literal" || typeof specifier.value !== "string") return;
    imports.push({ specifier: specifier.value, typeOnly, line: lineAt(node) });
  };
  const addUse = (node: { start: number }, what: string, terminal = false): void => {
    uses.push({ what, terminal, line: lineAt(node) });
  };

  new Visitor({
    ImportDeclaration: (node) => addImport(node, node.source, node.importKind === "type"),
    ExportNamedDeclaration: (node) => addImport(node, node.source, node.exportKind === "type"),
    ExportAllDeclaration: (node) => addImport(node, node.source, node.exportKind === "type"),
    ImportExpression: (node) => addImport(node, node.source, false),
    TSImportType: (node) => addImport(node, node.source, true),
    AwaitExpression: (node) => addUse(node, "await"),
    ForOfStatement: (node) => {
      if (node.await) addUse(node, "for await");
    },
    NewExpression: (node) => {
      if (nameOf(node.callee) === "Date" && node.arguments.length === 0) addUse(node, "new Date()");
    },
    MemberExpression: (node) => {
      const object = nameOf(node.object);
      const property = nameOf(node.property as Expression) ?? "[…]";
      const what = `${object}.${property}`;
      if (object === "console") addUse(node, what, true);
      else if (object === "process") addUse(node, what, terminalMembers.has(property) || node.computed);
      else if (object === "globalThis" || impureMembers.has(what)) addUse(node, what);
    },
    VariableDeclarator: (node) => {
      const name = nameOf(node.init);
      if (name === "process" || name === "console") addUse(node, `${name} as a value`, true);
    },
  }).visit(program);
  return { imports, uses, ...(errors[0] && { problem: errors[0].message }) };
}

function nameOf(node: Expression | Super | null): string | undefined {
  return node?.type === "Identifier" ? node.name : undefined;
}
