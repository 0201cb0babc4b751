/** Waits until something holds. Throws when it does not in so many seconds, which is meant for the slowest machine. */
export async function until(holds: () => boolean | Promise<boolean>, seconds = 90): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not so after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
