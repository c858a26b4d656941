import django.core.validators
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0003_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="homepage",
            name="archived_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="standardpage",
            name="archived_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="standardpage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 2),
                    ("paragraph", 3),
                    ("key_points", 7),
                    ("quote", 10),
                    ("figure", 14),
                    ("two_figures", 17),
                    ("video", 23),
                    ("table", 29),
                    ("callout", 32),
                    ("dos_and_donts", 37),
                    ("steps", 42),
                    ("action", 45),
                    ("product_mention", 48),
                ],
                blank=True,
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
                    3: ("clinic_site.core.blocks.text.ParagraphBlock", (), {}),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"default": "Key points", "max_length": 80},
                    ),
                    5: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link"], "label": "Point"},
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
                        "wagtail.blocks.StructBlock",
                        [[("text", 8), ("attribution", 9)]],
                        {},
                    ),
                    11: ("wagtail.images.blocks.ImageBlock", [], {}),
                    12: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"max_length": 255, "required": False},
                    ),
                    13: (
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
                    14: (
                        "wagtail.blocks.StructBlock",
                        [[("image", 11), ("caption", 12), ("width", 13)]],
                        {},
                    ),
                    15: (
                        "wagtail.blocks.StructBlock",
                        [[("image", 11), ("caption", 12)]],
                        {"label": "Figure"},
                    ),
                    16: (
                        "wagtail.blocks.ListBlock",
                        (15,),
                        {
                            "default": [
                                {"caption": "", "image": None},
                                {"caption": "", "image": None},
                            ],
                            "max_num": 2,
                            "min_num": 2,
                        },
                    ),
                    17: ("wagtail.blocks.StructBlock", [[("figures", 16)]], {}),
                    18: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    19: (
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
                    20: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For example: 4 minutes.",
                            "max_length": 40,
                            "required": False,
                        },
                    ),
                    21: (
                        "wagtail.images.blocks.ImageBlock",
                        [],
                        {"label": "Still picture"},
                    ),
                    22: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ol", "ul"],
                            "help_text": "All that is said, and what is shown if it matters.",
                        },
                    ),
                    23: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("title", 18),
                                ("address", 19),
                                ("length", 20),
                                ("poster", 21),
                                ("transcript", 22),
                            ]
                        ],
                        {},
                    ),
                    24: ("wagtail.blocks.CharBlock", (), {"required": False}),
                    25: ("wagtail.blocks.DecimalBlock", (), {"required": False}),
                    26: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ol", "ul"],
                            "label": "Text with links and lists",
                            "required": False,
                        },
                    ),
                    27: (
                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                        [[("text", 24), ("number", 25), ("rich_text", 26)]],
                        {},
                    ),
                    28: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {
                            "default": True,
                            "label": "The first column says what each row is about",
                            "required": False,
                        },
                    ),
                    29: (
                        "wagtail.blocks.StructBlock",
                        [[("table", 27), ("row_headings", 28)]],
                        {},
                    ),
                    30: (
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
                    31: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link", "ol", "ul"]},
                    ),
                    32: (
                        "wagtail.blocks.StructBlock",
                        [[("kind", 30), ("title", 18), ("text", 31)]],
                        {"label": "Call-out"},
                    ),
                    33: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link"], "label": "Do"},
                    ),
                    34: ("wagtail.blocks.ListBlock", (33,), {"default": []}),
                    35: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link"], "label": "Don’t"},
                    ),
                    36: (
                        "wagtail.blocks.ListBlock",
                        (35,),
                        {"default": [], "label": "Don’t"},
                    ),
                    37: (
                        "wagtail.blocks.StructBlock",
                        [[("do", 34), ("dont", 36)]],
                        {"label": "Do and don’t"},
                    ),
                    38: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"max_length": 120, "required": False},
                    ),
                    39: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ol", "ul"],
                            "required": False,
                        },
                    ),
                    40: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 18), ("text", 39)]],
                        {"label": "Step"},
                    ),
                    41: ("wagtail.blocks.ListBlock", (40,), {"min_num": 1}),
                    42: (
                        "wagtail.blocks.StructBlock",
                        [[("title", 38), ("steps", 41)]],
                        {},
                    ),
                    43: (
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
                    44: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "A sentence above the button.",
                            "max_length": 255,
                            "required": False,
                        },
                    ),
                    45: (
                        "wagtail.blocks.StructBlock",
                        [[("which", 43), ("text", 44)]],
                        {},
                    ),
                    46: (
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
                    47: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Where the link leads, in words.",
                            "max_length": 80,
                            "required": False,
                        },
                    ),
                    48: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 31), ("link", 46), ("link_text", 47)]],
                        {},
                    ),
                },
            ),
        ),
    ]
