"""Makes the bundles of what is in library/: `python -m natrium.apps.workflows.bundling`, after a change there."""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from natrium.apps.workflows.files import read_template
from natrium.domain.workflow.codec import from_dict, to_dict


def bundle() -> str:
    """The bundle as it should be: a line for each entry of library/workflows, in order of names.

    Raises BadTemplateFile for a file that is no template, KeyError for one that the catalogue does not know.
    """
    folder = shelf()
    catalogue: dict[str, Any] = YAML(typ="safe").load((folder / "catalogue.yaml").read_text(encoding="utf-8"))
    lines = []
    for file in (folder / "workflows").iterdir():
        slug = file.name.removesuffix(".yaml")
        template = read_template(file.read_text(encoding="utf-8"), source=file.name)
        noted = catalogue.pop(slug)
        lines.append(
            {
                "slug": slug, "area": noted["area"], "aliases": noted["aliases"],
                "source": [] if noted["source"] == "none" else noted["source"],
                "reviewed": noted["reviewed"].isoformat() if "reviewed" in noted else "",
                "template": to_dict(template),
                "also": _template(slug, [{"name": "Also", "steps": noted["also"]}]) if "also" in noted else None,
            }
        )  # fmt: skip
    if catalogue:
        raise KeyError(f"The catalogue speaks of {', '.join(catalogue)}, and there is no such file.")
    lines.sort(key=lambda line: line["template"]["name"])
    return "[\n" + ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n]\n"


def parts() -> str:
    """The bundle of archetypes and facets as it should be; groups and steps get keys, as templates have them."""
    folder = shelf() / "suggestions"
    yaml = YAML(typ="safe")
    archetypes = yaml.load((folder / "archetypes.yaml").read_text(encoding="utf-8"))
    facets = yaml.load((folder / "facets.yaml").read_text(encoding="utf-8"))
    made = {
        "archetypes": [
            {
                "key": one["key"], "heads": one["heads"], "authority": one.get("authority", ""),
                "template": _template(one["key"], one["groups"]),
            }
            for one in archetypes
        ],
        "facets": [
            {
                "key": one["key"], "triggers": one["triggers"], "client": one.get("client", ""),
                "authority": one.get("authority", ""),
                "template": _template(one["key"], [{"name": "Steps", "steps": one["steps"]}]),
            }
            for one in facets
        ],
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=0) + "\n"


def _template(name: str, groups: list[dict[str, Any]]) -> dict[str, object]:
    keyed = [
        {
            "key": f"g{at}", "name": group["name"],
            "steps": [{"key": f"g{at}-s{place}", **step} for place, step in enumerate(group["steps"])],
        }
        for at, group in enumerate(groups)
    ]  # fmt: skip
    return to_dict(from_dict({"natrium": "template/1", "name": name, "groups": keyed}))


def shelf() -> Traversable:
    """The folder of the library."""
    return files("natrium") / "library"


if __name__ == "__main__":
    Path(str(shelf() / "bundle.json")).write_text(bundle(), encoding="utf-8")
    Path(str(shelf() / "parts.json")).write_text(parts(), encoding="utf-8")
