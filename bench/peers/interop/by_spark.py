"""Spark on one thread, with the Parquet of parquet-mr (Java). Its workers are never needed."""

import shutil

import pyspark
from pyspark.sql import SparkSession

NAME = "Spark"
VERSION = pyspark.__version__
EXTENSIONS = (".parquet",)

SPARK = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.sql.execution.arrow.pyspark.enabled", "true")
    .config("spark.driver.memory", "1g")
    .config("spark.log.level", "OFF")
    .getOrCreate()
)


def read(path):
    return SPARK.read.parquet(str(path)).toArrow()


def writers():
    return {
        "Spark": save(),
        "Spark v2 zstd plain": save(
            **{
                "compression": "zstd",
                "parquet.writer.version": "PARQUET_2_0",
                "parquet.enable.dictionary": "false",
            }
        ),
    }


def save(**options):
    def write(table, path):
        folder = path.with_suffix(".spark")
        frame = SPARK.createDataFrame(table).coalesce(1)
        frame.write.options(**options).mode("overwrite").parquet(str(folder))
        (part,) = folder.glob("part-*.parquet")
        part.rename(path)
        shutil.rmtree(folder)

    return ".parquet", write
