import { Limbeck, type OpenOptions } from "../src/index.ts";
import type { BackfillProgress } from "../src/runner/backfill-meter.ts";
import { writeRevisions } from "./project.ts";

/** Where a backfill is tried: a folder of the test's own, and its database. */
export interface Place extends OpenOptions {
  readonly folder: string;
  readonly databaseUrl?: string;
}

/** Runs a revision whose upgrade is this code, and gives what it told of its backfills. */
export async function upgrade(place: Place, up: string, undo?: string): Promise<BackfillProgress[]> {
  const { folder, databaseUrl, ...options } = place;
  writeRevisions(folder, [{ id: "a1", up, ...(undo === undefined ? {} : { undo }) }]);
  const told: BackfillProgress[] = [];
  const limbeck = await Limbeck.open({
    ...(databaseUrl === undefined ? {} : { url: databaseUrl }),
    ...options,
    cwd: folder,
    onEvent: (event) => void (event.type === "backfill" && told.push(event.progress)),
  });
  try {
    await limbeck.upgrade();
  } finally {
    await limbeck.close();
  }
  return told;
}
