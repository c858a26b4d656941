import pytest

from consultations.models import FreeConsultation
from tests.factories.consultations import booking_form

pytestmark = pytest.mark.django_db


def test_it_works(client):
    response = client.post("/free-consultation/", booking_form())

    booking = FreeConsultation.objects.get()
    assert response.status_code == 303
    assert response["Location"].endswith(f"/received/{booking.reference}/")
