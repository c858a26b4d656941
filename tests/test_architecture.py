import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import get_template
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from clinic_site.core import blocks

TEMPLATES = sorted(Path("templates").rglob("*.html"))


def test_imports_point_down_only():
    assert lint_imports(config_filename="pyproject.toml") == EXIT_STATUS_SUCCESS


@pytest.mark.django_db
def test_migrations_are_up_to_date():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_template_compiles(path):
    get_template(str(path.relative_to("templates")))


@pytest.mark.parametrize("name", blocks.BodyBlock.base_blocks)
def test_every_block_has_a_template_an_icon_a_description_and_a_preview(name):
    meta = blocks.BodyBlock.base_blocks[name].meta
    get_template(meta.template)
    assert meta.icon != "placeholder"
    assert meta.description
    block = blocks.BodyBlock.base_blocks[name]
    assert block.get_preview_value()


def test_templates_load_nothing_from_elsewhere():
    for path in TEMPLATES:
        loaded = re.findall(r"""(?:src|srcset)=["']https?:""", path.read_text())
        assert not loaded, path
