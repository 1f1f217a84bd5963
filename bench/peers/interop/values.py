"""Values of Arrow columns as bench/interop/canonical.ts writes them: every bit counts, units and
widths do not."""

import pyarrow as pa

NANOSECONDS = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}
DAY = 86_400 * 10**9


def canonical(array):
    if isinstance(array, pa.ChunkedArray):
        return [value for chunk in array.chunks for value in canonical(chunk)]
    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        return canonical(array.storage)
    if pa.types.is_dictionary(kind):
        return at(canonical(array.dictionary), array.indices.to_pylist())
    if pa.types.is_union(kind):
        return union(array)
    if pa.types.is_map(kind):
        keys, items = canonical(array.keys), canonical(array.items)
        return slices(array, [list(pair) for pair in zip(keys, items)])
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return slices(array, canonical(array.values))
    if pa.types.is_fixed_size_list(kind):
        size, values = kind.list_size, canonical(array.values)
        starts = ((array.offset + row) * size for row in range(len(array)))
        return valid(array, [values[start : start + size] for start in starts])
    if pa.types.is_struct(kind):
        children = [canonical(child) for child in array.flatten()]
        return valid(array, [[child[row] for child in children] for row in range(len(array))])
    return [None if value is None else scalar(kind, value) for value in plain(array)]


def plain(array):
    """The values of a column without children, as numbers where it has numbers below."""
    kind = array.type
    if pa.types.is_floating(kind) or (pa.types.is_temporal(kind) and not pa.types.is_interval(kind)):
        return array.view({16: pa.int16(), 32: pa.int32(), 64: pa.int64()}[kind.bit_width]).to_pylist()
    return array.to_pylist()


def scalar(kind, value):
    if pa.types.is_boolean(kind):
        return value
    if pa.types.is_floating(kind):
        return value.to_bytes(kind.bit_width // 8, "little", signed=True).hex()
    if pa.types.is_decimal(kind):
        return f"{int(value.scaleb(kind.scale))}e-{kind.scale}"
    if pa.types.is_date(kind):
        return str(value * (DAY if pa.types.is_date32(kind) else 10**6))
    if pa.types.is_interval(kind):
        return [str(part) for part in value]
    if pa.types.is_temporal(kind):
        return str(value * NANOSECONDS[kind.unit])
    if isinstance(value, int):
        return str(value)
    return (value.encode() if isinstance(value, str) else value).hex()


def family(kind):
    """What sort of values a type has, in the words of bench/interop/canonical.ts."""
    if isinstance(kind, pa.BaseExtensionType):
        return family(kind.storage_type)
    if pa.types.is_dictionary(kind):
        return family(kind.value_type)
    if pa.types.is_floating(kind):
        return f"float{kind.bit_width}"
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return "instant"
    tests = ["integer", "decimal", "time", "duration", "interval", "boolean", "null", "nested"]
    return next((test for test in tests if getattr(pa.types, f"is_{test}")(kind)), "bytes")


def at(values, indices):
    return [None if index is None else values[index] for index in indices]


def valid(array, values):
    return [value if there else None for value, there in zip(values, array.is_valid().to_pylist())]


def slices(array, values):
    offsets = array.offsets.to_pylist()
    return valid(array, [values[a:b] for a, b in zip(offsets, offsets[1:])])


def union(array):
    kind = array.type
    codes = array.type_codes.to_pylist()
    children = {code: canonical(array.field(k)) for k, code in enumerate(kind.type_codes)}
    offsets = array.offsets.to_pylist() if kind.mode == "dense" else range(len(array))
    return [{str(code): children[code][row]} for code, row in zip(codes, offsets)]
