"""What SDMetrics' and mostlyai-qa's reports say of three Parquet files: real, synthetic and held-out rows.

Prints one line of JSON. `pip install sdmetrics mostlyai-qa pyarrow`
"""

import json
import os
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
import pandas as pd
from mostlyai import qa
from sdmetrics.reports.single_table import DiagnosticReport, QualityReport

real, synthetic, holdout = (pd.read_parquet(path) for path in sys.argv[1:4])
kinds = {
    name: {"sdtype": "numerical" if pd.api.types.is_numeric_dtype(real[name]) else "categorical"}
    for name in real.columns
}


def properties_of(report):
    report.generate(real, synthetic, {"columns": kinds}, verbose=False)
    properties = report.get_properties()
    own = dict(zip(properties["Property"], properties["Score"]))
    return {"score": report.get_score(), **own}


with tempfile.TemporaryDirectory() as folder:
    _, metrics = qa.report(
        syn_tgt_data=synthetic,
        trn_tgt_data=real,
        hol_tgt_data=holdout,
        report_path=os.path.join(folder, "report.html"),
    )
print(
    json.dumps(
        {
            "quality": properties_of(QualityReport()),
            "diagnostic": properties_of(DiagnosticReport()),
            "mostly": metrics.model_dump(),
        }
    )
)
