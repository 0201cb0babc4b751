import { describe, expect, it } from "vitest";
import { LimbeckError, type LimbeckErrorInput } from "../errors/limbeck-error.ts";
import type { View } from "./command.ts";
import { paint } from "./paint.ts";
import { renderError } from "./render-error.ts";

const view: View = { paint: paint(false), verbose: false, width: 80, path: (path) => path.replace("/project/", "") };
const rendered = (input: Partial<LimbeckErrorInput>, colours = false): string =>
  renderError(new LimbeckError("STATEMENT_FAILED", { message: "It failed.", hint: "Do better.", ...input }), {
    ...view,
    paint: paint(colours),
  });
/** The statement's lines and the caret under them. */
const statement = (text: string, position?: number): string =>
  rendered({ details: { statement: text, ...(position === undefined ? {} : { position }) } })
    .split("\n")
    .slice(1, -1)
    .join("\n");

describe("an error", () => {
  it("says what, with its code, and what to do", () => {
    expect(rendered({})).toBe("error STATEMENT_FAILED: It failed.\nnext: Do better.");
  });

  it("says where, as far as it knows", () => {
    expect(rendered({ where: { file: "/project/a.ts" } })).toContain("\n  at a.ts\n");
    expect(rendered({ where: { file: "/project/a.ts", line: 3 } })).toContain("\n  at a.ts:3\n");
    expect(rendered({ where: { file: "/elsewhere/a.ts", line: 3, column: 7 } })).toContain(
      "\n  at /elsewhere/a.ts:3:7\n",
    );
  });

  it("has colours when they are on", () => {
    const text = rendered({ details: { statement: "SELECT" } }, true);
    expect(text).toContain("\u001B[31merror\u001B[39m");
    // oxlint-disable-next-line no-control-regex -- the escapes are what is looked for
    expect(text.replace(/\u001B\[\d+m/g, "")).toBe(rendered({ details: { statement: "SELECT" } }));
  });

  it("says what PostgreSQL adds", () => {
    const text = rendered({ details: { detail: "Key (id)=(1) exists.", sqlstate: "23505", other: "no", position: 4 } });
    expect(text).toBe(
      "error STATEMENT_FAILED: It failed.\n  detail: Key (id)=(1) exists.\n  sqlstate: 23505\nnext: Do better.",
    );
  });

  it("never has a stack", () => {
    expect(rendered({ cause: new Error("inner") })).not.toMatch(/^\s+at .*:\d+:\d+/m);
  });
});

describe("a statement", () => {
  it("is shown with a caret under the character that PostgreSQL points at", () => {
    expect(statement("SELECT nothing FROM t", 8)).toBe("  | SELECT nothing FROM t\n  |        ^");
    expect(statement("SELECT 1", 1)).toBe("  | SELECT 1\n  | ^");
    expect(statement("SELECT\n  a,\n  b\nFROM t", 15)).toBe("  | SELECT\n  |   a,\n  |   b\n  |   ^\n  | FROM t");
  });

  it("is pointed at by characters, over tabs and line ends of any kind", () => {
    // A terminal gives an emoji two columns.
    expect(statement("SELECT 'é🌍', b", 14)).toBe("  | SELECT 'é🌍', b\n  |               ^");
    expect(statement("\t\tSELECT b", 10)).toBe("  | \t\tSELECT b\n  | \t\t       ^");
    expect(statement("SELECT\r\n  b", 11)).toBe("  | SELECT\n  |   b\n  |   ^");
  });

  it("may be pointed at behind its end", () => {
    expect(statement("SELECT (", 9)).toBe("  | SELECT (\n  |         ^");
    expect(statement("SELECT (", 99)).toBe("  | SELECT (\n  |         ^");
  });

  it("that is long is shown where it matters", () => {
    const long = Array.from({ length: 30 }, (_, index) => `line ${index}`).join("\n");
    expect(statement(long)).toBe([...Array.from({ length: 9 }, (_, index) => `  | line ${index}`), "  | …"].join("\n"));
    const around = statement(long, long.indexOf("line 20") + 6).split("\n");
    expect(around).toEqual([
      "  | …",
      ...[16, 17, 18, 19, 20].map((n) => `  | line ${n}`),
      "  |      ^",
      ...[21, 22, 23, 24].map((n) => `  | line ${n}`),
      "  | …",
    ]);
  });
});
