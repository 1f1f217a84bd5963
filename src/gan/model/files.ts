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

/** Bound on the inputs and outputs of one run of a model from outside: 256 MiB. */
const mostNumbers = 2 ** 26;

/** Bounds on the files of a model from outside, in bytes: they are held against these before they are read. */
const mostBytes = { manifest: 2 ** 25, generator: 2 ** 27 } as const;

/** Gives the bytes of a file of a model by its name; refuses a file of more than so many. */
export type ReadModelFile = (name: string, most: number) => Promise<Uint8Array>;

/** How far a model is trusted. */
export interface ReadingModel {
  /**
   * Whether it may cost what it likes: it was trained here, or who signed it vouches for it. Default: the
   * cost of a run and the sizes of files are bounded.
   */
  readonly mayCostAnything?: boolean;
}

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
 * @param where Names the model in errors.
 * @throws ModelError when anything is missing, altered, malformed or of an unknown version.
 */
export async function modelFromFiles(
  read: ReadModelFile,
  where: string,
  { mayCostAnything = false }: ReadingModel = {},
): Promise<Model> {
  const most = mayCostAnything
    ? { manifest: Number.POSITIVE_INFINITY, generator: Number.POSITIVE_INFINITY }
    : mostBytes;
  const text = Buffer.from(await read(manifestFile, most.manifest)).toString('utf8');
  const manifest = parseManifest(text, `${where}/${manifestFile}`);
  const generator = await readGenerator(manifest.generator);
  const reverse = manifest.reverse && (await readGenerator(manifest.reverse));
  const parts = readManifest(manifest, where);
  await refuseUnusable(manifest.generator.file, generator);
  if (manifest.reverse && reverse) await refuseUnusable(manifest.reverse.file, reverse);
  const { schema, encoders } = parts;
  const files = { generator, ...(reverse && { reverse }) };
  const isForeign = !mayCostAnything;
  return { id: sha256(text), ...files, manifest, schema, encoders, isForeign };

  async function readGenerator({ file, sha256: hash }: { file: string; sha256: string }) {
    const bytes = await read(file, most.generator);
    if (sha256(bytes) === hash) return bytes;
    throw new ModelError(
      `${where}/${file} is not the file that ${manifestFile} names: its SHA-256 differs. Copy the ` +
        'whole model directory again',
    );
  }

  async function refuseUnusable(file: string, bytes: Uint8Array): Promise<void> {
    const problem = await problemOf(parts, bytes, mayCostAnything);
    if (problem) throw new ModelError(`${where}/${file} is refused: ${problem}`);
  }
}

/**
 * Why a model is refused where it is loaded as one that nobody vouches for, with the remedy; undefined if
 * it is not.
 *
 * @throws ModelError for a model without a generator.
 */
export async function whyNotLoadable(model: Model): Promise<string | undefined> {
  const files = modelFiles(model);
  const read: ReadModelFile = async (name, most) => {
    const bytes = files[name] as Uint8Array;
    if (bytes.byteLength <= most) return bytes;
    throw new ModelError(
      `${name} has ${bytes.byteLength} bytes, and may have ${most}. One whose signature is verified may ` +
        'have more: sign it, and load it by its key',
    );
  };
  try {
    await modelFromFiles(read, model.manifest.recipe.name);
    return undefined;
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
}

/** What a model's rows are made from, and what it is read by. */
type Parts = ReturnType<typeof readManifest>;

/** Why the file that rows are made from cannot be used; undefined if it can. */
async function problemOf(
  parts: Parts,
  file: Uint8Array,
  mayCostAnything: boolean,
): Promise<string | undefined> {
  const { manifest, learned, encoders } = parts;
  const { rows } = manifest.generator;
  const family = directFamilyOf(manifest);
  if (!family) {
    const spec = generatorOf(parts);
    const run = spec.inputs(rows);
    return (
      sizeProblem(numbersOf(run) + numbersOf(spec.outputs(rows))) ??
      readOnnxProblem(
        file,
        spec.inputs(anyBatch),
        spec.outputs(anyBatch),
        mayCostAnything ? undefined : run,
      )
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
