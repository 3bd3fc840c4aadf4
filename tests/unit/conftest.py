"""How hard the properties are tried: the same cases each time in the usual run, new ones and many when asked to.

HYPOTHESIS_PROFILE=thorough   many new cases, for a soak
HYPOTHESIS_PROFILE=mutation   a few fixed ones, once for each of thousands of mutants
"""

import os

from hypothesis import HealthCheck, Phase, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("usual", derandomize=True, deadline=None, max_examples=45, suppress_health_check=SLOW)
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=3000,
    suppress_health_check=SLOW,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink],
)
settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=12,
    suppress_health_check=[*SLOW, HealthCheck.differing_executors],  # the same process runs the tests more than once
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))
