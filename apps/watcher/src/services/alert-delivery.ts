import type { Channel, Message } from "../notify/message.ts";
import type { Queries } from "../store/database.ts";
import type { AlertKind } from "./alerts.ts";

export interface DeliveryOptions {
  readonly channels: readonly Channel[];
  /** Told of a message that was not taken, which is tried again later. */
  readonly onFailure: (channel: string, error: unknown) => void;
  readonly signal?: AbortSignal;
}

/**
 * Tells the channels what they have not been told yet, the alerts of one check in one message. A delivery is taken for
 * a minute before it is made: two workers never make the same one, and one whose worker died is made again.
 */
export async function deliverAlerts(
  database: Queries,
  { channels, onFailure, signal }: DeliveryOptions,
): Promise<{ readonly delivered: number }> {
  await database.query(
    `DELETE FROM alert_delivery
    WHERE delivered_at IS NULL AND channel NOT IN (SELECT jsonb_array_elements_text($1::jsonb))`,
    [JSON.stringify(channels.map(({ name }) => name))],
  );
  let delivered = 0;
  while (!signal?.aborted) {
    const claimed = await database.query<Claimed>(claimNext);
    const channel = channels.find(({ name }) => name === claimed[0]?.channel);
    if (channel === undefined) break;
    const message = messageOf(claimed);
    const ids = JSON.stringify(message.alerts.map(({ id }) => id));
    try {
      await channel.send(message);
      await database.query(markDelivered, [channel.name, message.event, ids]);
      delivered += claimed.length;
    } catch (error) {
      onFailure(channel.name, error);
      await database.query(postpone, [channel.name, message.event, ids]);
    }
  }
  return { delivered };
}

interface Claimed {
  readonly id: number;
  readonly channel: string;
  readonly event: Message["event"];
  readonly kind: AlertKind;
  readonly level: Message["level"];
  readonly summary: string;
}

const titles: Readonly<Record<AlertKind, string>> = {
  anomaly: "Anomaly Detection",
  freshness: "Freshness Check - Pipeline DML",
  timeliness: "Timeliness Check - Pipeline Execution",
  queue: "Queue Health",
};

const texts: Readonly<Record<AlertKind, string>> = {
  anomaly: "execution(s) with anomalies",
  freshness: "pipeline(s) overdue",
  timeliness: "execution(s) take longer than they should",
  queue: "queue(s) with too much waiting",
};

function messageOf(claimed: readonly Claimed[]): Message {
  const [{ kind, event, level }] = claimed as readonly [Claimed, ...Claimed[]];
  return {
    event,
    level,
    title: titles[kind],
    text: `${claimed.length} ${texts[kind]}`,
    alerts: claimed.map(({ id, summary }) => ({ id, summary })),
    at: new Date().toISOString(),
  };
}

/** Nobody hears that something is resolved before having heard that it was wrong. */
const claimNext = `
  WITH due AS MATERIALIZED (
    SELECT delivery.alert_id, delivery.channel, delivery.event, alert.kind, alert.level
    FROM alert_delivery AS delivery JOIN alert ON alert.id = delivery.alert_id
    WHERE delivery.delivered_at IS NULL AND delivery.due_at <= now()
      AND (delivery.event = 'opened' OR EXISTS (
        SELECT FROM alert_delivery AS opening
        WHERE opening.alert_id = delivery.alert_id AND opening.channel = delivery.channel
          AND opening.event = 'opened' AND opening.delivered_at IS NOT NULL
      ))
    ORDER BY delivery.due_at, delivery.alert_id
    LIMIT 1000
    FOR UPDATE OF delivery SKIP LOCKED
  ), first AS (
    SELECT channel, event, kind, level FROM due LIMIT 1
  ), together AS (
    SELECT due.* FROM due JOIN first USING (channel, event, kind, level) ORDER BY due.alert_id LIMIT 50
  ), claimed AS (
    UPDATE alert_delivery AS delivery SET attempts = attempts + 1, due_at = now() + interval '1 minute'
    FROM together
    WHERE delivery.alert_id = together.alert_id AND delivery.channel = together.channel
      AND delivery.event = together.event
    RETURNING delivery.alert_id, delivery.channel, delivery.event
  )
  SELECT alert.id, claimed.channel, claimed.event, alert.kind, alert.level, alert.summary
  FROM claimed JOIN alert ON alert.id = claimed.alert_id
  ORDER BY alert.id`;

const ofMessage = `channel = $1 AND event = $2 AND alert_id IN (
  SELECT id::bigint FROM jsonb_array_elements_text($3::jsonb) AS id
)`;

const markDelivered = `UPDATE alert_delivery SET delivered_at = now() WHERE ${ofMessage}`;

/** Two seconds after the first attempt, twice as long after each further one, at most an hour. */
const postpone = `
  UPDATE alert_delivery SET due_at = now() + least(2 ^ attempts, 3600) * interval '1 second' WHERE ${ofMessage}`;
