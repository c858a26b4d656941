"""Pictures and documents stay as they are while readers see them, or soon will."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Site, TaskState, WorkflowState
from wagtail.rich_text import RichText

from articles.models import AnswerPage
from clinic_site.core import media_in_use
from clinic_site.core.models import ClinicImage, ClinicSettings
from clinic_site.core.models.images import make_renditions
from tests.factories.articles import (
    AnswerPageFactory,
    TopicPageFactory,
    sign_off,
    write,
)
from tests.factories.blocks import described
from tests.factories.core import ClinicImageFactory, ExpertFactory, jpeg

pytestmark = pytest.mark.django_db
AJAX = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def answer(answers_index, topics_index) -> AnswerPage:
    """Signed off and live."""
    topic = TopicPageFactory(parent=topics_index)
    return AnswerPageFactory(
        parent=answers_index, primary_topic=topic, title="Why hair falls"
    )


@pytest.fixture
def contributor(user_in) -> Client:
    client = Client()
    client.user = user_in("Contributors")
    client.force_login(client.user)
    return client


@pytest.fixture
def picture(contributor) -> ClinicImage:
    return ClinicImageFactory(uploaded_by_user=contributor.user)


@pytest.fixture
def document() -> Document:
    file = ContentFile(b"first", "care.pdf")
    return Document.objects.create(title="After care", file=file)


def use(page: AnswerPage, item: ClinicImage | Document, *, way: str = "") -> None:
    if way == "lead":
        page.picture = item
    elif isinstance(item, ClinicImage):
        figure = {"image": described(item, "A root"), "caption": ""}
        page.body.append(("figure", figure))
    else:
        link = f'<p>Read <a linktype="document" id="{item.pk}">this</a>.</p>'
        page.body.append(("paragraph", RichText(link)))


def publish(page: AnswerPage, item: ClinicImage | Document, **options) -> None:
    use(page, item, **options)
    write(page)


def schedule(page: AnswerPage, item: ClinicImage | Document, **options) -> None:
    """Signed off, and not live before tomorrow."""
    page.unpublish()
    page = AnswerPage.objects.get(pk=page.pk)
    use(page, item, **options)
    page.go_live_at = timezone.now() + timedelta(days=1)
    revision = page.save_revision()
    sign_off(revision)
    revision.publish()
    assert not AnswerPage.objects.get(pk=page.pk).live


def send_for_review(page: AnswerPage, item: ClinicImage | Document, **options) -> None:
    page.unpublish()
    page = AnswerPage.objects.get(pk=page.pk)
    use(page, item, **options)
    page.save_revision()
    page.get_workflow().start(page, None)


def have_approved(page: AnswerPage, item: ClinicImage | Document, **options) -> None:
    """All steps of the workflow are done, and it waits for somebody to publish it."""
    send_for_review(page, item, **options)
    WorkflowState.objects.update(status=WorkflowState.STATUS_APPROVED)
    TaskState.objects.update(status=TaskState.STATUS_APPROVED)


STATES = [publish, schedule, send_for_review]


def delete_one(client: Client, item: ClinicImage | Document) -> str:
    is_picture = isinstance(item, ClinicImage)
    path = f"images/{item.pk}/delete" if is_picture else f"documents/delete/{item.pk}"
    return client.post(f"/admin/{path}/", follow=True).content.decode()


def delete_just_added(client: Client, item: ClinicImage | Document) -> str:
    kind = "images" if isinstance(item, ClinicImage) else "documents"
    path = f"/admin/{kind}/multiple/{item.pk}/delete/"
    return client.post(path, headers=AJAX).content.decode()


def delete_several(client: Client, *items: ClinicImage | Document) -> str:
    model = "core/clinicimage"
    if isinstance(items[0], Document):
        model = "wagtaildocs/document"
    ids = "&".join(f"id={item.pk}" for item in items)
    path = f"/admin/bulk/{model}/delete/?next=/admin/images/&{ids}"
    return client.post(path, follow=True).content.decode()


def is_stored(item: ClinicImage | Document) -> bool:
    return type(item).objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("delete", [delete_one, delete_just_added, delete_several])
@pytest.mark.parametrize("kind", ["picture", "document"])
class TestDeleting:
    @pytest.fixture
    def item(self, kind, request):
        return request.getfixturevalue(kind)

    @pytest.fixture
    def writer(self, kind, request, client_of) -> Client:
        """Contributors have to do with pictures only."""
        if kind == "picture":
            return request.getfixturevalue("contributor")
        return client_of("Editors")

    def test_is_refused_while_readers_see_it(
        self, delete, item, writer, client_of, answer
    ):
        publish(answer, item)
        for client in (writer, client_of(is_superuser=True)):
            words = delete(client, item)
            assert "was not deleted" in words
            assert "Why hair falls" in words
            assert is_stored(item)

    def test_is_done_where_only_a_draft_has_it(self, delete, item, writer, answer):
        answer.unpublish()
        page = AnswerPage.objects.get(pk=answer.pk)
        use(page, item)
        page.save_revision()
        delete(writer, item)
        assert not is_stored(item)


@pytest.mark.parametrize("bring", [schedule, send_for_review, have_approved])
@pytest.mark.parametrize("way", ["lead", "figure"])
def test_what_soon_is_shown_is_not_deleted(bring, way, contributor, picture, answer):
    bring(answer, picture, way=way)
    assert "Why hair falls" in delete_one(contributor, picture)
    assert is_stored(picture)


def test_of_several_all_stay_when_one_is_shown(contributor, picture, answer):
    other = ClinicImageFactory(uploaded_by_user=contributor.user)
    publish(answer, picture)
    delete_several(contributor, other, picture)
    assert is_stored(other)
    assert is_stored(picture)


def test_experts_and_settings_show_pictures_too(contributor, home):
    of_expert, shared = (
        ClinicImageFactory(uploaded_by_user=contributor.user) for _ in range(2)
    )
    ExpertFactory(name="Ana Pereira", picture=of_expert)
    settings = ClinicSettings.for_site(Site.objects.get())
    settings.sharing_picture = shared
    settings.save()
    assert "Ana Pereira" in delete_one(contributor, of_expert)
    assert "Clinic settings" in delete_one(contributor, shared)
    assert is_stored(of_expert)
    assert is_stored(shared)


def test_asking_about_many_costs_no_more(
    contributor, picture, answer, django_assert_max_num_queries
):
    publish(answer, picture)
    others = [ClinicImageFactory() for _ in range(5)]
    with django_assert_max_num_queries(6):
        found = media_in_use.where_shown(picture, *others)
    assert found == {picture.pk: ["Why hair falls"]}


class TestChanging:
    def change(self, client: Client, picture: ClinicImage, **changes) -> str:
        form = {
            "title": picture.title,
            "collection": picture.collection_id,
            "credit": picture.credit,
            "description": picture.description,
            **changes,
        }
        path = f"/admin/images/{picture.pk}/"
        return client.post(path, form, follow=True).content.decode()

    CHANGES = [
        {"description": "Better than any other"},
        {"credit": "Somebody else"},
        {
            "focal_point_x": 9,
            "focal_point_y": 9,
            "focal_point_width": 3,
            "focal_point_height": 3,
        },
        {"file": True},
    ]

    @pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: min(changes))
    @pytest.mark.parametrize("bring", STATES)
    def test_is_a_publishers(self, bring, changes, contributor, picture, answer):
        bring(answer, picture)
        if "file" in changes:
            other = jpeg(colour="black")
            changes = {"file": SimpleUploadedFile("b.jpg", other, "image/jpeg")}
        before = ClinicImage.objects.filter(pk=picture.pk).values().get()
        words = self.change(contributor, picture, **changes)
        assert "Ask a publisher to change it, or add another picture" in words
        assert "Why hair falls" in words
        assert ClinicImage.objects.filter(pk=picture.pk).values().get() == before

    def test_of_what_readers_do_not_see_is_the_writers(
        self, contributor, picture, answer
    ):
        publish(answer, picture)
        self.change(contributor, picture, title="For the shelf")
        picture.refresh_from_db()
        assert picture.title == "For the shelf"

    def test_is_done_by_a_publisher(self, client_of, picture, answer):
        schedule(answer, picture)
        self.change(client_of("Publishers"), picture, credit="Somebody else")
        picture.refresh_from_db()
        assert picture.credit == "Somebody else"

    @pytest.mark.parametrize("bring", STATES)
    def test_of_a_document_is_a_publishers_too(
        self, bring, client_of, document, answer
    ):
        bring(answer, document)

        def replace(client: Client) -> str:
            file = SimpleUploadedFile("care.pdf", b"second")
            form = {"title": "After care", "collection": 1, "file": file}
            path = f"/admin/documents/edit/{document.pk}/"
            return client.post(path, form, follow=True).content.decode()

        def stored() -> bytes:
            return Document.objects.get(pk=document.pk).file.read()

        words = replace(client_of("Editors"))
        assert "Ask a publisher to change it, or add another document" in words
        assert stored() == b"first"
        replace(client_of("Publishers"))
        assert stored() == b"second"


def test_sizes_of_a_picture_that_goes_meanwhile_are_left(picture, monkeypatch):
    def go(image):
        ClinicImage.objects.filter(pk=image.pk).delete()
        raise IntegrityError("FOREIGN KEY constraint failed")

    monkeypatch.setattr(ClinicImage, "make_sizes", go)
    make_renditions.call(picture.pk)
