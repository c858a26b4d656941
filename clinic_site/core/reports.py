"""What the reports in Wagtail's admin have in common."""

from collections.abc import Iterable, Iterator

from django.db.models import F, QuerySet
from wagtail.admin.views.reports import ReportView

from .spreadsheets import NOT_IN_XLSX, safe


class ClinicReportView(ReportView):
    """Exports what people wrote without harm, and sorts what is empty last.

    Wagtail's own makes a formula harmless in XLSX only.
    """

    then_by = ("title", "pk")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.ordering:
            return queryset
        by = F(self.ordering.removeprefix("-"))
        is_descending = self.ordering.startswith("-")
        first = by.desc(nulls_last=True) if is_descending else by.asc(nulls_last=True)
        return queryset.order_by(first, *self.then_by)

    def preprocess_field_value(
        self, field: str, value: object, export_format: str
    ) -> object:
        written = super().preprocess_field_value(field, value, export_format)
        if not isinstance(written, str):
            return written
        if export_format == self.FORMAT_XLSX:
            return NOT_IN_XLSX.sub("", written)
        return safe(written)

    def stream_csv(self, queryset: Iterable) -> Iterator[bytes]:
        """With the mark by which Excel knows UTF-8."""
        yield "\N{BOM}".encode()
        yield from super().stream_csv(queryset)
