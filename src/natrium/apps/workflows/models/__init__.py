"""The rows of templates and workflows."""

from natrium.apps.workflows.models.batch import Batch
from natrium.apps.workflows.models.step import Comment, Step
from natrium.apps.workflows.models.template import StepGroupTemplate, StepTemplate, Template, TemplateVersion
from natrium.apps.workflows.models.view import SavedView
from natrium.apps.workflows.models.workflow import StepGroup, Workflow

__all__ = [
    "Batch",
    "Comment",
    "SavedView",
    "Step",
    "StepGroup",
    "StepGroupTemplate",
    "StepTemplate",
    "Template",
    "TemplateVersion",
    "Workflow",
]
