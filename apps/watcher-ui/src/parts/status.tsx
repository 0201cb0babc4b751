export type State = "succeeded" | "failed" | "running" | "late" | "anomalous" | "pending" | "idle";

const shapes: Readonly<Record<State, string>> = {
  succeeded: "M4.200 8.300l2.600 2.600 5-5.600",
  failed: "M5 5l6 6M11 5l-6 6",
  running: "M8 4.500v3.800l2.400 1.600",
  late: "M8 4.500v4.300M8 11.300v.2",
  anomalous: "M3.500 8h2.200l1.500-3.500 1.800 7 1.500-3.500h2",
  pending: "M5 8h6",
  idle: "M8 8h.01",
};

/** What state something is in: by sign, by word and by colour. */
export function Status({ state, word = state }: { state: State; word?: string }) {
  return (
    <span class={`status ${state}`}>
      <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" />
        <path d={shapes[state]} />
      </svg>
      {word}
    </span>
  );
}

/** How an execution ended, if it has. */
export function stateOf(completed: boolean | null): State {
  if (completed === null) return "running";
  return completed ? "succeeded" : "failed";
}
