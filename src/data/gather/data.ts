import { Data, DataType, type DenseUnion, type Field, type SparseUnion, Type } from 'apache-arrow';
import { gatherDictionary } from './dictionary.js';
import { gatherBooleans, gatherValues } from './fixed-width.js';
import { gatherBytes, gatherOffsets } from './offsets.js';
import { checkRuns, createRunList, type RunList } from './runs.js';
import { gatherDenseUnion } from './union.js';
import { gatherValidity } from './validity.js';
import { gatherViews } from './view.js';

/** The parts of an Arrow array that a type may or may not have. */
export interface Parts {
  values?: ArrayBufferView | undefined;
  valueOffsets?: Int32Array | BigInt64Array | undefined;
  typeIds?: Int8Array | undefined;
  children?: Data[] | undefined;
  dictionary?: Data['dictionary'] | undefined;
  variadicBuffers?: Uint8Array[] | undefined;
}

/** One array of type `type`, made of row runs of arrays of that type. */
export function gatherData(type: DataType, sources: readonly Data[], runs: RunList): Data {
  checkRuns(sources, runs);
  const { rows: length } = runs;
  if (DataType.isNull(type)) return assembleData(type, length, length, undefined, {});
  const parts = gatherParts(type, sources, runs);
  if (DataType.isUnion(type)) return assembleData(type, length, 0, undefined, parts);
  const { nullCount, nullBitmap } = gatherValidity(sources, runs);
  return assembleData(type, length, nullCount, nullBitmap, parts);
}

function gatherParts(type: DataType, sources: readonly Data[], runs: RunList): Parts {
  switch (type.typeId) {
    case Type.Bool:
      return { values: gatherBooleans(sources, runs) };
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary: {
      const { valueOffsets, childRuns } = gatherOffsets(type, sources, runs);
      return { valueOffsets, values: gatherBytes(sources, childRuns) };
    }
    case Type.Utf8View:
    case Type.BinaryView: {
      const { views, variadicBuffers } = gatherViews(sources, runs);
      return { values: views, variadicBuffers };
    }
    case Type.List:
    case Type.LargeList:
    case Type.Map: {
      const { valueOffsets, childRuns } = gatherOffsets(type, sources, runs);
      return { valueOffsets, children: [gatherChild(type, 0, sources, childRuns)] };
    }
    case Type.FixedSizeList: {
      const { listSize } = type as DataType & { listSize: number };
      return { children: [gatherChild(type, 0, sources, scaleRuns(runs, listSize))] };
    }
    case Type.Struct:
      return { children: type.children.map((_, k) => gatherChild(type, k, sources, runs)) };
    case Type.Union:
      return gatherUnion(type as DenseUnion | SparseUnion, sources, runs);
    case Type.Dictionary:
      return gatherDictionary(type, sources, runs, gatherData);
    default:
      return { values: gatherValues(type, strideOf(type), sources, runs) };
  }
}

function gatherUnion(
  type: DenseUnion | SparseUnion,
  sources: readonly Data[],
  runs: RunList,
): Parts {
  const typeIds = new Int8Array(runs.rows);
  let position = 0;
  for (let run = 0; run < runs.count; run++) {
    const source = sources[runs.sources[run] as number] as Data;
    const from = source.typeIds as unknown as Int8Array;
    const start = runs.starts[run] as number;
    const length = runs.lengths[run] as number;
    typeIds.set(from.subarray(start, start + length), position);
    position += length;
  }
  if (DataType.isSparseUnion(type)) {
    const children = type.children.map((_, k) => gatherChild(type, k, sources, runs));
    return { typeIds, children };
  }
  const { valueOffsets, childRuns } = gatherDenseUnion(type as DenseUnion, sources, runs);
  const children = childRuns.map((each, k) => gatherChild(type, k, sources, each));
  return { typeIds, valueOffsets, children };
}

function gatherChild(type: DataType, index: number, sources: readonly Data[], runs: RunList): Data {
  const children = sources.map((source) => source.children[index] as Data);
  return gatherData((type.children[index] as Field).type, children, runs);
}

function scaleRuns({ count, sources, starts, lengths }: RunList, factor: number): RunList {
  const scaled = createRunList(count);
  for (let run = 0; run < count; run++) {
    const [start, length] = [starts[run] as number, lengths[run] as number];
    scaled.add(sources[run] as number, start * factor, length * factor);
  }
  return scaled;
}

function strideOf(type: DataType): number {
  return new Data(type, 0, 0).stride;
}

/** An array of its parts, without an offset. */
export function assembleData(
  type: DataType,
  length: number,
  nullCount: number,
  nullBitmap: Uint8Array | undefined,
  { values, valueOffsets, typeIds, children, dictionary, variadicBuffers }: Parts,
): Data {
  const buffers = [valueOffsets, values, nullBitmap, typeIds] as never;
  return new Data(type, 0, length, nullCount, buffers, children, dictionary, variadicBuffers);
}
