import { expect, test } from "vitest";
import { grantsOf } from "./privileges.ts";

const grants = (acl: readonly string[], defaults: readonly string[], owner?: string): object =>
  Object.fromEntries(
    grantsOf(acl, defaults, owner).map(({ role, by, attributes }) => [
      by === undefined ? role : `${role} by ${by}`,
      attributes,
    ]),
  );

test("says of each role what it has beyond the defaults, and what was taken from it", () => {
  const defaults = ["owner=arwdDxt/owner", "=X/owner"];
  expect(grants(defaults, defaults, "owner")).toEqual({});
  expect(grants(["owner=arw/owner", "reader=r*w/owner", "=X/owner"], defaults, "owner")).toEqual({
    owner: { privileges: [], grantable: [], revoked: ["delete", "references", "trigger", "truncate"] },
    reader: { privileges: ["select", "update"], grantable: ["select"], revoked: [] },
  });
  expect(grants([], ["=X/owner"])).toEqual({ public: { privileges: [], grantable: [], revoked: ["execute"] } });
});

test("says who granted where that is not the owner", () => {
  expect(grants(["a=r/owner", 'a=w*/"b c"', "=r/a"], [], "owner")).toEqual({
    a: { privileges: ["select"], grantable: [], revoked: [] },
    "a by b c": { privileges: ["update"], grantable: ["update"], revoked: [] },
    "public by a": { privileges: ["select"], grantable: [], revoked: [] },
  });
});

test("says one thing in whatever order and, where nobody asks, by whomever it was granted", () => {
  expect(grants(["a=wr/x", "a=r*/y"], [])).toEqual(grants(["a=r*w/x"], []));
});

test("reads names that are quoted", () => {
  expect(grants(['"odd ""one"=U/owner', '"a=b"=U/owner'], [], "owner")).toEqual({
    'odd "one': { privileges: ["usage"], grantable: [], revoked: [] },
    "a=b": { privileges: ["usage"], grantable: [], revoked: [] },
  });
});
