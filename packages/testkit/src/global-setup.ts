import type { TestProject } from "vitest/node";
import { startCluster } from "./cluster.ts";

/** One server for the whole run; each test has a database of its own on it. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  project.provide("postgresUrl", cluster.url);
  return cluster.stop;
}
