import { DataType, type Schema } from 'apache-arrow';
import { ModelError } from '../../errors.js';
import { isTextOf } from '../cells/column-texts.js';
import { isTextable } from '../cells/column-types.js';
import { checkRules } from './learned-table.js';
import { areComparable } from './order.js';
import { type Rule, type RuleKind, ruleKinds } from './rule.js';
import { isNumeric } from './rule-table.js';

/**
 * Reads the rules of a saved model, which may come from anywhere.
 *
 * @throws ModelError for what is no rule of the schema's columns.
 */
export function rulesFromJSON(schema: Schema, json: unknown): Rule[] {
  if (json === undefined) return [];
  if (!Array.isArray(json)) throw damaged(json);
  const rules = json.map((each) => ruleFromJSON(schema, each));
  try {
    checkRules(schema, rules);
  } catch {
    throw damaged(json);
  }
  return rules;
}

function damaged(json: unknown): ModelError {
  return new ModelError(
    `saved rule cannot be right: ${String(JSON.stringify(json)).slice(0, 80)}. Train the model again`,
  );
}

function ruleFromJSON(schema: Schema, json: unknown): Rule {
  if (typeof json !== 'object' || json === null) throw damaged(json);
  const rule = json as Rule;
  const { kind, columns, rows } = rule;
  const least = leastColumns[kind as RuleKind];
  if (!ruleKinds.includes(kind) || !Array.isArray(columns) || columns.length < least) {
    throw damaged(json);
  }
  const types = columns.map((name) => schema.fields.find((field) => field.name === name)?.type);
  const isRight =
    new Set(columns).size === columns.length &&
    types.every((type) => type !== undefined) &&
    Number.isFinite(rows) &&
    suits(rule, types as DataType[]);
  if (!isRight) throw damaged(json);
  return rule;
}

const leastColumns: Readonly<Record<RuleKind, number>> = {
  combination: 2,
  order: 2,
  nulls: 2,
  'null-where': 2,
  sum: 3,
  ratio: 2,
  unique: 1,
};

function suits(rule: Rule, types: readonly DataType[]): boolean {
  const { kind, where, factor, decimals, highest } = rule;
  if (decimals !== undefined && !(Number.isInteger(decimals) && decimals >= 0 && decimals < 99)) {
    return false;
  }
  const last = types.at(-1) as DataType;
  switch (kind) {
    case 'combination':
      return types.every(isTextable);
    case 'order':
      return (
        types.every((type) => isNumeric(type) && areComparable(type, last)) &&
        (highest === undefined || (typeof highest === 'string' && isTextOf(last, highest)))
      );
    case 'null-where':
      return (
        isTextable(last) &&
        Array.isArray(where) &&
        where.every((text) => text === null || typeof text === 'string')
      );
    case 'sum':
      return types.every(isAmount);
    case 'ratio':
      return Number.isFinite(factor) && types.every(isNumeric);
    default:
      return true;
  }
}

const isAmount = (type: DataType) =>
  isNumeric(type) && (DataType.isFloat(type) || DataType.isInt(type) || DataType.isDecimal(type));
