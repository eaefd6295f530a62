/** Runs `task` for every item, at most `width` at a time; results in the order of the items. The first failure ends it. */
export async function inParallel<T, R>(items: readonly T[], width: number, task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const failure: { seen: boolean } = { seen: false };
  async function take(): Promise<void> {
    for (let next = queue.shift(); next && !failure.seen; next = queue.shift()) {
      const [index, item] = next;
      try {
        results[index] = await task(item);
      } catch (error) {
        failure.seen = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: width }, take));
  return results;
}

export function inChunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, chunk) => items.slice(chunk * size, (chunk + 1) * size));
}
