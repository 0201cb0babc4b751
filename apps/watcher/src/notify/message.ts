/** What people are told. */
export interface Message {
  readonly event: "opened" | "resolved";
  readonly level: "warning" | "critical";
  /** Which check says it. */
  readonly title: string;
  readonly text: string;
  /** One for each thing that is wrong, or was. */
  readonly alerts: readonly { readonly id: number; readonly summary: string }[];
  /** ISO 8601. */
  readonly at: string;
}

/** A way to tell people something. */
export interface Channel {
  readonly name: string;
  /** Resolves when the message was taken, and rejects when it may not have been. */
  send(message: Message): Promise<void>;
}
