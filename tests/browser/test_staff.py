"""A specialist works on a case; others see only what they may."""

from playwright.sync_api import Locator, Page, expect

INBOX = "/admin/consultations/"
REFERENCE = "OC-3XHT-9QFA"
HEALTH = "My parting has become wider"


def open_case(page: Page) -> None:
    page.goto(INBOX)
    page.get_by_role("link", name=REFERENCE).click()
    expect(page.get_by_role("heading", name=REFERENCE)).to_be_visible()


def photos(page: Page) -> Locator:
    return page.get_by_role("main").locator("img[alt^=Photo]")


def width_of(image: Locator) -> int:
    expect(image).to_have_js_property("complete", True)
    return image.evaluate("image => image.naturalWidth")


def status_of(page: Page, url: str) -> int:
    return page.context.request.get(url, max_redirects=0).status


def test_a_specialist_answers_an_online_consultation(sign_in):
    page = sign_in("specialist", INBOX)
    open_case(page)
    expect(page.get_by_role("main")).to_contain_text(HEALTH)
    assert width_of(photos(page).first) > 0

    photos(page).first.click()
    assert width_of(page.locator("img")) > 600  # the large one, on its own
    page.go_back()

    page.get_by_role("textbox", name="Note").fill("Asked for a blood test.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_role("article").last).to_contain_text("Asked for a blood test.")

    page.get_by_role("combobox", name="Status").select_option("Done")
    page.get_by_role("button", name="Save status").click()
    expect(page.get_by_text(f"{REFERENCE} is now “Done”")).to_be_visible()
    history = page.get_by_role("region", name="What was done")
    expect(history).to_contain_text("Status changed")
    expect(history).to_contain_text("Photo viewed")


def test_reception_sees_who_wrote_but_no_answers_and_no_photos(sign_in):
    page = sign_in("reception", INBOX)
    open_case(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Sofia Marchetti")
    expect(main).to_contain_text("shown to specialists only")
    expect(main).not_to_contain_text(HEALTH)
    expect(main).not_to_contain_text("iron supplement")
    expect(photos(page)).to_have_count(0)


def test_a_photo_opens_for_specialists_only(sign_in, open_browser, address):
    specialist = sign_in("specialist", INBOX)
    open_case(specialist)
    small = address + photos(specialist).first.get_attribute("src")
    large = address + photos(specialist).locator("..").first.get_attribute("href")
    others = [sign_in("reception"), sign_in("editor"), open_browser().new_page()]
    for url in (small, large):
        assert status_of(specialist, url) == 200
        assert {status_of(other, url) for other in others} <= {302, 403}
