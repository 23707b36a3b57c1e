/** Does the same for each item, some at a time; the first failure is thrown after all have ended. */
export async function inParallel<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>, atOnce = 16): Promise<void> {
  const queue = [...items]
  const run = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(atOnce, queue.length) }, run))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
