#!/usr/bin/env python3
"""Django's own commands, for developers; the product's are under `natrium`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "natrium.config.settings")
    execute_from_command_line(sys.argv)
