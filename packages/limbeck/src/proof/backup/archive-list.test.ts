import { expect, test } from "vitest";
import { missingFrom, parseArchiveList } from "./archive-list.ts";
import { forServer } from "./restore-server.ts";
import type { CatalogObject } from "./objects.ts";

const LIST = `;
; Archive created at 2026-11-22 19:00:00 UTC
;     dbname: shop
;
215; 1259 16385 TABLE public city postgres
3380; 0 16385 TABLE DATA public city postgres
216; 1259 16390 VIEW public seen postgres
3390; 2613 16400 BLOB - 16400 postgres
3391; 2613 17000 BLOB METADATA - 17000..17010 postgres
`;

const object = (kind: CatalogObject["kind"], catalog: number, oid: number, hasRows = false): CatalogObject => ({
  kind,
  catalog,
  oid,
  name: `${kind} ${oid}`,
  hasRows,
});

test("what the catalogs have and the list has not is missing", () => {
  const list = parseArchiveList(LIST);
  const there = [
    object("tables", 1259, 16385, true),
    object("views", 1259, 16390),
    ...[16400, 17000, 17005, 17010].map((oid) => object("large objects", 2613, oid)),
  ];
  expect(missingFrom(list, there)).toEqual([]);
  const gone = [
    object("tables", 1259, 16390, true),
    object("functions", 1255, 16385),
    object("large objects", 2613, 17011),
  ];
  expect(missingFrom(list, gone)).toEqual([
    "the rows of tables 16390",
    "functions 16385 (functions)",
    "large objects 17011 (large objects)",
  ]);
});

test("an older server is not told of a setting that it does not know", async () => {
  const through = async (major: number, chunks: readonly string[]): Promise<string> => {
    const filter = forServer(major);
    for (const chunk of chunks) filter.write(chunk);
    filter.end();
    let text = "";
    for await (const chunk of filter) text += String(chunk);
    return text;
  };
  const script = ["SET lock_timeout = 0;\nSET transaction_timeout = 0;\nSET é;\n", "SET transaction_timeout = 0;\n"];
  expect(await through(16, script)).toBe("SET lock_timeout = 0;\n\nSET é;\nSET transaction_timeout = 0;\n");
  expect(await through(17, script)).toBe(script.join(""));
});
