import { userInfo } from "node:os";
import { expect, test, vi } from "vitest";
import { accountName } from "./account.ts";

vi.mock("node:os", async (original) => ({ ...(await original<object>()), userInfo: vi.fn<typeof userInfo>() }));

test("is the account's name, or what there is when it has none", () => {
  vi.mocked(userInfo).mockReturnValueOnce({ username: "ada" } as ReturnType<typeof userInfo>);
  expect(accountName({ USER: "bob" })).toBe("ada");
  vi.mocked(userInfo).mockImplementation(() => {
    throw new Error("A system error occurred: uv_os_get_passwd returned ENOENT");
  });
  expect(accountName({ USER: "bob" })).toBe("bob");
  expect(accountName({ LOGNAME: "eve" })).toBe("eve");
  expect(accountName({})).toBe(String(process.getuid!()));
});
