"""A text that holds every block of an answer, as an editor might have written it."""

from django.core.files.base import ContentFile
from wagtail.rich_text import RichText

from articles.models import AnswerPage, AnswersIndexPage, Source, TopicsIndexPage
from clinic_site.core.models import ClinicImage

from .articles import AnswerPageFactory, SourceFactory, TopicPageFactory, marker
from .core import ClinicImageFactory, jpeg

Block = tuple[str, object]
TABLE = {
    "columns": [
        {"type": "text", "heading": "Month"},
        {"type": "rich_text", "heading": "What you see"},
        {"type": "number", "heading": "Hairs a day"},
    ],
    "rows": [
        {"values": ["Before", "<p>Ordinary shedding</p>", 80]},
        {"values": ["Third", "<p>Hair by the <b>handful</b></p>", 300]},
        {"values": ["Ninth", "<p>Short new hairs along the parting</p>", None]},
    ],
    "caption": "Shedding after a fever, month by month",
}


def described(image: ClinicImage, alt: str = "") -> ClinicImage:
    """A picture as a figure holds it; decorative without a text."""
    image = ClinicImage.objects.get(pk=image.pk)
    image.contextual_alt_text, image.decorative = alt, not alt
    return image


def words(text: str) -> RichText:
    return RichText(f"<p>{text}</p>")


def every_block(
    *, image: ClinicImage, source: Source, other_source: Source, answer: AnswerPage
) -> list[Block]:
    return [
        (
            "key_points",
            {
                "title": "Key points",
                "points": [
                    words(f"Shedding after a fever usually stops {marker(source)}."),
                    words("It begins two to three months after the cause."),
                    words("Most hair is back within a year."),
                ],
            },
        ),
        ("heading", {"text": "What happens", "level": "h2"}),
        (
            "paragraph",
            words(
                "Hair grows in cycles. A fever sends many follicles to rest at once, "
                f"and months later they let go together {marker(other_source)}. The "
                "roots stay alive, which is why the hair comes back."
            ),
        ),
        *_pictures(image),
        *_evidence(source),
        *_advice(source),
        *_actions(answer),
    ]


def figure(image: ClinicImage, alt: str, *, caption: str, width: str) -> Block:
    picture = described(image, alt)
    return ("figure", {"image": picture, "caption": caption, "width": width})


def _pictures(image: ClinicImage) -> list[Block]:
    return [*_picture_beside_text(image), *_wide_pictures(image), _video(image)]


def _picture_beside_text(image: ClinicImage) -> list[Block]:
    return [
        figure(
            image,
            "A follicle that rests",
            caption="A root at rest is small and pale.",
            width="half",
        ),
        (
            "paragraph",
            words(
                "A root that rests is smaller and paler than one that grows. Under "
                "the microscope the end of a shed hair looks like a tiny club. That "
                "is a good sign: the follicle let go of it in the ordinary way, and "
                "the next hair is already on its way. Nobody can pull a root out "
                "with a comb."
            ),
        ),
    ]


def _wide_pictures(image: ClinicImage) -> list[Block]:
    return [
        ("heading", {"text": "What it looks like", "level": "h3"}),
        figure(
            image,
            "A parting seen from above",
            caption="The parting is no wider than before.",
            width="wide",
        ),
        (
            "two_figures",
            {
                "figures": [
                    {
                        "image": described(image, "A full parting"),
                        "caption": "Before the fever.",
                    },
                    {"image": described(image), "caption": "Three months later."},
                ]
            },
        ),
        figure(
            image,
            "Short new hairs",
            caption="New hairs along the parting.",
            width="text",
        ),
    ]


def _video(image: ClinicImage) -> Block:
    return (
        "video",
        {
            "title": "How we look at a scalp",
            "address": "https://www.video.example/watch/1",
            "length": "2 minutes",
            "poster": described(image),
            "transcript": words("We begin with the parting, under a lamp."),
        },
    )


def _evidence(source: Source) -> list[Block]:
    return [
        ("heading", {"text": "What the evidence says", "level": "h2"}),
        ("table", {"table": TABLE, "row_headings": True}),
        (
            "study",
            {
                "source": source,
                "finding": words("Nine in ten had their hair back within a year."),
                "limits": words("Forty-one people, all from one clinic."),
            },
        ),
        (
            "quote",
            {
                "text": "Most people wait two years before they ask. Ask sooner.",
                "attribution": "A consultant, in an interview",
                "source": source,
            },
        ),
    ]


def _advice(source: Source) -> list[Block]:
    return [
        ("heading", {"text": "What you can do", "level": "h2"}),
        *(
            ("callout", {"kind": kind, "title": title, "text": words(text)})
            for kind, title, text in (
                ("note", "Washing does no harm", "What comes out was loose already."),
                ("warning", "Iron is not for everyone", "Have your blood tested."),
                ("doctor", "Your scalp is red or weeping", "Phone your GP or 111."),
            )
        ),
        (
            "dos_and_donts",
            {
                "do": [
                    words(f"take a photo of your parting each month {marker(source)}"),
                    words("wash your hair as often as you like"),
                ],
                "dont": [words("stop a medicine without asking who prescribed it")],
            },
        ),
        (
            "steps",
            {
                "title": "A first visit",
                "steps": [
                    {"title": "We listen", "text": words("When did it begin?")},
                    {"title": "We look", "text": words("With a small camera.")},
                    {"title": "We write down what we found", "text": RichText("")},
                ],
            },
        ),
    ]


def _actions(answer: AnswerPage) -> list[Block]:
    return [
        ("related_answer", {"page": answer, "note": "The same, after childbirth."}),
        (
            "product_mention",
            {
                "text": RichText(
                    '<p>Our <a href="https://shop.example/">pharmacies</a> sell food '
                    "supplements for hair.</p>"
                ),
                "link": "https://shop.example/supplements",
                "link_text": "See what is in them",
            },
        ),
        ("action", {"which": "both", "text": "Not sure which kind you have?"}),
    ]


def drawing() -> ClinicImage:
    """Wide enough for more than one size."""
    file = ContentFile(jpeg((640, 400)), "drawing.jpg")
    return ClinicImageFactory(credit="Drawing: A. Person", file=file)


def publish_every_block(image: ClinicImage | None = None) -> AnswerPage:
    """A live answer that holds every block, and one it links to."""
    index, topics = AnswersIndexPage.objects.get(), TopicsIndexPage.objects.get()
    topic = TopicPageFactory(parent=topics, slug="every-block")
    other = AnswerPageFactory(
        parent=index, primary_topic=topic, slug="the-related-answer"
    )
    return AnswerPageFactory(
        parent=index,
        primary_topic=topic,
        slug="every-block",
        title="Why does hair fall out months after a fever?",
        body=every_block(
            image=image or drawing(),
            source=SourceFactory(study_type="observational", population="human"),
            other_source=SourceFactory(),
            answer=other,
        ),
    )
