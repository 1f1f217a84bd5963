import { Buffer } from 'node:buffer';
import { readOnnxProblem } from '../../compute/onnx/inspect.js';
import { anyBatch, sizeOf, type TensorSpecs } from '../../compute/tensor.js';
import { readSchemaMessage } from '../../data/ipc/schema-message.js';
import { encoderFromJSON } from '../../encode/infer.js';
import { checkCombinations } from '../../encode/rules/learn-combination.js';
import { learnedSchema } from '../../encode/rules/learned-table.js';
import { rulesFromJSON } from '../../encode/rules/rules-from-json.js';
import { GanAugmentError, ModelError } from '../../errors.js';
import { familyName, findFamily } from '../families/registry.js';
import { directFamilyOf, generatorOf } from './generator-of.js';
import { type Manifest, parseManifest, stringifyManifest } from './manifest.js';
import { type Model, sha256 } from './model.js';

/** Bound on what a model from outside can make the reader allocate for one run: 256 MiB. */
const mostNumbers = 2 ** 26;

/** Name of the file that describes a model. */
export const manifestFile = 'model.json';

/**
 * The files that a model directory holds, by name.
 *
 * @throws ModelError for a model without a generator.
 */
export function modelFiles(model: Model): Record<string, Uint8Array> {
  if (model.openRows) {
    throw new ModelError(
      `a model of recipe '${model.manifest.recipe.name}' has no generator to save. Train a model`,
    );
  }
  return {
    [model.manifest.generator.file]: model.generator,
    ...(model.manifest.reverse && model.reverse
      ? { [model.manifest.reverse.file]: model.reverse }
      : {}),
    [manifestFile]: Buffer.from(stringifyManifest(model.manifest)),
  };
}

/**
 * Reads a model from its files.
 *
 * @param read Gives the bytes of a file by its name.
 * @param where Names the model in errors.
 * @throws ModelError when anything is missing, altered, malformed or of an unknown version.
 */
export async function modelFromFiles(
  read: (name: string) => Promise<Uint8Array>,
  where: string,
): Promise<Model> {
  const text = Buffer.from(await read(manifestFile)).toString('utf8');
  const manifest = parseManifest(text, `${where}/${manifestFile}`);
  const generator = await readGenerator(manifest.generator);
  const reverse = manifest.reverse && (await readGenerator(manifest.reverse));
  const parts = readManifest(manifest, where);
  await refuseUnusable(manifest.generator.file, generator);
  if (manifest.reverse && reverse) await refuseUnusable(manifest.reverse.file, reverse);
  const { schema, encoders } = parts;
  return { id: sha256(text), generator, ...(reverse && { reverse }), manifest, schema, encoders };

  async function readGenerator({ file, sha256: hash }: { file: string; sha256: string }) {
    const bytes = await read(file);
    if (sha256(bytes) === hash) return bytes;
    throw new ModelError(
      `${where}/${file} is not the file that ${manifestFile} names: its SHA-256 differs. Copy the ` +
        'whole model directory again',
    );
  }

  async function refuseUnusable(file: string, bytes: Uint8Array): Promise<void> {
    const problem = await problemOf(parts, bytes);
    if (problem) throw new ModelError(`${where}/${file} is refused: ${problem}`);
  }
}

/** What a model's rows are made from, and what it is read by. */
type Parts = ReturnType<typeof readManifest>;

/** Why the file that rows are made from cannot be used; undefined if it can. */
async function problemOf(parts: Parts, file: Uint8Array): Promise<string | undefined> {
  const { manifest, learned, encoders } = parts;
  const { rows } = manifest.generator;
  const family = directFamilyOf(manifest);
  if (!family) {
    const spec = generatorOf(parts);
    return (
      sizeProblem(numbersOf(spec.inputs(rows)) + numbersOf(spec.outputs(rows))) ??
      readOnnxProblem(file, spec.inputs(anyBatch), spec.outputs(anyBatch))
    );
  }
  try {
    await family.open(manifest.recipe.options, file, learned, encoders);
    return sizeProblem(rows * learned.fields.length);
  } catch (error) {
    if (error instanceof GanAugmentError) return error.message;
    throw error;
  }
}

function numbersOf(specs: TensorSpecs): number {
  return Object.values(specs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function sizeProblem(numbers: number): string | undefined {
  return numbers > mostNumbers ? `one run takes ${numbers} numbers` : undefined;
}

function readManifest(manifest: Manifest, where: string) {
  const schema = readSchemaMessage(
    Buffer.from(manifest.schema, 'base64'),
    `${where}/${manifestFile}`,
  );
  if (schema.fields.length !== manifest.encoders.length) {
    throw new ModelError(
      `${where}/${manifestFile} is damaged: ${manifest.encoders.length} encoders for ` +
        `${schema.fields.length} columns`,
    );
  }
  const rules = rulesFromJSON(schema, manifest.rules);
  const learned = learnedSchema(schema, rules);
  const encoders = learned.fields.map((field, k) => encoderFromJSON(field, manifest.encoders[k]));
  checkCombinations(schema, rules, encoders);
  const family = familyName(manifest.recipe);
  if (!findFamily(family)?.canRead(encoders)) {
    throw new ModelError(
      `${where}/${manifestFile} is damaged: its columns do not suit a recipe of family '${family}'`,
    );
  }
  return { manifest, schema, learned, encoders };
}
