import { userInfo } from "node:os";

/** The name of the account that this process runs under. In a container it may be one that has no name. */
export function accountName(env: NodeJS.ProcessEnv, account: () => { readonly username: string } = userInfo): string {
  try {
    return account().username;
  } catch {
    return env["USER"] ?? env["LOGNAME"] ?? String(process.getuid?.() ?? "unknown");
  }
}
