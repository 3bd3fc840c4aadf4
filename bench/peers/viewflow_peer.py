"""viewflow with W on SQLite: start a process; assign and complete a human task."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import django
from django.conf import settings

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 300
FOLDER = Path(tempfile.mkdtemp(prefix="natrium-bench-"))
settings.configure(
    SECRET_KEY="bench",  # noqa: S106 - a throw-away database
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow", "annual"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "viewflow.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    },
)
django.setup()

from annual.flows import AnnualAccounts  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402 - after set-up
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from viewflow.workflow.models import Task  # noqa: E402


def main() -> None:
    """Print processes started and tasks completed a second."""
    call_command("migrate", verbosity=0)
    user = User.objects.create(username="jo", is_superuser=True)
    begin = time.perf_counter()
    with transaction.atomic():
        for _ in range(COUNT):
            AnnualAccounts.start.run()
    attached = COUNT / (time.perf_counter() - begin)
    ids = list(Task.objects.filter(flow_task_type="HUMAN").values_list("pk", flat=True)[: min(COUNT, 200)])
    begin = time.perf_counter()
    for number in ids:
        with transaction.atomic(), Task.objects.get(pk=number).activation() as activation:
            activation.assign(user)
            activation.start(None)
            activation.execute()
    rate = len(ids) / (time.perf_counter() - begin)
    print(json.dumps({"viewflow_attach_s": attached, "viewflow_complete_s": rate}))


if __name__ == "__main__":
    main()
