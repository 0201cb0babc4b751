import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files in which much is waited for or started. Begun last, one of them would go on alone while the other workers idle. */
const SLOW = [
  "seeds-day",
  "schema-diff.test",
  "operations-proof-",
  "workers",
  "schema-uses",
  "faults",
  "action.test",
  "guides",
  "image.test",
  "schema-",
  "cluster.test",
  "cli.test",
  "backfill",
  "pages",
];

/** Starts the slow test files before the others, so that a run's end is not one long file. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = SLOW.findIndex((name) => moduleId.includes(name));
      return index === -1 ? SLOW.length : index;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's method, not an array's
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
