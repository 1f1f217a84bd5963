import {
  Bool,
  type Data,
  type DataType,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  type RecordBatch,
  Schema,
  TimestampMicrosecond,
  Uint8,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import { makeBatch } from '../../src/data/batches/batch.js';
import { createRandom, type Random } from '../../src/random.js';

const educations = names('education', 16);
const occupations = names('occupation', 14);
const countries = names('country', 41);
const workclasses = names('workclass', 8);

const dictionary = (levels: readonly string[]) => {
  const type = new Dictionary(new Utf8(), new Int8());
  return { type, values: new Vector([vectorFromArray(levels, new Utf8()).data[0] as Data<Utf8>]) };
};

const education = dictionary(educations);
const occupation = dictionary(occupations);
const country = dictionary(countries);

type Maker = (rows: number, random: Random) => Data;

/** Name, type, nullability and maker of each column: 15 of the kinds that census tables have. */
const columns: readonly [name: string, type: DataType, nullable: boolean, make: Maker][] = [
  ['age', new Int32(), false, whole(new Int32(), (u) => 17 + u ** 2 * 73)],
  ['workclass', new Utf8(), true, withNulls(0.06, text(workclasses))],
  ['weight', new Int64(), false, weights],
  ['education', education.type, true, codes(education)],
  ['education_years', new Uint8(), false, whole(new Uint8(), (u) => 1 + u * 16)],
  ['married', new Bool(), false, booleans],
  ['occupation', occupation.type, true, withNulls(0.06, codes(occupation))],
  ['relationship', new Utf8(), false, text(names('relationship', 6))],
  ['sex', new Utf8(), false, text(['female', 'male'])],
  ['capital_gain', new Float64(), false, floats(new Float64(), gain)],
  ['capital_loss', new Float64(), true, withNulls(0.2, floats(new Float64(), gain))],
  ['hours', new Int16(), false, whole(new Int16(), (u) => (u < 0.4 ? 40 : 1 + u * 98))],
  ['score', new Float32(), false, floats(new Float32(), (u) => Math.log(u / (1 - u)))],
  ['country', country.type, true, codes(country)],
  ['updated', new TimestampMicrosecond('UTC'), true, withNulls(0.01, times)],
];

/** The schema of {@link adultLike}. */
export const adultLikeSchema = new Schema(
  columns.map(([name, type, nullable]) => new Field(name, type, nullable)),
);

/** `rows` rows of 15 columns, in batches: always the same ones. */
export async function* adultLike(
  rows: number,
  batchRows = 65_536,
): AsyncGenerator<RecordBatch, void, undefined> {
  const random = createRandom('adult-like');
  for (let start = 0; start < rows; start += batchRows) {
    const count = Math.min(batchRows, rows - start);
    const data = columns.map(([name, , , make]) => make(count, random.fork(start, name)));
    yield makeBatch(adultLikeSchema, data, count);
  }
}

function names(stem: string, count: number): string[] {
  return Array.from({ length: count }, (_, k) => `${stem} ${k}`);
}

function uniforms(rows: number, random: Random): Float32Array {
  return random.fillUniform(new Float32Array(rows));
}

function whole(type: DataType, value: (uniform: number) => number): Maker {
  return (rows, random) => {
    const data = type.ArrayType.from(uniforms(rows, random), (u: number) => Math.floor(value(u)));
    return makeData({ type, length: rows, nullCount: 0, data } as never);
  };
}

function weights(rows: number, random: Random): Data {
  const data = BigInt64Array.from(uniforms(rows, random), (u) => BigInt(Math.floor(u * 1.4e6)));
  return makeData({ type: new Int64(), length: rows, nullCount: 0, data });
}

function times(rows: number, random: Random): Data {
  const type = new TimestampMicrosecond('UTC');
  const start = 1_600_000_000_000_000;
  const data = BigInt64Array.from(uniforms(rows, random), (u) =>
    BigInt(start + Math.floor(u * 1e6) * 60_000_000),
  );
  return makeData({ type, length: rows, nullCount: 0, data });
}

function gain(uniform: number): number {
  return uniform < 0.9 ? 0 : Math.floor((uniform - 0.9) * 1e6) / 100;
}

function floats(type: DataType, value: (uniform: number) => number): Maker {
  return (rows, random) => {
    const data = type.ArrayType.from(uniforms(rows, random), value);
    return makeData({ type, length: rows, nullCount: 0, data } as never);
  };
}

function booleans(rows: number, random: Random): Data {
  const data = new Uint8Array(Math.ceil(rows / 64) * 8);
  uniforms(rows, random).forEach((u, row) => {
    if (u < 0.47) data[row >> 3] = (data[row >> 3] as number) | (1 << (row & 7));
  });
  return makeData({ type: new Bool(), length: rows, nullCount: 0, data });
}

/** Codes of levels, low ones more often. */
function drawCodes(levels: number, rows: number, random: Random): Int8Array {
  return Int8Array.from(uniforms(rows, random), (u) => Math.floor(u ** 3 * levels));
}

function codes({ type, values }: { type: Dictionary; values: Vector }): Maker {
  return (rows, random) => {
    const data = drawCodes(values.length, rows, random);
    return makeData({ type, length: rows, nullCount: 0, data, dictionary: values } as never);
  };
}

function text(levels: readonly string[]): Maker {
  const bytes = levels.map((level) => Buffer.from(level));
  return (rows, random) => {
    const drawn = Array.from(
      drawCodes(levels.length, rows, random),
      (code) => bytes[code] as Buffer,
    );
    const valueOffsets = new Int32Array(rows + 1);
    drawn.forEach(({ length }, row) => {
      valueOffsets[row + 1] = (valueOffsets[row] as number) + length;
    });
    const data = Buffer.concat(drawn);
    return makeData({ type: new Utf8(), length: rows, nullCount: 0, valueOffsets, data });
  };
}

function withNulls(share: number, make: Maker): Maker {
  return (rows, random) => {
    const data = make(rows, random.fork('values'));
    const bits = new Uint8Array(Math.ceil(rows / 64) * 8);
    let nulls = 0;
    uniforms(rows, random.fork('nulls')).forEach((u, row) => {
      if (u < share) nulls++;
      else bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row & 7));
    });
    const { 0: offsets, 1: values } = data.buffers;
    const buffers = [offsets, values, bits];
    return data.clone(data.type, 0, rows, nulls, buffers as never);
  };
}
