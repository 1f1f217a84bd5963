import {
  assertDirectoryWritable,
  isDirectory,
  type MayReplace,
  readDirectoryFile,
  writeDirectory,
} from '../../data/files/directory.js';
import { FileError, SignatureError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { assertGiven } from '../../options/given.js';
import { callback, custom } from '../../options/values.js';
import { sayOnce } from '../../threads/say-once.js';
import { manifestFile, modelFiles, modelFromFiles, whyNotLoadable } from './files.js';
import { parseManifest } from './manifest.js';
import type { Model } from './model.js';
import {
  type Key,
  readSigningKey,
  readVerifyingKey,
  signatureFile,
  signManifest,
  verifyManifest,
} from './signature.js';

/** How a model is saved. */
export interface SaveOptions {
  /** An Ed25519 private key: the directory then holds a signature of `model.json`, `model.sig`. */
  readonly signingKey?: Key | undefined;
  /**
   * Told of a model that is saved without a signature and costs more than an unsigned one may: `loadModel`
   * will refuse it. Default: a line on stderr.
   */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/** The options of `saveModel`. */
export const saveOptions = object<SaveOptions>({
  signingKey: custom<Key>(
    'an Ed25519 private key',
    (value) => typeof value !== 'number' && typeof value !== 'boolean' && value !== null,
  ),
  onWarning: callback<(warning: string) => void>(),
});

/**
 * Saves a model as a directory: `model.json` and `generator.onnx`, or, of a maker without a network,
 * the file that it makes rows from. It appears whole or not at all;
 * a directory that holds another model, and nothing else, is replaced.
 *
 * @throws FileError when the directory cannot be written, or holds something else;
 * InvalidOptionError for a key that is not one of Ed25519.
 */
export async function saveModel(
  model: Model,
  directory: string,
  options: SaveOptions = {},
): Promise<void> {
  checkOptions(saveOptions, options);
  assertGiven(model, 'model', 'a model');
  const { signingKey, onWarning = sayOnce } = options;
  const files = modelFiles(model);
  const key = signingKey === undefined ? undefined : readSigningKey(signingKey);
  const manifest = files[manifestFile] as Uint8Array;
  const signed = key && { [signatureFile]: signManifest(manifest, key) };
  await writeDirectory(directory, { ...files, ...signed }, isModel);
  const problem = key ? undefined : await whyNotLoadable(model);
  if (problem) onWarning(`${directory} cannot be loaded as it is: ${withoutPrefix(problem)}`);
}

/** What an error says behind the name of the library. */
const withoutPrefix = (message: string) => message.replace(/^ganAugment: /, '');

/** Whether a directory holds a model: then it is no dataset. */
export async function holdsModel(directory: string): Promise<boolean> {
  return readDirectoryFile(directory, manifestFile).then(
    () => true,
    () => false,
  );
}

/** Whether a directory holds a signed model. */
export async function isSigned(directory: string): Promise<boolean> {
  return readDirectoryFile(directory, signatureFile).then(
    () => true,
    () => false,
  );
}

/** Raises if `saveModel` would refuse the directory; call it before any work is done. */
export async function assertModelWritable(directory: string): Promise<void> {
  await assertDirectoryWritable(directory, isModel);
}

/** Whether a directory holds a model of ours and nothing else: `model.json` is a common name. */
const isModel: MayReplace = async (names, read) => {
  try {
    const text = Buffer.from(await read(manifestFile)).toString('utf8');
    const { generator, reverse } = parseManifest(text, manifestFile);
    const own = [manifestFile, signatureFile, generator.file, reverse?.file];
    return names.every((name) => own.includes(name));
  } catch {
    return false;
  }
};

/**
 * Loads a saved model, and checks all of it first.
 *
 * A run of its generator may take 300 MiB and about a second, and its file 128 MiB: `verifyModel` has no
 * such bounds.
 *
 * @throws FileError when files are missing or too large; ModelError when they are damaged, altered, of an
 * unknown version, or cost too much.
 */
export async function loadModel(directory: string): Promise<Model> {
  await assertDirectory(directory);
  return modelFromFiles((name, most) => readDirectoryFile(directory, name, most), directory);
}

/**
 * Loads a saved model that was signed with the private half of a key. The signature is of
 * `model.json`, which names the SHA-256 of the generator: nothing of the model can be altered.
 *
 * @param key The Ed25519 public key.
 * @throws SignatureError when the model has no signature, one of another key, or was altered; what
 * `loadModel` throws; InvalidOptionError for a key that is not one of Ed25519.
 */
export async function verifyModel(directory: string, key: Key): Promise<Model> {
  const publicKey = readVerifyingKey(key);
  await assertDirectory(directory);
  const manifest = await readDirectoryFile(directory, manifestFile);
  const signature = await readDirectoryFile(directory, signatureFile).catch((cause: unknown) => {
    throw new SignatureError(
      `${directory} is not signed: it has no ${signatureFile}. Sign it when it is saved`,
      { cause },
    );
  });
  verifyManifest(manifest, signature, publicKey, directory);
  // The very bytes that were verified, not what may lie there by now.
  const read = async (name: string) =>
    name === manifestFile ? manifest : readDirectoryFile(directory, name);
  return modelFromFiles(read, directory, { mayCostAnything: true });
}

async function assertDirectory(directory: string): Promise<void> {
  if (!(await isDirectory(directory))) {
    throw new FileError(
      `model directory does not exist: ${directory}. Check the path, or train a model into it`,
    );
  }
}
