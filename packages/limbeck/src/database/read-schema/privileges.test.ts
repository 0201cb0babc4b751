import { expect, test } from "vitest";
import { grantsOf } from "./privileges.ts";

const grants = (acl: readonly string[], defaults: readonly string[]): object =>
  Object.fromEntries(grantsOf(acl, defaults));

test("says of each role what it has beyond the defaults, and what was taken from it", () => {
  const defaults = ["owner=arwdDxt/owner", "=X/owner"];
  expect(grants(defaults, defaults)).toEqual({});
  expect(grants(["owner=arw/owner", "reader=r*w/owner", "=X/owner"], defaults)).toEqual({
    owner: { privileges: [], grantable: [], revoked: ["delete", "references", "trigger", "truncate"] },
    reader: { privileges: ["select", "update"], grantable: ["select"], revoked: [] },
  });
  expect(grants([], ["=X/owner"])).toEqual({ public: { privileges: [], grantable: [], revoked: ["execute"] } });
});

test("says one thing however often and by whom it was granted, in whatever order", () => {
  expect(grants(["a=wr/x", "a=r*/y"], [])).toEqual(grants(["a=r*w/x"], []));
});

test("reads names that are quoted", () => {
  expect(grants(['"odd ""one"=U/owner', '"a=b"=U/owner'], [])).toEqual({
    'odd "one': { privileges: ["usage"], grantable: [], revoked: [] },
    "a=b": { privileges: ["usage"], grantable: [], revoked: [] },
  });
});
