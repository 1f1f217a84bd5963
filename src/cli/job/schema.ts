import { toJsonSchema } from '../../options/json-schema.js';
import type { AnyOption, JsonSchema } from '../../options/option.js';
import { augmentJob, trainJob } from './descriptions.js';

const jobs: Readonly<Record<string, AnyOption>> = {
  augment: augmentJob,
  train: trainJob,
};

/** The JSON Schema of what `--config` takes, by command. */
export function jobSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A job of gan-augment, for --config',
    anyOf: Object.keys(jobs).map((command) => ({ $ref: `#/$defs/${command}` })),
    $defs: Object.fromEntries(
      Object.entries(jobs).map(([command, job]) => [command, toJsonSchema(job)]),
    ),
  };
}
