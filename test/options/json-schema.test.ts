import { describe, expect, it } from 'vitest';
import { either, listOf, object, recordOf } from '../../src/options/composed.js';
import { toJsonSchema } from '../../src/options/json-schema.js';
import { about, required } from '../../src/options/option.js';
import { callback, number, oneOf, text } from '../../src/options/values.js';

describe('toJsonSchema', () => {
  it('should say what JSON can hold, and leave out what it cannot', () => {
    const option = object<{
      share: number;
      mode?: 'a' | 'b';
      names?: readonly string[];
      levels?: Readonly<Record<string, number>>;
      model?: string | (() => void);
      onEnd?: () => void;
    }>({
      share: about('share of the output', required(number({ from: 0, below: 1 }))),
      mode: oneOf(['a', 'b']),
      names: listOf(text('a name'), 'names'),
      levels: recordOf(number(), 'numbers by level'),
      model: about('a model', either([text('a directory'), callback<() => void>()])),
      onEnd: callback<() => void>(),
    });

    expect(toJsonSchema(option)).toEqual({
      type: 'object',
      properties: {
        share: {
          description: 'share of the output',
          type: 'number',
          minimum: 0,
          exclusiveMaximum: 1,
        },
        mode: { enum: ['a', 'b'] },
        names: { type: 'array', items: { type: 'string', minLength: 1 } },
        levels: { type: 'object', additionalProperties: { type: 'number' } },
        model: { description: 'a model', type: 'string', minLength: 1 },
      },
      required: ['share'],
      additionalProperties: false,
    });
  });
});
