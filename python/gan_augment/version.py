"""The version of this module, which is that of the npm package whose binary it runs."""

__version__ = "0.1.0"
