"""Sources as editors work with them in the admin."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText, expand_db_html

from articles.answers.source_admin import answers_with_source_tasks
from articles.models import Source
from clinic_site.users.models import User
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
    marker,
    sign_off,
    write,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/articles/source/"
CHOOSER = "/admin/snippets/choose/articles/source/"


def edit_path(source: Source) -> str:
    return f"{LIST}edit/{source.pk}/"


@pytest.fixture
def topic(topics_index):
    return TopicPageFactory(parent=topics_index)


@pytest.fixture
def new_answer(answers_index, topic):
    """new_answer(source, live=False): an answer whose text cites sources."""

    def make(*sources: Source, **fields):
        page = AnswerPageFactory(parent=answers_index, primary_topic=topic, **fields)
        cite(page, *sources)
        return page

    return make


@pytest.fixture
def editor(client_of):
    return client_of("Editors")


@pytest.fixture
def send(editor):
    """Send the editor's form of a source, with changes."""

    def post(source: Source | None = None, **changes):
        names = ["kind", "title", "authors", "container", "year", "doi", "status"]
        filled = source or SourceFactory.build(doi="10.1111/new.1")
        form = {name: getattr(filled, name) for name in names}
        path = edit_path(source) if source else f"{LIST}add/"
        return editor.post(path, {**form, **changes}, follow=True)

    return post


def words_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").text.split())


class TestRecording:
    def test_an_address_at_a_publisher_longer_than_a_doi_is_understood(self, send):
        address = "https://onlinelibrary.wiley.com/doi/full/10.1111/JOCD.12320"
        send(doi=f"{address}?campaign={'x' * 300}")
        assert Source.objects.get().doi == "10.1111/jocd.12320"

    def test_a_doi_that_is_there_already_is_answered_with_a_link(self, send):
        first = SourceFactory()
        response = send(doi=f"https://doi.org/{first.doi.upper()}")
        error = BeautifulSoup(response.content, "html.parser").select_one(
            ".error-message"
        )
        assert "already a source with this DOI" in error.text
        assert error.a["href"] == edit_path(first)
        assert error.a.text == str(first)
        assert "Give a DOI or an address" not in words_of(response)
        assert Source.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "known", "typed"),
        [
            ("pmid", "28486833", "https://pubmed.ncbi.nlm.nih.gov/28486833/"),
            ("url", "https://nhs.example/hair", "https://nhs.example/hair"),
        ],
    )
    def test_the_same_publication_is_found_without_a_doi(
        self, send, field, known, typed
    ):
        first = SourceFactory(**{field: known}, doi="")
        response = send(doi="", **{field: typed})
        (error,) = BeautifulSoup(response.content, "html.parser").select(
            ".error-message"
        )
        assert "There is already a source with this" in error.text
        assert error.a["href"] == edit_path(first)
        assert Source.objects.count() == 1

    def test_parts_of_a_book_may_share_its_address(self, send):
        SourceFactory(url="https://book.example/")
        send(doi="10.1111/new.1", url="https://book.example/")
        assert Source.objects.count() == 2

    @pytest.mark.parametrize("typed", ["PMID: 28486833", "28486833"])
    def test_a_pubmed_number_is_understood_with_its_label(self, send, typed):
        send(pmid=typed)
        assert Source.objects.get().pmid == "28486833"

    @pytest.mark.parametrize(
        ("field", "typed", "words"),
        [
            ("pmid", "PMC4969472", "Give the number at PubMed"),
            ("url", "ftp://hair.example/paper.pdf", "begins with http:// or https://"),
            ("year", "17", "Give the year in full"),
            ("year", "2999", "Give the year in full"),
        ],
    )
    def test_what_cannot_be_is_refused_with_an_example(self, send, field, typed, words):
        assert words in words_of(send(**{field: typed}))
        assert not Source.objects.exists()

    def test_a_source_keeps_its_own_doi(self, send):
        source = SourceFactory()
        send(source, title="A better title")
        source.refresh_from_db()
        assert source.title == "A better title"

    def test_what_is_no_doi_is_refused_in_words(self, send):
        response = send(doi="PMID 28486833")
        assert "This is not a DOI" in words_of(response)
        assert not Source.objects.exists()

    def test_an_unusual_doi_is_saved_with_a_warning(self, send):
        doi = "10.1641/0006-3568(2006)056[0605:taotn]2.0.co;2"
        assert "looks unusual" in words_of(send(doi=doi))
        assert Source.objects.get().doi == doi

    def test_a_usual_one_brings_none(self, send):
        assert "looks unusual" not in words_of(send())


