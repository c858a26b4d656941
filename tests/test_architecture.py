import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import get_template
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

TEMPLATES = sorted(Path("templates").rglob("*.html"))


def test_imports_point_down_only():
    assert lint_imports(config_filename="pyproject.toml") == EXIT_STATUS_SUCCESS


@pytest.mark.django_db
def test_migrations_are_up_to_date():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_template_compiles(path):
    get_template(str(path.relative_to("templates")))


def test_templates_load_nothing_from_elsewhere():
    for path in TEMPLATES:
        loaded = re.findall(r"""(?:src|srcset)=["']https?:""", path.read_text())
        assert not loaded, path
