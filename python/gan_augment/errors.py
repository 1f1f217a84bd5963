"""Errors: those of `gan-augment` itself, by its codes, and those of running it."""

from __future__ import annotations

from typing import Dict, Optional, Type


class GanAugmentError(Exception):
    """Base of every error of this module; `code` is the one that `gan-augment` gives."""

    code = "UNEXPECTED"

    def __init__(self, message: str, code: Optional[str] = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class InvalidOptionError(GanAugmentError, ValueError):
    """An option has a value that cannot be used."""

    code = "INVALID_OPTION"


class SchemaError(GanAugmentError, TypeError):
    """A schema, or a column of it, does not fit what is asked of it."""

    code = "SCHEMA"


class DataError(GanAugmentError, ValueError):
    """Rows cannot be used for what is asked of them."""

    code = "DATA"


class FileError(GanAugmentError, OSError):
    """A file cannot be found, read or written."""

    code = "FILE"


class FormatError(GanAugmentError, ValueError):
    """Bytes are not in the format that they should be in, or are damaged."""

    code = "FORMAT"


class ModelError(GanAugmentError):
    """A saved model is damaged, altered, or of an unknown version."""

    code = "MODEL"


class SignatureError(GanAugmentError):
    """A model is not signed with the key that it should be signed with."""

    code = "SIGNATURE"


class ComputeError(GanAugmentError):
    """A model cannot be run on the wanted engine."""

    code = "COMPUTE"


class TrainingError(GanAugmentError):
    """Training cannot start or go on."""

    code = "TRAINING"


class BinaryNotFoundError(GanAugmentError, FileNotFoundError):
    """`gan-augment` itself cannot be found; the message says where it was looked for."""

    code = "BINARY_NOT_FOUND"


class WorkerError(GanAugmentError, RuntimeError):
    """The process of `gan-augment` ended, or did not answer as it should."""

    code = "WORKER"


class IncompleteStreamError(WorkerError):
    """What came back is not the whole stream: it must not be used."""

    code = "INCOMPLETE"


_classes: Dict[str, Type[GanAugmentError]] = {
    each.code: each
    for each in (
        InvalidOptionError,
        SchemaError,
        DataError,
        FileError,
        FormatError,
        ModelError,
        SignatureError,
        ComputeError,
        TrainingError,
    )
}


def error_of(code: str, message: str) -> GanAugmentError:
    """Make the error of a code of `gan-augment`."""
    return _classes.get(code, GanAugmentError)(message, code)
