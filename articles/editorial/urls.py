from django.urls import path

from .move_review import MoveReviewDateView
from .reports import ReviewDueView, SourceHealthView
from .unsigned import LiveWithoutSignOffView
from .views import PublishWithoutSignOffView

urlpatterns = [
    path(
        "answers/<int:page_id>/publish-without-sign-off/",
        PublishWithoutSignOffView.as_view(),
        name="publish_without_sign_off",
    ),
    path(
        "reports/live-without-sign-off/",
        LiveWithoutSignOffView.as_view(),
        name="live_without_sign_off",
    ),
    path(
        "reports/live-without-sign-off/results/",
        LiveWithoutSignOffView.as_view(results_only=True),
        name="live_without_sign_off_results",
    ),
    path("reports/due-for-review/", ReviewDueView.as_view(), name="review_due_report"),
    path(
        "reports/due-for-review/results/",
        ReviewDueView.as_view(results_only=True),
        name="review_due_report_results",
    ),
    path(
        "reports/due-for-review/<int:pk>/move/",
        MoveReviewDateView.as_view(),
        name="move_review_date",
    ),
    path("reports/sources/", SourceHealthView.as_view(), name="source_health_report"),
    path(
        "reports/sources/results/",
        SourceHealthView.as_view(results_only=True),
        name="source_health_report_results",
    ),
]
