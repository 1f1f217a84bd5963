import { type ThriftStruct, wire } from '../format/thrift.js';
import { getField, getStruct, setField } from '../format/thrift-fields.js';

// Ids of fields of SchemaElement, and of kinds of LogicalType, in parquet.thrift.
const element = { type: 1, typeLength: 2, convertedType: 6, logicalType: 10 };
const kinds = { enum: 4, json: 12, bson: 13, uuid: 14, variant: 16, geometry: 17, geography: 18 };
const converted = { enum: 4, json: 19, bson: 20 };
const physical = { byteArray: 6, fixedLengthByteArray: 7 };
const uuidBytes = 16;

/** Keys of field metadata: those of Arrow's extension types, and ours for what these lack. */
export const extensionKey = 'ARROW:extension:name';
const extensionMetadataKey = 'ARROW:extension:metadata';
const logicalTypeKey = 'PARQUET:logical_type';

/** Edges of geographies, by their number in Parquet and their name in GeoArrow. */
const edges = ['spherical', 'vincenty', 'thomas', 'andoyer', 'karney'];
/** Parquet's coordinates where none are named, and its name for none that are known. */
const [defaultCrs, unknownCrs] = ['OGC:CRS84', 'srid:0'];

type Metadata = Readonly<Record<string, string>>;

/** What metadata of a field says which of Parquet's logical types Arrow has no type for. */
export function metadataOf(struct: ThriftStruct): Metadata | undefined {
  const logical = getStruct(struct, element.logicalType);
  const name = getField(struct, element.convertedType);
  const isKind = (kind: number, legacy = -1) => logical[0]?.id === kind || name === legacy;
  if (isKind(kinds.uuid)) return extension('arrow.uuid');
  if (isKind(kinds.json, converted.json)) return extension('arrow.json');
  if (isKind(kinds.variant)) return extension('arrow.parquet.variant');
  if (isKind(kinds.enum, converted.enum)) return { [logicalTypeKey]: 'ENUM' };
  if (isKind(kinds.bson, converted.bson)) return { [logicalTypeKey]: 'BSON' };
  if (isKind(kinds.geometry) || isKind(kinds.geography)) return geometryMetadata(logical);
  return undefined;
}

function extension(name: string, metadata = ''): Metadata {
  return { [extensionKey]: name, [extensionMetadataKey]: metadata };
}

function geometryMetadata([kind]: ThriftStruct): Metadata {
  const struct = (kind?.value ?? []) as ThriftStruct;
  const bytes = getField(struct, 1);
  const crs = bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : defaultCrs;
  const known = crs === unknownCrs ? {} : { crs: parseCrs(crs) };
  const edge =
    kind?.id === kinds.geography ? { edges: edges[Number(getField(struct, 2) ?? 0)] } : {};
  return extension('geoarrow.wkb', JSON.stringify({ ...known, ...edge }));
}

/** Some writers put a whole description of coordinates there, as JSON. */
function parseCrs(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An element with the logical type that metadata of its field names; as it is where that names none. */
export function nameElement(
  struct: ThriftStruct,
  metadata: ReadonlyMap<string, string>,
): ThriftStruct {
  const type = getField(struct, element.type);
  const isBytes = type === physical.byteArray;
  switch (metadata.get(extensionKey) ?? metadata.get(logicalTypeKey)) {
    case 'arrow.uuid': {
      const isUuid =
        type === physical.fixedLengthByteArray &&
        getField(struct, element.typeLength) === uuidBytes;
      return isUuid ? named(struct, kinds.uuid) : struct;
    }
    case 'arrow.json':
      return isBytes ? named(struct, kinds.json, [], converted.json) : struct;
    case 'BSON':
      return isBytes ? named(struct, kinds.bson, [], converted.bson) : struct;
    case 'ENUM':
      return isBytes ? named(struct, kinds.enum, [], converted.enum) : struct;
    case 'arrow.parquet.variant':
      return type === undefined
        ? named(struct, kinds.variant, [{ id: 1, type: wire.int8, value: 1 }])
        : struct;
    case 'geoarrow.wkb':
      return isBytes ? nameGeometry(struct, metadata.get(extensionMetadataKey)) : struct;
    default:
      return struct;
  }
}

function nameGeometry(struct: ThriftStruct, text = ''): ThriftStruct {
  const { crs, edges: edge } = parseMetadata(text);
  const name =
    typeof crs === 'string' ? crs : JSON.stringify(crs ?? unknownCrs).replaceAll(/^"|"$/g, '');
  const value: ThriftStruct =
    name === defaultCrs ? [] : [{ id: 1, type: wire.binary, value: Buffer.from(name) }];
  const algorithm = edges.indexOf(String(edge));
  if (algorithm < 0) return named(struct, kinds.geometry, value);
  return named(struct, kinds.geography, [...value, { id: 2, type: wire.int32, value: algorithm }]);
}

function parseMetadata(text: string): { crs?: unknown; edges?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function named(
  struct: ThriftStruct,
  kind: number,
  value: ThriftStruct = [],
  legacy?: number,
): ThriftStruct {
  const logical = [{ id: kind, type: wire.struct, value }];
  const plain = setField(struct, element.convertedType, wire.int32, legacy);
  return setField(plain, element.logicalType, wire.struct, logical);
}
