from django.urls import path

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
]
