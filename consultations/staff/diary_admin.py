"""The diary's settings in the admin: what can be booked, and with whom or where.

No personal data is in these models, so Wagtail's own views and its log are fine.
"""

from django.forms import CheckboxSelectMultiple, Select
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ..diary.models import AppointmentKind, Resource
from .closures import to_come
from .diary_forms import AppointmentKindForm, ResourceForm, stands


class DiaryViewSet(ModelViewSet):
    """What all of them have in common. Whoever may only view inspects."""

    # The database keeps what is needed; the index knows nothing of bookings.
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    queryset = None

    def get_common_view_kwargs(self, **kwargs) -> dict:
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_index_view_kwargs(self, **kwargs) -> dict:
        # No export: not even by an address made by hand.
        here = {"queryset": self.queryset, "FORMATS": ()}
        return super().get_index_view_kwargs(**{**here, **kwargs})

    def get_urlpatterns(self) -> list:
        return [each for each in super().get_urlpatterns() if each.name != "usage"]


class AppointmentKindEditView(generic.EditView):
    def save_instance(self) -> AppointmentKind:
        was_active = self.form.initial["is_active"]
        kind = super().save_instance()
        number = to_come(appointment_kind=kind).count()
        if was_active and not kind.is_active and number:
            words = f"{stands(number)} in the diary for this kind, and stays there."
            messages.warning(self.request, words)
        return kind


class AppointmentKindViewSet(DiaryViewSet):
    model = AppointmentKind
    name = "appointment_kinds"
    url_prefix = "diary/kinds"
    icon = "calendar-check"
    menu_order = 410
    add_to_settings_menu = True
    edit_view_class = AppointmentKindEditView
    list_display = [
        "name",
        "mode",
        Column("minutes", label="Minutes", sort_key="minutes"),
        BooleanColumn("needs_confirmation", label="Request only"),
        BooleanColumn("is_active", label="Offered to visitors", sort_key="is_active"),
    ]
    list_filter = ["mode", "is_active"]
    search_fields = ["name", "description"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", placeholder=False, classname=""),
            "slug",
            "mode",
            "description",
            "what_to_bring",
            MultiFieldPanel(
                [
                    FieldRowPanel(["minutes", "interval"]),
                    FieldRowPanel(["buffer_before", "buffer_after"]),
                ],
                "How long",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(["lead_hours", "horizon_days", "cutoff_hours"]),
                    "needs_confirmation",
                ],
                "When it can be booked and changed",
            ),
            FieldRowPanel(["is_active", "sort_order"]),
        ],
        base_form_class=AppointmentKindForm,
    )


class ResourceIndexView(generic.IndexView):
    page_title = "Rooms and people"
    add_item_label = "Add room or person"


class ResourceCreateView(generic.CreateView):
    page_subtitle = "Room or person"
    success_message = "“%(object)s” is in the diary."


class ResourceEditView(generic.EditView):
    success_message = "“%(object)s” is saved."

    def save_instance(self) -> Resource:
        before = Resource.objects.get(pk=self.object.pk)
        resource = super().save_instance()
        if words := what_stays(before, resource):
            messages.warning(self.request, words)
        return resource


def what_stays(before: Resource, now: Resource) -> str:
    """About bookings that a change leaves where visitors are offered no time."""
    if before.is_active and not now.is_active:
        number = to_come(resource=now).count()
        where = "here. It is offered to nobody from now on"
    elif now.lanes < before.lanes:
        number = to_come(resource=now, reservation__lane__gte=now.lanes).count()
        where = f"beside the {now.lanes} at a time that are left"
    else:
        return ""
    if not number:
        return ""
    return (
        f"{stands(number)} {where}. What is booked stays: move or cancel it where "
        "nobody can take it."
    )


def kinds_of(resource: Resource) -> str:
    return ", ".join(kind.name for kind in resource.kinds.all())


class ResourceViewSet(DiaryViewSet):
    model = Resource
    name = "diary_resources"
    url_prefix = "diary/resources"
    icon = "group"
    menu_label = "Rooms and people"
    menu_order = 420
    add_to_settings_menu = True
    queryset = Resource.objects.select_related("clinic").prefetch_related("kinds")
    index_view_class = ResourceIndexView
    add_view_class = ResourceCreateView
    edit_view_class = ResourceEditView
    list_display = [
        "name",
        Column("clinic", label="Clinic", sort_key="clinic"),
        Column("kinds", label="For", accessor=kinds_of),
        Column("lanes", label="At a time", sort_key="lanes"),
        BooleanColumn("is_active", label="Active", sort_key="is_active"),
    ]
    list_filter = ["clinic", "kinds", "is_active"]
    search_fields = ["name", "clinic__name"]
    inspect_view_fields = [
        "name",
        "clinic",
        "kinds",
        "lanes",
        "is_active",
        "opening_times",
    ]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("clinic", widget=Select), "name"]),
            FieldPanel("kinds", widget=CheckboxSelectMultiple),
            FieldPanel(
                "lanes",
                help_text="Two rooms that are alike, or two people, can be one entry.",
            ),
            FieldPanel(
                "is_active",
                help_text="Unticked, no new time is offered here. Bookings stay.",
            ),
            InlinePanel(
                "opening_times",
                panels=[FieldRowPanel(["weekday", "opens", "closes"])],
                heading="Opening times of each week",
                label="Opening time",
                help_text=(
                    "By the clock on the clinic’s wall, in steps of five minutes. "
                    "Add two to a day for a break between them; times that overlap "
                    "count once."
                ),
                max_num=70,
            ),
        ],
        base_form_class=ResourceForm,
    )