class TestChoosing:
    def test_tells_the_editor_what_to_write(self, editor):
        source = SourceFactory(authors="Rinaldi F, Bezzola P", status="retracted")
        chosen = editor.get(f"{CHOOSER}chosen/{source.pk}/").json()["result"]
        assert chosen["marker"] == "[Rinaldi 2017]"
        assert chosen["data"]["id"] == source.pk
        assert chosen["data"]["troubled"] is True

    def test_records_a_new_one_and_chooses_it(self, editor):
        form = {"kind": "journal", "title": "A paper", "container": "A journal"}
        form |= {"authors": "Gupta A", "year": "2020", "doi": "10.1111/new.2"}
        chosen = editor.post(f"{CHOOSER}create/", form).json()["result"]
        assert chosen["marker"] == "[Gupta 2020]"
        assert chosen["data"]["id"] == Source.objects.get().pk

    def test_says_once_what_is_chosen(self, editor):
        html = editor.get(CHOOSER).json()["html"]
        heading = BeautifulSoup(html, "html.parser").select_one("h1, h2")
        assert " ".join(heading.text.split()) == "Choose a source"

    def test_lists_what_became_of_each(self, editor):
        SourceFactory(status="retracted")
        assert "Retracted" in editor.get(CHOOSER).json()["html"]


class TestRichText:
    FEATURES = ["bold", "link", "source"]

    def test_a_marker_comes_back_from_the_editor_as_it_was_stored(self):
        html = f'<p data-block-key="a">Said {marker(SourceFactory())} twice</p>'
        converter = ContentstateConverter(self.FEATURES)
        assert (
            converter.to_database_format(converter.from_database_format(html)) == html
        )

    def test_a_marker_is_one_thing_and_a_link_beside_it_stays_a_link(self):
        source = SourceFactory()
        html = f'<p>A <a href="https://a.example/">link</a> {marker(source)}</p>'
        state = json.loads(
            ContentstateConverter(self.FEATURES).from_database_format(html)
        )
        link, entity = state["entityMap"].values()
        assert link["type"] == "LINK"
        assert (entity["type"], entity["mutability"]) == ("SOURCE", "IMMUTABLE")
        assert entity["data"]["label"] == str(source)

    @pytest.mark.parametrize("pk", ["4711", "", "x"])
    def test_a_marker_of_a_source_that_is_gone_still_opens(self, pk):
        html = f'<p data-block-key="a"><a id="{pk}" linktype="source">[A 2017]</a></p>'
        converter = ContentstateConverter(self.FEATURES)
        state = converter.from_database_format(html)
        assert "was deleted" in state
        assert converter.to_database_format(state) == html

    def test_a_reader_gets_which_source_it_is(self):
        source = SourceFactory()
        assert f'<a data-source="{source.pk}">[' in expand_db_html(marker(source))

    def test_wagtail_knows_where_a_source_is_used(self, new_answer):
        source = SourceFactory()
        page = new_answer(source)
        used = ReferenceIndex.get_references_to(source)
        assert {reference.object_id for reference in used} == {str(page.pk)}


