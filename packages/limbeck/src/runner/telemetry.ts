import type * as Api from "@opentelemetry/api";
import { toAll, type RunListener } from "./events.ts";
import { runMeasures } from "./measures.ts";
import { runSpans } from "./spans.ts";

/** OpenTelemetry's view of runs. */
export interface Telemetry {
  /** Hears one run. */
  listener(): RunListener;
  /** Hands over what is ended, within a time: a command's process ends before an exporter's next turn. */
  flush(withinMs: number): Promise<void>;
}

/**
 * Spans and metrics for whoever has registered a provider of them; undefined when nobody has, which costs nothing. All
 * copies of the API of one major version share what is registered, under this symbol.
 */
export async function openTelemetry(version: string): Promise<Telemetry | undefined> {
  const registered = (globalThis as Record<symbol, unknown>)[Symbol.for("opentelemetry.js.api.1")];
  const { trace, metrics } = (registered ?? {}) as { readonly trace?: unknown; readonly metrics?: unknown };
  if (trace === undefined && metrics === undefined) return undefined;
  const api = await import("@opentelemetry/api").catch(() => undefined);
  if (api === undefined) return undefined;
  return {
    listener: () =>
      toAll(
        trace === undefined ? undefined : runSpans(api, version),
        metrics === undefined ? undefined : runMeasures(api, version),
      ),
    flush: (withinMs) => flush(api, withinMs),
  };
}

interface Flushable {
  getDelegate?(): object;
  forceFlush?(): Promise<void>;
}

async function flush(api: typeof Api, withinMs: number): Promise<void> {
  const proxies = [api.trace.getTracerProvider(), api.metrics.getMeterProvider()] as Flushable[];
  const flushed = proxies.map(async (proxy) => {
    const provider = (proxy.getDelegate?.() ?? proxy) as Flushable;
    await provider.forceFlush?.();
  });
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
  await Promise.race([Promise.allSettled(flushed), patience]);
  clearTimeout(timer);
}
