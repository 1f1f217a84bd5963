"""Mixes GAN-made synthetic rows into Arrow record batches, by the npm package gan-augment.

`augment` takes any iterator of record batches; the modules `spark`, `ray`, `dask`, `polars` and
`datafusion` take what those engines have. `train` makes a model of a sample.
"""

from .augmenting import augment
from .errors import (
    BinaryNotFoundError,
    ComputeError,
    DataError,
    FileError,
    FormatError,
    GanAugmentError,
    IncompleteStreamError,
    InvalidOptionError,
    ModelError,
    SchemaError,
    SignatureError,
    TrainingError,
    WorkerError,
)
from .training import train
from .version import __version__
from .worker import close_workers

__all__ = [
    "BinaryNotFoundError",
    "ComputeError",
    "DataError",
    "FileError",
    "FormatError",
    "GanAugmentError",
    "IncompleteStreamError",
    "InvalidOptionError",
    "ModelError",
    "SchemaError",
    "SignatureError",
    "TrainingError",
    "WorkerError",
    "__version__",
    "augment",
    "close_workers",
    "train",
]