class TestTheList:
    def rows(self, editor, query: str = "") -> list[str]:
        soup = BeautifulSoup(editor.get(LIST + query).content, "html.parser")
        return [
            " ".join(row.text.split()) for row in soup.select("table.listing tbody tr")
        ]

    def test_counts_the_answers_that_cite_each(self, editor, new_answer):
        cited = SourceFactory(title="Cited")
        SourceFactory(title="Uncited")
        new_answer(cited)
        new_answer(cited, live=False)
        first, second = self.rows(editor)
        assert first.startswith("Cited") and first.endswith(" 2")
        assert second.endswith(" 0")
        assert self.rows(editor, "?ordering=citation_count")[0] == second

    def test_asks_no_query_for_each_row(self, editor, new_answer):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                editor.get(LIST)
            return len(captured)

        new_answer(SourceFactory())
        editor.get(LIST)
        before = queries()
        for _ in range(5):
            new_answer(SourceFactory())
        assert queries() == before

    @pytest.mark.parametrize(
        "query",
        [
            "?status=retracted&status=concern",
            "?study_type=trial",
            "?population=animal",
            "?never_checked=true",
            "?uncited=true",
            "?q=Wanted",
            "?q=wanted 2019",
            "?q=Lancet",
            "?q=30000077",
            "?q=https://doi.org/10.1111/WANTED.1",
            "?q=nhs.example/loss",
        ],
    )
    def test_is_filtered(self, editor, new_answer, query):
        SourceFactory(
            title="Wanted",
            container="The Lancet",
            year=2019,
            doi="10.1111/wanted.1",
            pmid="30000077",
            url="https://www.nhs.example/loss/",
            status="concern",
            study_type="trial",
            population="animal",
        )
        other = SourceFactory(title="Other", status_checked_on="2026-01-01")
        new_answer(other)
        (row,) = self.rows(editor, query)
        assert "Wanted" in row

    @pytest.mark.parametrize("typed", ['"', "'", "%", "_", "10.", "(", "x" * 500])
    def test_is_searched_for_anything(self, editor, typed):
        SourceFactory()
        for path in (LIST, CHOOSER, f"{CHOOSER}results/"):
            assert editor.get(path, {"q": typed}).status_code == 200

    def test_the_chooser_finds_the_same(self, editor):
        SourceFactory(title="Wanted", pmid="30000077")
        SourceFactory(title="Other")
        html = editor.get(f"{CHOOSER}results/", {"q": "30000077"}).text
        assert "Wanted" in html
        assert "Other" not in html


class TestWhatCitesASource:
    def test_is_listed_on_its_page_with_status_and_link(self, editor, new_answer):
        source = SourceFactory()
        live = new_answer(source, title="Does it work?")
        new_answer(source, title="Is it safe?", live=False)
        response = editor.get(edit_path(source))
        soup = BeautifulSoup(response.content, "html.parser")
        link = soup.find("a", string="Does it work?")
        assert link["href"] == f"/admin/pages/{live.pk}/edit/"
        rows = [" ".join(row.text.split()) for row in soup.select("table.listing tr")]
        assert rows[1:] == [
            "Does it work? Live text live",
            "Is it safe? Draft draft",
        ]

    def test_is_said_to_be_nothing(self, editor):
        assert "No answer cites this" in words_of(
            editor.get(edit_path(SourceFactory()))
        )

    def test_is_not_asked_for_a_new_one(self, editor):
        assert "Cited by" not in words_of(editor.get(f"{LIST}add/"))

    @pytest.fixture
    def owner(self, client_of):
        return client_of(is_superuser=True)

    def test_keeps_it_from_being_deleted_in_words(self, owner, new_answer):
        source = SourceFactory()
        new_answer(source, title="Does it work?")
        response = owner.post(f"{LIST}delete/{source.pk}/", follow=True)
        assert response.redirect_chain == [(edit_path(source), 302)]
        assert "answers cite it: Does it work?" in words_of(response)
        assert Source.objects.exists()

    def test_keeps_it_from_being_deleted_among_others(self, owner, new_answer):
        cited, uncited = SourceFactory(), SourceFactory()
        new_answer(cited)
        path = f"/admin/bulk/articles/source/delete/?id={cited.pk}&id={uncited.pk}"
        response = owner.post(path, follow=True)
        assert "answers cite it" in words_of(response)
        assert Source.objects.count() == 2

    @pytest.fixture
    def rewritten(self, new_answer):
        """A live answer whose newest draft cites another source."""
        page = new_answer(SourceFactory(title="Old"), title="Does it work?")
        drafted = SourceFactory(title="New")
        page.body = [("paragraph", RichText(f"<p>Now {marker(drafted)}</p>"))]
        page.save_revision()
        return page

    @pytest.mark.parametrize(
        "path", [f"{LIST}delete/{{}}/", "/admin/bulk/articles/source/delete/?id={}"]
    )
    def test_is_kept_for_a_draft_too(self, owner, rewritten, path):
        drafted = Source.objects.get(title="New")
        told = words_of(owner.post(path.format(drafted.pk), follow=True))
        assert "answers cite it: Does it work? (in its draft)." in told
        assert Source.objects.filter(title="New").exists()
        page = words_of(owner.get(edit_path(drafted)))
        assert "Does it work? Draft live + draft" in page

    def test_a_study_that_a_draft_names_is_kept(self, owner, rewritten):
        study = SourceFactory(title="Study")
        words = RichText("<p>More hair.</p>")
        rewritten.body = [
            ("study", {"source": study, "finding": words, "limits": words})
        ]
        rewritten.save_revision()
        owner.post(f"{LIST}delete/{study.pk}/")
        assert Source.objects.filter(title="Study").exists()

    def test_what_waits_for_its_time_keeps_its_sources(self, owner, rewritten):
        waiting = rewritten.latest_revision
        waiting.approved_go_live_at = timezone.now() + timedelta(days=1)
        waiting.save()
        rewritten.body = [("paragraph", RichText("<p>Nothing at all</p>"))]
        rewritten.save_revision()
        drafted = Source.objects.get(title="New")
        owner.post(f"{LIST}delete/{drafted.pk}/")
        assert Source.objects.filter(title="New").exists()

    def test_is_free_again_when_the_draft_drops_it(self, owner, rewritten):
        rewritten.body = [("paragraph", RichText("<p>Nothing at all</p>"))]
        rewritten.save_revision()
        drafted = Source.objects.get(title="New")
        owner.post(f"{LIST}delete/{drafted.pk}/")
        assert [source.title for source in Source.objects.all()] == ["Old"]

    def test_a_script_cannot_delete_it_either(self, rewritten):
        with pytest.raises(ProtectedError):
            Source.objects.filter(title="New").delete()

    def test_does_not_keep_others(self, owner):
        owner.post(f"{LIST}delete/{SourceFactory().pk}/")
        assert not Source.objects.exists()


