from django.urls import path

from . import views

urlpatterns = [
    path("", views.give_feedback, {"token": ""}),  # refused, in words
    path("<str:token>/", views.give_feedback, name="give_feedback"),
    path("<str:token>/why/", views.give_reason, name="give_feedback_reason"),
    path("<str:token>/thank-you/", views.feedback_received, name="feedback_received"),
]
