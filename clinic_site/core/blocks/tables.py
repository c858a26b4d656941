"""Tables of facts and figures."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from .text import PLAIN_FEATURES

PREVIEW = {
    "columns": [
        {"type": "text", "heading": "Time"},
        {"type": "text", "heading": "What you see"},
        {"type": "number", "heading": "Hairs a day"},
    ],
    "rows": [
        {"values": ["Before", "Ordinary shedding", 80]},
        {"values": ["Month three", "Hair comes out by the handful", 300]},
        {"values": ["Month nine", "Short new hairs", 90]},
    ],
    "caption": "Shedding after a fever",
}


class CellsBlock(TypedTableBlock):
    text = blocks.CharBlock(required=False)
    number = blocks.DecimalBlock(required=False)
    rich_text = blocks.RichTextBlock(
        required=False, features=PLAIN_FEATURES, label="Text with links and lists"
    )

    def clean(self, table: TypedTable) -> TypedTable:
        table = super().clean(table)
        missing = []
        if not (table.columns and table.row_data):
            missing.append("Add at least one column and one row.")
        if not table.caption.strip():
            missing.append("Give the table a caption that says what it compares.")
        if missing and not self.is_deferred_validation:
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(words) for words in missing]
            )
        return table


class TableValue(blocks.StructValue):
    def has_headings(self) -> bool:
        return any(column["heading"] for column in self["table"].columns)


class TableBlock(blocks.StructBlock):
    table = CellsBlock()
    row_headings = blocks.BooleanBlock(
        required=False,
        default=True,
        label="The first column says what each row is about",
    )

    class Meta:
        icon = "table"
        group = "Evidence"
        template = "blocks/table.html"
        value_class = TableValue
        description = "Facts in rows and columns, under a caption."
        preview_value = {"table": PREVIEW, "row_headings": True}
