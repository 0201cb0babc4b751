import type { Channel } from "./message.ts";

interface Log {
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
}

/** The service's own log. */
export function log(logger: Log): Channel {
  return {
    name: "log",
    send: async ({ event, title, text, alerts, level }) => {
      const details = { event, level, alerts };
      const line = `${title}: ${text}: ${alerts.map(({ summary }) => summary).join("; ")}`;
      if (event === "opened") logger.warn(details, line);
      else logger.info(details, `Resolved: ${line}`);
    },
  };
}
