import { Limbeck } from "limbeck";
import { expect, test } from "testkit";

const config = new URL("../limbeck.config.ts", import.meta.url).pathname;

test("lint finds nothing in the revisions that does not say why it is safe", async ({ databaseUrl }) => {
  const limbeck = await Limbeck.open({ config, url: databaseUrl });
  try {
    expect(await limbeck.lint({ range: ":", static: true })).toEqual({ findings: [], notSeen: [] });
    // With the catalogs of a database that the original has left behind, and of one in between.
    for (const revision of ["20251021195850", "20261122154714"]) {
      await limbeck.upgrade(revision);
      expect(await limbeck.lint()).toEqual({ findings: [], notSeen: [] });
    }
  } finally {
    await limbeck.close();
  }
});
