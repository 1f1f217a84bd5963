"""What does Google's dp-accounting say that subsampled Gaussians cost? Needs the package of that name.

Reads JSON from stdin: [[sample rate, noise multiplier, releases, delta], ...]; prints one JSON line,
[[epsilon by Renyi divergences, epsilon by privacy loss distributions or null], ...]. The latter, which
are tighter and slower, are asked for with --pld.
"""
import json
import logging
import sys

from dp_accounting import dp_event
from dp_accounting.pld.pld_privacy_accountant import PLDAccountant
from dp_accounting.rdp.rdp_privacy_accountant import RdpAccountant

# Orders that do not converge are told of one by one.
logging.disable(logging.WARNING)


def epsilon(accountant, rate, noise, releases, delta):
    event = dp_event.PoissonSampledDpEvent(rate, dp_event.GaussianDpEvent(noise))
    return accountant.compose(event, releases).get_epsilon(delta)


settings = json.load(sys.stdin)
print(json.dumps([
    [epsilon(RdpAccountant(), *each), epsilon(PLDAccountant(), *each) if '--pld' in sys.argv else None]
    for each in settings
]))
