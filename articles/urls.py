from django.urls import include, path

from .answers import experts

urlpatterns = [
    path("was-this-helpful/", include("articles.feedback.urls")),
    path("experts/", experts.list_experts, name="experts"),
    path("experts/<slug:slug>/", experts.show_expert, name="expert"),
    path(
        "experts/<slug:slug>/reviewed/", experts.list_reviewed, name="expert_reviewed"
    ),
]