class TestASourceThatIsRetracted:
    @pytest.fixture
    def writer(self, db):
        return User.objects.create_user("writer", "writer@larkfield.example")

    @pytest.mark.parametrize("status", ["retracted", "concern", "corrected"])
    def test_is_a_task_for_each_live_answer(self, new_answer, status):
        bad = SourceFactory()
        pages = [new_answer(SourceFactory(), bad) for _ in range(3)]
        new_answer(bad, live=False)
        new_answer(SourceFactory())
        bad.status = status
        bad.save()
        with CaptureQueriesContext(connection) as captured:
            found = [
                (page.title, [citation.source for citation in page.troubled_citations])
                for page in answers_with_source_tasks()
            ]
        assert found == [(page.title, [bad]) for page in pages]
        assert len(captured) == 2

    def test_is_a_task_until_the_answer_is_signed_off_again(self, send, new_answer):
        source = SourceFactory()
        page = new_answer(source)
        send(source, status="corrected")
        assert list(answers_with_source_tasks()) == [page]
        page.sign_off = sign_off(page.save_revision())
        write(page)
        assert not answers_with_source_tasks()
        source.refresh_from_db()
        send(source, status="retracted")
        assert list(answers_with_source_tasks()) == [page]

    @pytest.mark.parametrize(
        ("status", "words"),
        [("corrected", "was corrected"), ("concern", "is doubted by its publisher")],
    )
    def test_is_told_apart_from_one_with_a_smaller_fault(
        self, send, new_answer, writer, status, words
    ):
        source = SourceFactory()
        new_answer(source, owner=writer)
        send(source, status=status)
        mail = Email.objects.first()
        assert mail.subject == f"A source of 1 published answer {words}"
        assert words in mail.message

    def test_is_told_to_owners_and_editors_once(self, send, new_answer, writer):
        source = SourceFactory()
        new_answer(source, owner=writer)
        new_answer(source, owner=writer)
        response = send(source, status="retracted")
        assert "2 people were told" in words_of(response)
        send(source, status="retracted", status_checked_on="2026-09-01")
        told = sorted(address for mail in Email.objects.all() for address in mail.to)
        assert told == ["editors@larkfield.example", "writer@larkfield.example"]

    def test_is_told_without_a_word_about_treatments(self, send, new_answer, writer):
        source = SourceFactory(title="Injections for thinning hair")
        page = new_answer(source, owner=writer)
        send(source, status="retracted")
        mail = Email.objects.first()
        assert mail.subject == "A source of 1 published answer was retracted"
        assert f"http://127.0.0.1:8000{edit_path(source)}" in mail.message
        for words in (source.title, page.title):
            assert words not in mail.subject + mail.message

    def test_is_told_to_nobody_when_no_live_answer_cites_it(self, send, new_answer):
        source = SourceFactory()
        new_answer(source, live=False)
        send(source, status="retracted")
        assert not Email.objects.exists()

    def test_is_not_told_to_those_who_left(self, send, new_answer, writer):
        writer.is_active = False
        writer.save()
        source = SourceFactory()
        new_answer(source, owner=writer)
        response = send(source, status="retracted")
        assert "1 person was told" in words_of(response)
        (mail,) = Email.objects.all()
        assert mail.to == ["editors@larkfield.example"]


