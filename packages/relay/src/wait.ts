/** Waits for work, but at most `ms` milliseconds. Gives whether it ended in time; how it ended stays its own. */
export async function atMost(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = await Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    limit,
  ]);
  clearTimeout(timer);
  return ended;
}
