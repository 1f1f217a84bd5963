import { isDirectory, readDirectoryFile, writeDirectory } from '../../data/directory.js';
import { FileError } from '../../errors.js';
import { manifestFile, modelFiles, modelFromFiles } from './files.js';
import type { Model } from './model.js';

/**
 * Saves a model as a directory: `model.json` and `generator.onnx`. It appears whole or not at all;
 * a model that is there already is replaced.
 *
 * @throws FileError when the directory cannot be written, or holds something else than a model.
 */
export async function saveModel(model: Model, directory: string): Promise<void> {
  await writeDirectory(directory, modelFiles(model), { replaces: manifestFile });
}

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
