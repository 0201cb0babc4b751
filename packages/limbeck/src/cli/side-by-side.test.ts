import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { ComparedObject } from "../commands/diff.ts";
import { paint } from "./paint.ts";
import { sideBySide } from "./side-by-side.ts";

const objects: ComparedObject[] = [
  { kind: "table", name: "old", change: "removed", attributes: [] },
  {
    kind: "function",
    name: "f()",
    change: "changed",
    attributes: [
      { name: "body", from: "begin\n  one;\n  two;\nend", to: "begin\n  two;\n  three;\nend" },
      { name: "comment", from: "a word that is long enough to be folded", to: "" },
    ],
  },
];

const drawn = (width: number, isColoured = false): string =>
  sideBySide(objects, ["a.sql", "b.sql"], { paint: paint(isColoured), verbose: false, width, path: (path) => path });

test("lines that both have share a row, and long ones are folded", () => {
  expect(drawn(40)).toBe(
    [
      "a.sql              | b.sql",
      "---------------------------------------",
      "- table old",
      "~ function f()",
      "  body:            |   body:",
      "    begin          |     begin",
      "      one;         |",
      "      two;         |       two;",
      "                   |       three;",
      "    end            |     end",
      "  comment: a word  |   comment",
      "    that is long   |",
      "    enough to be   |",
      "    folded         |",
    ].join("\n"),
  );
});

test("no line is wider than the terminal, and colours take no room", () => {
  for (const width of [40, 41, 80, 133]) {
    for (const line of drawn(width).split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    expect(stripVTControlCharacters(drawn(width, true)).replace(/ +$/gm, "")).toBe(drawn(width));
  }
});
