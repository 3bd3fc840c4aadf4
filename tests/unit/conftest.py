"""How hard the properties are tried: the same cases each time in the usual run, new ones and many when asked to.

HYPOTHESIS_PROFILE=thorough   many new cases, for a soak
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
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))
