"""Every job of the product is called by words that people know."""

from importlib import import_module
from pathlib import Path

from django.tasks import Task

from natrium import jobs
from natrium.apps.background.words import WORDS


def test_every_job_has_words() -> None:
    modules = [import_module(f"natrium.jobs.{file.stem}") for file in Path(jobs.__path__[0]).glob("[a-z]*.py")]
    tasks = {one.module_path for module in modules for one in vars(module).values() if isinstance(one, Task)}
    assert tasks == set(WORDS)
