// The image library decodes in threads of its own, as many as Node.js has for such work.
const together = 4;

/** Runs `action` on all items, a few at a time; rejects when none runs any more. */
export async function forEachTogether<Item>(
  items: readonly Item[],
  action: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      await action(items[index] as Item, index).catch((error) => {
        failed = true;
        throw error;
      });
    }
  };
  const results = await Promise.allSettled(Array.from({ length: together }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
