from io import BytesIO

import factory
from django.core.files.base import ContentFile
from PIL import Image

from clinic_site.core.models import Clinic, ClinicImage, Expert


def jpeg(size: tuple[int, int] = (64, 40), colour: str = "teal") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


class ClinicImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClinicImage

    title = "A follicle"
    description = "Drawing of a hair follicle in a slice of skin"
    file = factory.LazyFunction(lambda: ContentFile(jpeg(), "follicle.jpg"))


class ClinicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Clinic

    name = factory.Sequence(lambda n: f"Larkfield Victoria {n}")
    slug = factory.Sequence(lambda n: f"victoria-{n}")
    address = "12 Example Row\nLondon"
    postcode = "ZZ99 1EX"
    phone = "+442079460958"
    opening_times = "Monday to Friday: 9am to 7pm"


class ExpertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Expert

    name = factory.Sequence(lambda n: f"Miriam Calloway {n}")
    slug = factory.Sequence(lambda n: f"miriam-calloway-{n}")
    post_nominals = "MIT"
    role = "Lead trichologist"
    register = "Institute of Trichologists"
    register_number = "EXAMPLE-3107"
