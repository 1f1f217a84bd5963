import {
  assertDirectoryWritable,
  isDirectory,
  type MayReplace,
  readDirectoryFile,
  writeDirectory,
} from '../../data/directory.js';
import { FileError } from '../../errors.js';
import { manifestFile, modelFiles, modelFromFiles } from './files.js';
import { parseManifest } from './manifest.js';
import type { Model } from './model.js';

/**
 * Saves a model as a directory: `model.json` and `generator.onnx`. It appears whole or not at all;
 * a directory that holds another model, and nothing else, is replaced.
 *
 * @throws FileError when the directory cannot be written, or holds something else.
 */
export async function saveModel(model: Model, directory: string): Promise<void> {
  await writeDirectory(directory, modelFiles(model), isModel);
}

/** Raises if `saveModel` would refuse the directory; call it before any work is done. */
export async function assertModelWritable(directory: string): Promise<void> {
  await assertDirectoryWritable(directory, isModel);
}

/** Whether a directory holds a model of ours and nothing else: `model.json` is a common name. */
const isModel: MayReplace = async (names, read) => {
  try {
    const text = Buffer.from(await read(manifestFile)).toString('utf8');
    const { generator } = parseManifest(text, manifestFile);
    return names.every((name) => name === manifestFile || name === generator.file);
  } catch {
    return false;
  }
};

/**
 * Loads a saved model, and checks all of it first.
 *
 * @throws FileError when files are missing; ModelError when they are damaged, altered, or of an
 * unknown version.
 */
export async function loadModel(directory: string): Promise<Model> {
  if (!(await isDirectory(directory))) {
    throw new FileError(
      `model directory does not exist: ${directory}. Check the path, or train a model into it`,
    );
  }
  return modelFromFiles((name) => readDirectoryFile(directory, name), directory);
}
