from django.db.models import Count, Min
from django.urls import reverse
from wagtail.admin.ui.components import Component

from ..models import Submission
from .cases import may_view


class WaitingPanel(Component):
    """On the first screen: what waits for an answer, by kind, and how long."""

    name = "waiting_consultations"
    template_name = "consultations/staff/panel.html"
    order = 50

    def get_context_data(self, parent_context: dict) -> dict:
        waiting = (
            Submission.objects.filter(status=Submission.Status.NEW)
            .order_by("kind")
            .values("kind")
            .annotate(count=Count("pk"), oldest=Min("created_at"))
        )
        inbox = reverse("consultations:inbox")
        return {
            "is_shown": may_view(parent_context["request"].user),
            "inbox": inbox,
            "waiting": [
                {
                    **row,
                    "label": Submission.Kind(row["kind"]).label,
                    "url": f"{inbox}?kind={row['kind']}&status=new",
                }
                for row in waiting
            ],
        }
