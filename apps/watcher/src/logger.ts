import { pino, type DestinationStream, type Logger } from "pino";

interface Output extends DestinationStream {
  readonly isTTY?: boolean;
}

/** Lines of JSON for machines; for a person at a terminal, just the messages. */
export function createLogger(level: string, output: Output): Logger {
  return pino({ level, base: null }, output.isTTY ? { write: (line) => output.write(readable(line)) } : output);
}

function readable(line: string): string {
  const { time, level, msg, err } = JSON.parse(line) as Line;
  const clock = new Date(time).toTimeString().slice(0, 8);
  const label = level >= 50 ? "error: " : level >= 40 ? "warning: " : "";
  const cause = err === undefined ? "" : `\n${err.stack ?? err.message}`;
  return `${clock} ${label}${msg}${cause}\n`;
}

interface Line {
  readonly time: number;
  readonly level: number;
  readonly msg: string;
  readonly err?: { readonly message: string; readonly stack?: string };
}
