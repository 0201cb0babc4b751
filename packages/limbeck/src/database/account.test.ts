import { expect, test } from "vitest";
import { accountName } from "./account.ts";

test("is the account's name, or what there is when it has none", () => {
  expect(accountName({ USER: "bob" }, () => ({ username: "ada" }))).toBe("ada");
  const nameless = () => {
    throw new Error("A system error occurred: uv_os_get_passwd returned ENOENT");
  };
  expect(accountName({ USER: "bob" }, nameless)).toBe("bob");
  expect(accountName({ LOGNAME: "eve" }, nameless)).toBe("eve");
  expect(accountName({}, nameless)).toBe(String(process.getuid!()));
});
