"""Copies a Parquet file by Polars: INPUT OUTPUT. POLARS_MAX_THREADS says how many threads."""
import json
import re
import sys
import time

import polars

source, target = sys.argv[1:3]
start = time.perf_counter()
polars.scan_parquet(source).sink_parquet(
    target, compression="zstd", compression_level=1, row_group_size=131072
)
seconds = time.perf_counter() - start
rows = polars.scan_parquet(target).select(polars.len()).collect().item()
# Not getrusage: on Linux that starts at what the parent had when it forked.
peak = int(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1]) / 1024
print(json.dumps({"rows": rows, "seconds": seconds, "peakMiB": peak, "version": polars.__version__}))
