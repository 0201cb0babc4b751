// The README's first command, tried: `npm start` serves /health on PORT with no DATABASE_URL, and ends when told to.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const patience = 120_000;
const port = await freePort();
const env = { ...process.env, PORT: String(port) };
delete env.DATABASE_URL;
const service = spawn("npm", ["start"], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
let log = "";
for (const stream of [service.stdout, service.stderr]) stream.on("data", (chunk) => (log += chunk));
const gone = once(service, "exit");

try {
  console.log(await healthy());
  process.kill(-Number(service.pid), "SIGTERM");
  const stopped = await Promise.race([gone, sleep(15_000, undefined, { ref: false })]);
  if (stopped === undefined) throw new Error("npm start did not end within 15 s of SIGTERM");
} catch (error) {
  console.error(`${log}\n${error.message}`);
  process.exitCode = 1;
} finally {
  try {
    process.kill(-Number(service.pid), "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

async function healthy() {
  const deadline = Date.now() + patience;
  let last;
  while (Date.now() < deadline) {
    if (service.exitCode !== null) throw new Error(`npm start ended with ${service.exitCode}`);
    try {
      const response = await fetch(`http://127.0.0.1:${port}/health`);
      last = `GET /health: ${response.status} ${await response.text()}`;
      if (response.status === 200) return last;
    } catch (error) {
      last = error.message;
    }
    await sleep(250);
  }
  throw new Error(`no healthy service within ${patience} ms; last answer: ${last}`);
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port: free } = probe.address();
  probe.close();
  await once(probe, "close");
  return free;
}
