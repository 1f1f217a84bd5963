import { DataType, Field, List, Schema } from 'apache-arrow';
import { withMetadata } from '../schema/schema.js';

/** Key of the schema metadata that says how rows of sequences were grouped. */
const sequenceKey = 'gan-augment.sequence';

/** How rows of sequences stand for a long table of events. */
export interface SequenceLayout {
  /** Columns whose values together name an entity. */
  readonly by: readonly string[];
  /** The column that orders the events of an entity. */
  readonly orderBy?: string | undefined;
  /** Columns that hold a list: a value for each event. The others are attributes of the whole. */
  readonly lists: readonly string[];
}

/** The schema of rows of sequences that a long table's columns become. */
export function groupedSchema(schema: Schema, layout: SequenceLayout): Schema {
  const fields = schema.fields.map((field) =>
    layout.lists.includes(field.name) ? listField(field) : field,
  );
  return withMetadata(new Schema(fields, schema.metadata), {
    [sequenceKey]: JSON.stringify(layout),
  });
}

/** The schema of the long table that rows of sequences stand for. */
export function ungroupedSchema(schema: Schema, { lists }: SequenceLayout): Schema {
  const fields = schema.fields.map((field) =>
    lists.includes(field.name) ? eventField(field) : field,
  );
  const metadata = new Map(schema.metadata);
  metadata.delete(sequenceKey);
  return new Schema(fields, metadata);
}

/**
 * How the rows of a table were grouped, as its metadata says; of one without such, all columns of
 * lists are series. Undefined if there are none.
 */
export function readSequenceLayout(schema: Schema): SequenceLayout | undefined {
  const listed = schema.fields.filter(isList).map(({ name }) => name);
  const saved = parseLayout(schema.metadata.get(sequenceKey));
  if (saved?.lists.every((name) => listed.includes(name))) return saved;
  return listed.length > 0 ? { by: [], lists: listed } : undefined;
}

/** Whether rows were grouped: that is said of them, where columns of lists alone could be anything. */
export function isGrouped({ metadata }: Schema): boolean {
  return metadata.has(sequenceKey);
}

/** Whether a column holds lists of unlike length. */
export function isList({ type }: Field): boolean {
  return DataType.isList(type) || DataType.isLargeList(type);
}

function parseLayout(text: string | undefined): SequenceLayout | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isLayout(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLayout(value: unknown): value is SequenceLayout {
  if (typeof value !== 'object' || value === null) return false;
  const { by, orderBy, lists } = value as Record<string, unknown>;
  const areNames = (names: unknown) =>
    Array.isArray(names) && names.every((name) => typeof name === 'string');
  return areNames(by) && areNames(lists) && (orderBy === undefined || typeof orderBy === 'string');
}

function listField({ name, type, nullable, metadata }: Field): Field {
  return new Field(name, new List(new Field('item', type, nullable, metadata)), false);
}

function eventField({ name, type }: Field): Field {
  const { type: itemType, nullable, metadata } = type.children[0] as Field;
  return new Field(name, itemType, nullable, metadata);
}