class TestASourceOfALiveAnswer:
    """A clinician compared the text with just this publication."""

    @pytest.fixture
    def source(self, new_answer):
        source = SourceFactory()
        new_answer(source)
        return source

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("title", "Another paper altogether"),
            ("kind", "guideline"),
            ("study_type", "trial"),
            ("population", "human"),
        ],
    )
    def test_keeps_what_it_is_from_an_editor(self, send, source, field, typed):
        before = getattr(source, field)
        response = send(source, **{field: typed})
        assert "Ask a publisher to correct it" in words_of(response)
        assert response.context["form"][field].value() == typed
        source.refresh_from_db()
        assert getattr(source, field) == before

    @pytest.mark.parametrize("is_scheduled", [True, False])
    def test_keeps_it_between_the_sign_off_and_going_live(
        self, send, new_answer, is_scheduled
    ):
        source = SourceFactory()
        page = new_answer(live=False)
        page.body = [("paragraph", RichText(f"<p>So {marker(source)}</p>"))]
        revision = page.save_revision()
        if is_scheduled:
            revision.approved_go_live_at = timezone.now() + timedelta(days=1)
            revision.save()
        else:
            sign_off(revision)
        response = send(source, title="Another paper altogether")
        assert "Ask a publisher to correct it" in words_of(response)

    def test_leaves_free_what_only_its_draft_cites(self, send, new_answer):
        page, drafted = new_answer(SourceFactory()), SourceFactory()
        page.last_published_at = timezone.now()
        write(page)
        page.body = [("paragraph", RichText(f"<p>Now {marker(drafted)}</p>"))]
        page.save_revision()
        send(drafted, title="A better title")
        drafted.refresh_from_db()
        assert drafted.title == "A better title"

    @pytest.mark.parametrize(
        ("before", "change", "words"),
        [
            ("retracted", {"status": "ok"}, "ask a publisher to take"),
            ("retracted", {"status": "concern"}, "ask a publisher to take"),
            ("corrected", {"status_note": "Harmless."}, "choose a worse status"),
        ],
    )
    def test_keeps_its_warning(self, send, source, before, change, words):
        source.status = before
        source.save()
        response = send(source, **change)
        assert words in words_of(response).lower()
        ((field, typed),) = change.items()
        assert response.context["form"][field].value() == typed
        source.refresh_from_db()
        assert (source.status, source.status_note) == (before, "")

    def test_is_warned_of_with_a_note(self, send, source):
        send(source, status="concern", status_note="Its data are doubted.")
        source.refresh_from_db()
        assert source.status_note == "Its data are doubted."

    def test_may_be_marked_by_an_editor(self, send, source):
        send(source, status="corrected")
        source.refresh_from_db()
        assert source.status == Source.Status.CORRECTED

    def test_is_corrected_by_a_publisher(self, client_of, source):
        names = ["kind", "title", "authors", "container", "year", "doi", "status"]
        form = {name: getattr(source, name) for name in names}
        source.status = "retracted"
        source.save()
        form |= {"title": "Its real title", "status": "ok", "status_note": "A mix-up."}
        client_of("Publishers").post(edit_path(source), form)
        source.refresh_from_db()
        assert source.title == "Its real title"
        assert (source.status, source.status_note) == ("ok", "A mix-up.")
