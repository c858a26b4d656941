"""Takes the README's pictures: python -m tests.browser.screenshots BASE_URL OUT_DIR"""

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURES = {
    "home.png": "/",
    "article.png": "/answers/does-mesotherapy-work-for-hair-loss/",
}
LARGEST = 250_000  # bytes


def main(base_url: str, out_dir: str) -> None:
    folder = Path(out_dir)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page(
            viewport={"width": 1280, "height": 900}, color_scheme="light"
        )
        for name, path in PICTURES.items():
            page.goto(base_url.rstrip("/") + path, wait_until="networkidle")
            (folder / name).write_bytes(small_png(page.screenshot()))
        browser.close()


def small_png(png: bytes) -> bytes:
    """As it is where that is small, else with fewer colours.

    Raises ValueError when even 16 colours are too many.
    """
    picture = Image.open(BytesIO(png)).convert("RGB")
    fewer = (picture.quantize(colours) for colours in (256, 128, 64, 32, 16))
    for smaller in (picture, *fewer):
        file = BytesIO()
        smaller.save(file, "PNG", optimize=True)
        if file.tell() <= LARGEST:
            return file.getvalue()
    raise ValueError(f"The picture stays larger than {LARGEST} bytes.")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
