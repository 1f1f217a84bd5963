import type { AnyOption, JsonSchema } from './option.js';

/** The JSON Schema of an option; undefined for one that JSON cannot hold. */
export function toJsonSchema(option: AnyOption): JsonSchema | undefined {
  const { json, about, shape, item, alternatives } = option;
  if (json === undefined) return undefined;
  const described = about === undefined ? json : { description: about, ...json };
  if (shape) {
    const required = Object.keys(shape).filter((name) => shape[name]?.isRequired);
    return {
      ...described,
      properties: propertiesOf(shape),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
    };
  }
  if (item) {
    const inside = toJsonSchema(item) ?? false;
    const place = json.type === 'array' ? 'items' : 'additionalProperties';
    return { ...described, [place]: inside };
  }
  if (!alternatives) return described;
  const possible = alternatives.flatMap((each) => toJsonSchema(each) ?? []);
  const [only, ...others] = possible;
  if (only === undefined) return undefined;
  return others.length === 0 ? { ...described, ...only } : { ...described, anyOf: possible };
}

function propertiesOf(shape: Readonly<Record<string, AnyOption>>): JsonSchema {
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, each]) => {
      const schema = toJsonSchema(each);
      return schema === undefined ? [] : [[name, schema]];
    }),
  );
}
