import { createHash } from "node:crypto";
import { postJson } from "./http.ts";
import type { Channel } from "./message.ts";

/** Any receiver of JSON. The key is the same when a message is sent again because its answer was lost. */
export function webhook(url: string): Channel {
  return {
    name: "webhook",
    send: (message) => {
      const subject = `${message.event} ${message.alerts.map(({ id }) => id).join(" ")}`;
      const key = createHash("sha256").update(subject).digest("hex").slice(0, 32);
      return postJson(url, message, { "idempotency-key": key });
    },
  };
}
