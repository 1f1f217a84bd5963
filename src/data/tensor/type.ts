import { type DataType, Field, FixedSizeList } from 'apache-arrow';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { describeType } from '../schema/describe.js';
import { elementType, type TensorElement, tensorElements } from './elements.js';
import { layoutProblem, type TensorLayout, tensorSize } from './layout.js';

/** What every tensor of a column is: its numbers and their layout. */
export interface TensorType extends TensorLayout {
  /** Type of one number. */
  readonly element: TensorElement;
}

// The names of Arrow's canonical extensions: columnar format, 'Fixed shape tensor'.
const extensionName = 'arrow.fixed_shape_tensor';
const nameKey = 'ARROW:extension:name';
const metadataKey = 'ARROW:extension:metadata';

/**
 * A field for a column of tensors: a fixed-size list with the extension `arrow.fixed_shape_tensor`,
 * which pyarrow and others know.
 *
 * @throws InvalidOptionError if element, shape, names or permutation cannot be.
 */
export function tensorField(
  name: string,
  given: TensorType & {
    /** Whether tensors may be null. Default: false. */
    nullable?: boolean;
    /** More metadata of the field. Default: none. */
    metadata?: Readonly<Record<string, string>>;
  },
): Field<FixedSizeList> {
  assertGiven(given, 'options', 'an object of options');
  const { nullable = false, metadata = {}, ...type } = given;
  const { element, shape, dimensionNames, permutation } = type;
  const problem = tensorElements.includes(element)
    ? layoutProblem(type)
    : `element must be one of ${tensorElements.join(', ')}: ${element}`;
  if (problem) throw new InvalidOptionError(`tensor column '${name}' cannot be: ${problem}`);
  const extension = {
    shape,
    ...(dimensionNames ? { dim_names: dimensionNames } : {}),
    ...(permutation ? { permutation } : {}),
  };
  // Other writers call the child so, and let it be nullable.
  const item = new Field('item', elementType(element), true);
  return new Field(
    name,
    new FixedSizeList(tensorSize(shape), item),
    nullable,
    new Map([
      ...Object.entries(metadata),
      [nameKey, extensionName],
      [metadataKey, JSON.stringify(extension)],
    ]),
  );
}

/** Whether a field says that it holds tensors. */
export function isTensorField(field: Field): boolean {
  assertGiven(field, 'field', 'a Field');
  return field.metadata.get(nameKey) === extensionName;
}

/**
 * What the tensors of a field are.
 *
 * @throws SchemaError if it holds no tensors, or what it says of them does not fit its type.
 */
export function tensorType(field: Field): TensorType {
  assertGiven(field, 'field', 'a Field');
  const refuse = (problem: string, remedy: string) =>
    new SchemaError(`column '${field.name}' ${problem}: ${describeType(field.type)}. ${remedy}`);
  if (!isTensorField(field)) {
    throw refuse('holds no tensors', `It needs the extension ${extensionName}`);
  }
  const list = field.type as FixedSizeList;
  const element = isFixedSizeList(field.type) ? elementOf(list.valueType) : undefined;
  if (!element) {
    throw refuse(
      'says it holds tensors, but is no fixed-size list of numbers',
      'Write it again, or drop the metadata ARROW:extension:name',
    );
  }
  const layout = readLayout(field.metadata.get(metadataKey));
  const problem = typeof layout === 'string' ? layout : layoutProblem(layout, list.listSize);
  if (problem || typeof layout === 'string') {
    throw refuse(`has tensors that cannot be read, ${problem}`, `Mend its ${metadataKey}`);
  }
  return { element, ...layout };
}

/** The layout in the extension's metadata; text that says what is wrong with it. */
function readLayout(text: string | undefined): TensorLayout | string {
  if (text === undefined) return 'metadata of the extension is missing';
  try {
    const { shape, dim_names, permutation } = JSON.parse(text) ?? {};
    return {
      shape,
      // Null is how some writers leave a thing out.
      ...(dim_names == null ? {} : { dimensionNames: dim_names }),
      ...(permutation == null ? {} : { permutation }),
    };
  } catch {
    return `metadata of the extension is no JSON (${text.slice(0, 40)})`;
  }
}

function isFixedSizeList(type: DataType): type is FixedSizeList {
  return 'listSize' in type && type.children?.length === 1;
}

function elementOf(type: DataType): TensorElement | undefined {
  return tensorElements.find((element) => element === describeType(type));
}
