"""Somebody at a browser, and what their browser noticed meanwhile."""

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
)

TABS_AT_MOST = 80


class Visitor:
    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.console_errors: list[str] = []
        self.foreign_requests: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self.note_message)
        self.page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        context.on("request", self.note_request)

    def note_message(self, message: ConsoleMessage) -> None:
        # A form with errors and a page that is missing are answers, not faults.
        is_the_page_itself = message.location["url"] == self.page.url
        if message.type == "error" and not (
            is_the_page_itself and message.text.startswith("Failed to load resource")
        ):
            self.console_errors.append(f"{message.text} {message.location['url']}")

    def note_request(self, request: Request) -> None:
        if not request.url.startswith((self.address + "/", "data:")):
            self.foreign_requests.append(request.url)

    def tab_to(self, target: Locator, *, backwards: bool = False) -> None:
        """With the Tab key alone, as far as that takes."""
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
            if has_focus(target):
                return
        raise AssertionError(f"The Tab key does not reach {target}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def see(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def show_all(self, width: int) -> None:
        """As tall as the page, so that no bar covers anything of it."""
        page = self.page
        page.set_viewport_size({"width": width, "height": 900})
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})

    def has_sideways_scrolling(self) -> bool:
        root = "document.documentElement"
        return self.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")


def has_focus(target: Locator) -> bool:
    return target.evaluate("element => element === document.activeElement")
