/** One partition of a dataset in the manner of Hive: a directory `name=value`. */
export interface PartitionKey {
  readonly name: string;
  readonly value: string | null;
}

/** What stands for null in the name of a directory. */
export const nullPartition = '__HIVE_DEFAULT_PARTITION__';

/** The partitions in names of directories; those without '=' are none. */
export function parsePartitions(directories: readonly string[]): PartitionKey[] {
  return directories.flatMap((directory) => {
    const at = directory.indexOf('=');
    if (at < 1) return [];
    const [name, value] = [directory.slice(0, at), directory.slice(at + 1)];
    return { name: decode(name), value: value === nullPartition ? null : decode(value) };
  });
}

/**
 * The name of the directory of a partition: of the value everything but ASCII letters, digits and
 * `_.-` is percent-encoded, of the name what Hive encodes, as not all readers decode that.
 */
export function formatPartition({ name, value }: PartitionKey): string {
  const left = name.replaceAll(/[\p{Cc}"#%'*/:=?\\{[\]^]/gu, encodeURIComponent);
  return `${left.replaceAll(/['*]/g, hexadecimal)}=${value === null ? nullPartition : encode(value)}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*~]/g, hexadecimal);
}

/** A character of ASCII, percent-encoded: some are left alone by `encodeURIComponent`. */
function hexadecimal(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A plain percent sign: other writers do not encode all that they should.
    return text;
  }
}
