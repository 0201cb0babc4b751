import { postJson } from "./http.ts";
import type { Channel, Message } from "./message.ts";

const signs = { opened: { warning: "⚠️", critical: "🚨" }, resolved: { warning: "✅", critical: "✅" } } as const;

/** Slack's incoming webhooks. */
export function slack(url: string): Channel {
  return { name: "slack", send: (message) => postJson(url, { text: textOf(message) }) };
}

function textOf({ event, level, title, text, alerts, at }: Message): string {
  const word = event === "resolved" ? "RESOLVED" : level.toUpperCase();
  return [
    `${signs[event][level]} *${word}*`,
    `*${title}*`,
    `*Timestamp:* ${at.slice(0, 19).replace("T", " ")} UTC`,
    `*Message:* ${text}`,
    "\n*Details:*",
    ...alerts.map(({ summary }) => `• ${escaped(summary)}`),
  ].join("\n");
}

/** Slack takes these three for markup, and a name may have them. */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
