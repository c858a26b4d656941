import logging

import pytest
from django.test import Client

from clinic_site.core.logs import JsonFormatter

pytestmark = pytest.mark.django_db


def test_a_missing_page_offers_search_and_links(client, home):
    response = client.get("/no-such-page/")
    page = response.content.decode()
    assert response.status_code == 404
    assert 'action="/search/"' in page
    assert "/free-consultation/" in page
    assert "Answers" in page


def test_a_form_in_another_charset_is_refused(client):
    for charset in ("utf-7", "utf-16", "latin-1"):
        response = client.post(
            "/free-consultation/",
            "name=x",
            content_type=f"application/x-www-form-urlencoded; charset={charset}",
        )
        assert response.status_code == 400
        assert "could not be read" in response.content.decode()


def test_too_large_a_body_is_refused_before_it_is_read(client, settings):
    settings.REQUEST_MAX_BYTES = 1000
    response = client.post("/free-consultation/", {"note": "x" * 2000})
    assert response.status_code == 413
    assert "too much to send at once" in response.content.decode()


@pytest.mark.parametrize("length", ["-1", "x", "1e9"])
def test_a_length_that_is_no_number_is_refused(client, length):
    response = client.get("/", headers={"content-length": length})
    assert response.status_code == 400


def test_a_form_without_its_token_says_what_to_do(home):
    response = Client(enforce_csrf_checks=True).post("/free-consultation/", {})
    assert response.status_code == 403
    assert "Please send the form again" in response.content.decode()


def test_an_error_of_ours_shows_a_page_that_needs_no_database(
    home, monkeypatch, django_assert_num_queries
):
    def broken(*args, **kwargs):
        raise RuntimeError("canary-alopecia")

    monkeypatch.setattr("clinic_site.pages.models.HomePage.serve", broken)
    client = Client(raise_request_exception=False)
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "not your fault" in page
    assert response["X-Request-ID"] in page
    assert "canary" not in page


def test_the_log_of_an_error_says_where_and_not_what():
    try:
        raise ValueError("canary-alopecia")
    except ValueError as error:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "Internal Server Error: %s",
            ("/secret/?q=canary",),
            (ValueError, error, error.__traceback__),
        )
    record.status_code = 500
    line = JsonFormatter().format(record)
    assert "canary" not in line and "secret" not in line
    assert '"exception": "ValueError"' in line
    assert "test_errors.py" in line
    assert "answered 500" in line


def test_the_request_log_has_no_query_and_no_token(client, home, caplog):
    caplog.set_level(logging.INFO, "clinic_site.requests")
    client.get("/search/?q=canary-alopecia")
    client.get("/free-consultation/booking/FC-TOKEN/")
    client.get("/free-consultation/booking/FC-TOKEN/elsewhere/")
    lines = "".join(JsonFormatter().format(record) for record in caplog.records)
    assert "canary" not in lines
    assert "FC-TOKEN" not in lines
    assert "free-consultation/booking/" in lines


def test_guessing_passwords_is_slowed_down(client, home):
    wrong = {"username": "owner", "password": "guess"}
    answers = [client.post("/admin/login/", wrong).status_code for _ in range(11)]
    assert answers[:10] == [200] * 10
    assert answers[10] == 429


def test_signing_in_rightly_does_not_use_up_the_tries(client, home, user_in):
    user_in("Editors")
    right = {"username": "editors", "password": "a long pass phrase"}
    for _ in range(12):
        assert client.post("/admin/login/", right).status_code == 302
        client.logout()


def test_wrong_tries_for_one_name_do_not_lock_others_out(client, home, user_in):
    user_in("Editors")
    for _ in range(11):
        client.post("/admin/login/", {"username": "owner", "password": "guess"})
    right = {"username": "editors", "password": "a long pass phrase"}
    assert client.post("/admin/login/", right).status_code == 302
