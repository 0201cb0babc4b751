/** The UTC time as 14 digits; where a revision has that id already, the next free second. */
export function nextRevisionId(now: Date, taken: (id: string) => boolean): string {
  for (let time = now.getTime(); ; time += 1000) {
    const id = new Date(time).toISOString().replace(/\D/g, "").slice(0, 14);
    if (!taken(id)) return id;
  }
}
