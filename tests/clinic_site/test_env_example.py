import re

from django.conf import settings

FOR_MAKE_RUN = {"HOST", "PORT"}


def test_documents_each_variable_that_the_settings_read():
    base = (settings.BASE_DIR / "clinic_site/settings/base.py").read_text()
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', base))
    example = (settings.BASE_DIR / ".env.example").read_text()
    documented = re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE)

    assert len(read) > 10
    assert sorted(documented) == sorted(read | FOR_MAKE_RUN)
