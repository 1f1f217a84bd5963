"""Checks, runs and decodes an exported generator, for `npm run bench -- export`.

usage: generator_onnx.py DIRECTORY BATCH...; prints one line of JSON.
Of the package it knows the description in the file's metadata only (see describe-rows.ts).
"""

import json
import sys
from pathlib import Path

import numpy
import onnx
import onnxruntime

WHOLE = ("integer", "decimal", "temporal")


def main():
    directory, batches = Path(sys.argv[1]), sys.argv[2:]
    path = directory / "generator.onnx"
    problems = []
    onnx.checker.check_model(str(path), full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    metadata = session.get_modelmeta().custom_metadata_map
    description = json.loads(metadata["gan-augment.rows"])
    columns = {each["name"]: each["columns"] for each in description["inputs"]}
    width = description["output"]["width"]
    declared = {value.name: value.shape for value in session.get_inputs()}
    if declared != {name: ["batch", size] for name, size in columns.items()}:
        problems.append(f"inputs are {declared}, described as {columns}")
    given = [(value.name, value.shape) for value in session.get_outputs()]
    if given != [(description["output"]["name"], ["batch", width])]:
        problems.append(f"outputs are {given}")

    results = []
    for batch in batches:
        read = lambda name: numpy.fromfile(directory / f"{name}-{batch}.f32", "float32")
        feed = {name: read(name).reshape(int(batch), size) for name, size in columns.items()}
        problems += [f"{batch}: {each}" for each in condition_problems(description, feed)]
        (rows,) = session.run(["rows"], feed)
        ours = read("rows").reshape(rows.shape)
        difference = float(abs(rows - ours).max())
        if difference > 1e-4:
            problems.append(f"{batch}: rows differ by {difference}")
        expected = json.loads((directory / f"decoded-{batch}.json").read_text())
        alike = []
        for column in description["columns"]:
            decoded = decode(column["encoder"], column["spans"], ours)
            if decoded is None:
                continue
            name = column["name"]
            if same(decoded, expected[name]):
                alike.append(name)
            else:
                problems.append(f"{batch}: column {name}: {decoded[:3]}, not {expected[name][:3]}")
        results.append({"rows": int(batch), "difference": difference, "columns": alike})
    print(
        json.dumps(
            {
                "versions": f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}",
                "inputs": [f"{name} {shape}" for name, shape in declared.items()],
                "outputs": [f"{name} {shape}" for name, shape in given],
                "batches": results,
                "problems": problems,
            }
        )
    )


def condition_problems(description, feed):
    """A row of conditions names one level of one column."""
    if "condition" not in feed:
        return
    condition = feed["condition"]
    if not ((condition.sum(1) == 1) & (condition.max(1) == 1)).all():
        yield "a condition is not one-hot"
    end = max(each["offset"] + len(each["counts"]) for each in description["conditions"])
    if end != condition.shape[1]:
        yield f"conditions end at {end}, not at {condition.shape[1]}"


def decode(encoder, spans, rows):
    """A column's values by its description, or None where that takes more than its numbers."""
    kind = encoder["kind"]
    if kind == "nullable":
        presence, *inner = spans
        values = decode(encoder["inner"], inner, rows)
        present = codes(presence, rows) == 1
        return values and [value if is_there else None for value, is_there in zip(values, present)]
    if kind in ("categorical", "boolean"):
        return [encoder["levels"][code] for code in codes(spans[0], rows)]
    if kind == "continuous":
        numbers = modes(encoder, spans, rows) * encoder["unit"]
        if "decimals" in encoder:
            numbers = numpy.round(numbers, encoder["decimals"])
        return [float(number) for number in numbers]
    if kind in WHOLE:
        lowest, highest, step = (int(encoder[key]) for key in ("lowest", "highest", "step"))
        steps = numpy.floor(modes(encoder, spans, rows) + 0.5)
        return [str(min(highest, lowest + int(number) * step)) for number in steps]
    return None


def codes(span, rows):
    return rows[:, span["offset"] : span["offset"] + span["size"]].argmax(1)


def modes(encoder, spans, rows):
    """Numbers of a column with modes, before its unit."""
    scalar = next((span for span in spans if span["kind"] == "scalar"), None)
    onehot = next((span for span in spans if span["kind"] == "onehot"), None)
    numbers = rows[:, scalar["offset"]].astype("float64") if scalar else numpy.zeros(len(rows))
    chosen = codes(onehot, rows) if onehot else numpy.zeros(len(rows), int)
    center = numpy.array([float(mode["center"]) for mode in encoder["modes"]])[chosen]
    half = numpy.array([mode["halfWidth"] for mode in encoder["modes"]])[chosen]
    inside = numpy.clip(
        center + half * numpy.clip(numbers, -1, 1), encoder["minimum"], encoder["maximum"]
    )
    return numpy.where(half == 0, center, inside)


def same(values, expected):
    def alike(a, b):
        if isinstance(a, float) and isinstance(b, (int, float)):
            return abs(a - b) <= 1e-6 * max(1, abs(b))
        return a == b

    return len(values) == len(expected) and all(map(alike, values, expected))


main()
