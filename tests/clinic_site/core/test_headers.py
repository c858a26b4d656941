import pytest

pytestmark = pytest.mark.django_db


def test_public_pages_allow_nothing_from_elsewhere(client, home):
    for path in ("/", "/answers/", "/free-consultation/", "/no-such-page/"):
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in response["Permissions-Policy"]
        assert "max-age=63072000" in response["Strict-Transport-Security"]


def test_readers_get_no_cookie(client, home):
    for path in (
        "/",
        "/answers/",
        "/topics/",
        "/search/?q=hair",
        "/free-consultation/",
        "/no-such-page/",
    ):
        assert not client.get(path).cookies


def test_forms_set_one_cookie_that_ends_with_the_browser(client, home):
    response = client.get("/online-consultation/")
    assert list(response.cookies) == ["csrftoken"]
    assert not response.cookies["csrftoken"]["max-age"]
    assert response.cookies["csrftoken"]["samesite"] == "Lax"


def test_the_admin_may_frame_its_previews_and_is_never_stored(client_of, home):
    response = client_of("Editors").get("/admin/")
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in response["Cache-Control"]


def test_forms_are_never_stored(client, home):
    for path in ("/free-consultation/", "/online-consultation/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_the_django_admin_is_not_there(client, home):
    assert client.get("/django-admin/").status_code == 404


def test_robots_and_sitemap_name_the_public_pages(client, home, answers_index):
    robots = client.get("/robots.txt").content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "Disallow: /admin/" in robots
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    for path in ("/answers/", "/free-consultation/", "/online-consultation/"):
        assert path in sitemap


def test_the_favicon_is_found_where_browsers_look(client):
    assert client.get("/favicon.ico").status_code == 302
