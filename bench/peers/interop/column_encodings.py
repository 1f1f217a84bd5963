"""The Parquet encoding of a kind that fits a column's type, if there is one."""

import pyarrow as pa


def leaf_type(kind):
    while pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        kind = kind.value_type
    return kind


def delta(kind):
    kind = leaf_type(kind)
    if pa.types.is_integer(kind) or pa.types.is_temporal(kind):
        return "DELTA_BINARY_PACKED"
    if is_text(kind):
        return "DELTA_LENGTH_BYTE_ARRAY"
    return None


def delta_bytes(kind):
    kind = leaf_type(kind)
    fits = is_text(kind) or pa.types.is_fixed_size_binary(kind) or pa.types.is_decimal(kind)
    return "DELTA_BYTE_ARRAY" if fits else None


def split(kind):
    kind = leaf_type(kind)
    wide = pa.types.is_primitive(kind) and not pa.types.is_boolean(kind)
    fits = wide or pa.types.is_fixed_size_binary(kind) or pa.types.is_decimal(kind)
    return "BYTE_STREAM_SPLIT" if fits else None


def is_text(kind):
    tests = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
    return any(getattr(pa.types, f"is_{test}")(kind) for test in tests)
