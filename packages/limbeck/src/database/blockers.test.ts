import fc from "fast-check";
import { expect, it } from "vitest";
import { describeBlockers, queryForEyes, type Blocker } from "./blockers.ts";

it.each([
  ["alter role app password 'hunter2'", "alter role app password '***'"],
  ["select E'it\\'s hunter2', 'C:\\', 'hunter2'", "select '…', '…', '…'"],
  ["select $a$hunter2$a$, $$hunter2$$ from t", "select '…', '…' from t"],
  [`select "it's" from t where x = 'hunter2'`, `select "it's" from t where x = '…'`],
  ["select 1 -- don't\n, 'hunter2' /* isn't */", "select 1 , '…'"],
  ["update users set token = 'hunter2 that was cut off", "update users set token = '…'"],
  ["select dblink('x'), host=h password=hunter2", "select dblink('…'), host=h password=***"],
])("a query for people's eyes has no literal: %s", (query, shown) => {
  expect(queryForEyes(query)).toBe(shown);
});

it("no literal survives, however the query is cut", () => {
  const literal = fc.constantFrom("'sécret'", "E'\\'sécret'", "$q$sécret$q$", "'it''s sécret'");
  fc.assert(
    fc.property(fc.array(literal, { maxLength: 5 }), fc.nat(200), (literals, length) => {
      expect(queryForEyes(`select ${literals.join(", ")} from t`.slice(0, length))).not.toContain("sécret");
    }),
  );
});

it("a long query is one line of at most 120 characters", () => {
  expect(queryForEyes(`select\n${"x, ".repeat(200)}`)).toHaveLength(120);
});

const blocker: Blocker = {
  pid: 7,
  application: "shop",
  client: "10.0.0.7",
  state: "idle in transaction",
  transactionSeconds: 75,
  querySeconds: 3.25,
  query: "select * from city",
};

it("a blocker is told by process, application, state, ages and query", () => {
  expect(describeBlockers([blocker])).toBe(
    "process 7 from 10.0.0.7 (shop, idle in transaction, in a transaction for 1 min: select * from city (begun 3.3 s ago))",
  );
  expect(describeBlockers([blocker, blocker])).toMatch(/\), and 1 more$/);
  expect(describeBlockers([])).toBe("another session");
});
