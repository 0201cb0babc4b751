import { isPostgresError, type Session } from "./session.ts";

/**
 * Looks at the database in a transaction that can only read, and waits for no lock for long. Inside a transaction that
 * is open it leaves no trace there. Throws the driver's errors.
 */
export async function lookAside<T>(session: Session, isInTransaction: boolean, look: () => Promise<T>): Promise<T> {
  const end =
    isInTransaction && (await isSaved(session)) ? ["ROLLBACK TO limbeck_aside", "RELEASE limbeck_aside"] : ["ROLLBACK"];
  const begin = end.length === 1 ? ["BEGIN"] : [];
  await session.script([...begin, "SET LOCAL transaction_read_only = on", "SET LOCAL lock_timeout = '200ms'"]);
  try {
    return await look();
  } finally {
    await session.script(end);
  }
}

/** 25P01: somebody who had the session has ended its transaction. */
async function isSaved(session: Session): Promise<boolean> {
  try {
    await session.query("SAVEPOINT limbeck_aside");
    return true;
  } catch (error) {
    if (isPostgresError(error) && error.code === "25P01") return false;
    throw error;
  }
}
