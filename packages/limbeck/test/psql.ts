import { spawn } from "node:child_process";

/** A psql that stays open, and takes one script after the other. */
export interface Psql {
  /** Runs a script. Throws what psql says on standard error. */
  run(script: string): Promise<void>;
  close(): Promise<void>;
}

export function openPsql(url: string): Psql {
  let current = start(url);
  return {
    async run(script) {
      if (current.hasEnded()) current = start(url);
      await current.run(script);
    },
    close: () => current.close(),
  };
}

function start(url: string) {
  const child = spawn("psql", ["-X", "-q", "-t", url], { stdio: "pipe" });
  let output = "";
  let errors = "";
  let ended = false;
  let heard = () => {};
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    heard();
  });
  child.stderr.on("data", (chunk: Buffer) => void (errors += chunk.toString()));
  const end = new Promise<void>((resolve) => {
    child.on("close", () => {
      ended = true;
      heard();
      resolve();
    });
  });
  let count = 0;
  return {
    hasEnded: () => ended,
    async run(script: string): Promise<void> {
      const mark = `done ${++count}`;
      child.stdin.write(`${script}\n\\echo ${mark}\n`);
      while (!ended && !output.includes(`${mark}\n`)) {
        await new Promise<void>((resolve) => (heard = resolve));
      }
      if (ended || /^psql:.*(?:ERROR|FATAL)|^(?:ERROR|FATAL)/m.test(errors)) throw new Error(errors);
      errors = "";
    },
    async close(): Promise<void> {
      child.stdin.end();
      await end;
    },
  };
}
