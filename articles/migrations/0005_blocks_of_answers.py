import django.core.validators
import django.utils.timezone
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_citations"),
    ]

    operations = [
        migrations.AddField(
            model_name="answerpage",
            name="changes",
            field=wagtail.fields.StreamField(
                [("change", 3)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {"default": django.utils.timezone.localdate, "label": "Date"},
                    ),
                    1: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "What changed", "max_length": 255},
                    ),
                    2: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Why", "max_length": 255},
                    ),
                    3: (
                        "wagtail.blocks.StructBlock",
                        [[("changed_on", 0), ("what", 1), ("why", 2)]],
                        {},
                    ),
                },
                help_text="Readers see this list. Add an entry when the answer changes.",
                verbose_name="what changed",
            ),
        ),
        migrations.AddField(
            model_name="answerpage",
            name="questions_to_ask",
            field=models.TextField(
                blank=True, help_text="One per line. Printed on the appointment sheet."
            ),
        ),
        migrations.AlterField(
            model_name="answerpage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 2),
                    ("paragraph", 3),
                    ("key_points", 7),
                    ("quote", 11),
                    ("figure", 15),
                    ("two_figures", 18),
                    ("video", 24),
                    ("table", 30),
                    ("callout", 33),
                    ("dos_and_donts", 38),
                    ("steps", 43),
                    ("action", 46),
                    ("product_mention", 49),
                    ("study", 53),
                    ("related_answer", 56),
                ],
                block_lookup={
                    0: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Heading", "max_length": 120},
                    ),
                    1: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": [("h2", "Section"), ("h3", "Part of a section")]},
                    ),
                    2: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 0), ("level", 1)]],
                        {},
                    ),
                    3: (
                        "clinic_site.core.blocks.text.ParagraphBlock",
                        (),
                        {
                            "features": [
                                "bold",
                                "italic",
                                "link",
                                "ol",
                                "ul",
                                "document-link",
                                "superscript",
                                "source",
                            ]
                        },
                    ),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"default": "Key points", "max_length": 80},
                    ),
                    5: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "source"],
                            "label": "Point",
                        },
                    ),
                    6: ("wagtail.blocks.ListBlock", (5,), {"min_num": 1}),
                    7: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 4), ("points", 6)]],
                        {},
                    ),
                    8: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Quotation", "rows": 3},
                    ),
                    9: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "Who said it, and where.", "max_length": 160},
                    ),
                    10: (
                        "articles.answers.blocks.SourceChooserBlock",
                        ("articles.Source",),
                        {"required": False},
                    ),
                    11: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 8), ("attribution", 9), ("source", 10)]],
                        {},
                    ),
                    12: ("wagtail.images.blocks.ImageBlock", [], {}),
                    13: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"max_length": 255, "required": False},
                    ),
                    14: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("text", "As wide as the text"),
                                ("wide", "Wider than the text, where there is room"),
                                ("half", "Half as wide, beside the text"),
                            ]
                        },
                    ),
                    15: (
                        "wagtail.blocks.StructBlock",
                        [[("image", 12), ("caption", 13), ("width", 14)]],
                        {},
                    ),
                    16: (
                        "wagtail.blocks.StructBlock",
                        [[("image", 12), ("caption", 13)]],
                        {"label": "Figure"},
                    ),
                    17: (
                        "wagtail.blocks.ListBlock",
                        (16,),
                        {
                            "default": [
                                {"caption": "", "image": None},
                                {"caption": "", "image": None},
                            ],
                            "max_num": 2,
                            "min_num": 2,
                        },
                    ),
                    18: ("wagtail.blocks.StructBlock", [[("figures", 17)]], {}),
                    19: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    20: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "Where it plays. Readers go there by a link; nothing is embedded.",
                            "max_length": 500,
                            "validators": [
                                django.core.validators.RegexValidator(
                                    "^https://",
                                    "Give an address that begins with https://",
                                    "https",
                                )
                            ],
                        },
                    ),
                    21: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For example: 4 minutes.",
                            "max_length": 40,
                            "required": False,
                        },
                    ),
                    22: (
                        "wagtail.images.blocks.ImageBlock",
                        [],
                        {"label": "Still picture"},
                    ),
                    23: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ol", "ul"],
                            "help_text": "All that is said, and what is shown if it matters.",
                        },
                    ),
                    24: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("title", 19),
                                ("address", 20),
                                ("length", 21),
                                ("poster", 22),
                                ("transcript", 23),
                            ]
                        ],
                        {},
                    ),
                    25: ("wagtail.blocks.CharBlock", (), {"required": False}),
                    26: ("wagtail.blocks.DecimalBlock", (), {"required": False}),
                    27: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "bold",
                                "italic",
                                "link",
                                "ol",
                                "ul",
                                "source",
                            ],
                            "label": "Text with links, lists and sources",
                            "required": False,
                        },
                    ),
                    28: (
                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                        [[("text", 25), ("number", 26), ("rich_text", 27)]],
                        {},
                    ),
                    29: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {
                            "default": True,
                            "label": "The first column says what each row is about",
                            "required": False,
                        },
                    ),
                    30: (
                        "wagtail.blocks.StructBlock",
                        [[("table", 28), ("row_headings", 29)]],
                        {},
                    ),
                    31: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("note", "Good to know"),
                                ("warning", "Take care"),
                                ("doctor", "See a doctor now"),
                            ]
                        },
                    ),
                    32: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link", "ol", "ul", "source"]},
                    ),
                    33: (
                        "wagtail.blocks.StructBlock",
                        [[("kind", 31), ("title", 19), ("text", 32)]],
                        {"label": "Call-out"},
                    ),
                    34: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "source"],
                            "label": "Do",
                        },
                    ),
                    35: ("wagtail.blocks.ListBlock", (34,), {"default": []}),
                    36: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "source"],
                            "label": "Don’t",
                        },
                    ),
                    37: (
                        "wagtail.blocks.ListBlock",
                        (36,),
                        {"default": [], "label": "Don’t"},
                    ),
                    38: (
                        "wagtail.blocks.StructBlock",
                        [[("do", 35), ("dont", 37)]],
                        {"label": "Do and don’t"},
                    ),
                    39: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"max_length": 120, "required": False},
                    ),
                    40: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "bold",
                                "italic",
                                "link",
                                "ol",
                                "ul",
                                "source",
                            ],
                            "required": False,
                        },
                    ),
                    41: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 19), ("text", 40)]],
                        {"label": "Step"},
                    ),
                    42: ("wagtail.blocks.ListBlock", (41,), {"min_num": 1}),
                    43: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 39), ("steps", 42)]],
                        {},
                    ),
                    44: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("both", "Both"),
                                ("book", "Free consultation"),
                                ("online", "Online consultation"),
                            ]
                        },
                    ),
                    45: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "A sentence above the button.",
                            "max_length": 255,
                            "required": False,
                        },
                    ),
                    46: (
                        "wagtail.blocks.StructBlock",
                        [[("which", 44), ("text", 45)]],
                        {},
                    ),
                    47: (
                        "wagtail.blocks.URLBlock",
                        (),
                        {
                            "help_text": "Marked for search engines as paid for.",
                            "max_length": 500,
                            "required": False,
                            "validators": [
                                django.core.validators.RegexValidator(
                                    "^https://",
                                    "Give an address that begins with https://",
                                    "https",
                                )
                            ],
                        },
                    ),
                    48: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Where the link leads, in words.",
                            "max_length": 80,
                            "required": False,
                        },
                    ),
                    49: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 32), ("link", 47), ("link_text", 48)]],
                        {},
                    ),
                    50: (
                        "articles.answers.blocks.SourceChooserBlock",
                        ("articles.Source",),
                        {},
                    ),
                    51: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "bold",
                                "italic",
                                "link",
                                "ol",
                                "ul",
                                "source",
                            ],
                            "label": "What it found",
                        },
                    ),
                    52: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "bold",
                                "italic",
                                "link",
                                "ol",
                                "ul",
                                "source",
                            ],
                            "help_text": "How many people, how long, who paid, what it cannot tell.",
                        },
                    ),
                    53: (
                        "wagtail.blocks.StructBlock",
                        [[("source", 50), ("finding", 51), ("limits", 52)]],
                        {},
                    ),
                    54: (
                        "articles.answers.blocks.AnswerChooserBlock",
                        (),
                        {"label": "Answer", "page_type": ["articles.AnswerPage"]},
                    ),
                    55: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Why it is worth reading.",
                            "max_length": 255,
                            "required": False,
                        },
                    ),
                    56: (
                        "wagtail.blocks.StructBlock",
                        [[("page", 54), ("note", 55)]],
                        {},
                    ),
                },
            ),
        ),
    ]
