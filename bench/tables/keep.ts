import { readFile, writeFile } from 'node:fs/promises';

/**
 * What a piece of work gives, as JSON: from the file, if the same has been done before. So a long
 * bench can be made in parts, and gone on with.
 *
 * @param task All that the result depends on.
 */
export async function kept<Result>(
  path: string,
  task: object,
  work: () => Promise<Result>,
): Promise<Result> {
  const key = JSON.stringify(task);
  const before = await readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as { task: string; result: Result },
    () => undefined,
  );
  if (before?.task === key) return before.result;
  const result = await work();
  await writeFile(path, JSON.stringify({ task: key, result }));
  return result;
}
