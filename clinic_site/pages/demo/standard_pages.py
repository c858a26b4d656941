"""About us and editorial policy of the invented clinic, with its privacy notice."""

from .blocks import bullets, callout, figure, heading, paragraph
from .privacy_notice import PRIVACY_NOTICE
from .shapes import StandardPage

STANDARD_PAGES: tuple[StandardPage, ...] = (
    PRIVACY_NOTICE,
    StandardPage(
        slug="about-us",
        title="About us",
        introduction="Who we are, what we do and what we leave to others.",
        body=(
            callout(
                "note",
                "This clinic is invented",
                (
                    "Larkfield Hair Clinic exists only to show this website. The "
                    "people, addresses, telephone numbers and register numbers are "
                    "made up. The studies cited in the answers are real."
                ),
            ),
            paragraph(
                "Larkfield is a small hair clinic with two branches in central London, "
                "Larkfield Victoria and Larkfield Bank. Each has consulting rooms and "
                "a pharmacy of its own. Trichologists, pharmacists and a doctor work "
                "here together, because hair loss is sometimes a matter of hair, "
                "sometimes of medicines and sometimes of health."
            ),
            heading("What happens at a first visit"),
            paragraph(
                "You sit down with one person, in a room with a door. We ask what you "
                "noticed and when, look at the scalp under magnification, and tell you "
                "what we think it is and how sure we are. It takes about half an hour "
                "and is free. You are not asked to decide anything that day."
            ),
            figure(
                "consultation",
                alt="Two people talking at a desk.",
                caption=(
                    "A first consultation is a talk and a look at the scalp. Nothing "
                    "is sold in the room."
                ),
            ),
            paragraph(
                "If you live far away or would rather write, the online consultation "
                "asks the same questions one at a time. A person reads the answers and "
                "replies, usually within two working days. If we need to see you, or "
                "think a GP should, we say so."
            ),
            heading("What we do not do"),
            bullets(
                "We do not treat children. We will gladly tell you where to go.",
                (
                    "We do not supply a prescription medicine on the strength of a "
                    "form alone."
                ),
                "We do not offer injections into the scalp or hair transplants.",
                (
                    "We do not publish a patient’s picture without their separate "
                    "written agreement, which they can take back."
                ),
            ),
            heading("How we earn our money"),
            paragraph(
                "From treatment plans, and from our pharmacies. You should know that "
                "when you read us. It is why our answers are checked by a second "
                "person, why they name treatments we do not sell, and why they tell "
                "you when doing nothing is a reasonable choice. More on this is in our "
                '<a href="/editorial-policy/">editorial policy</a>.'
            ),
            heading("If you want to complain"),
            paragraph(
                "Tell anyone who works here, ring 020 7946 0958 or write to "
                "care@larkfield.example. We acknowledge a complaint about care within "
                "three working days. If we cannot settle it, we tell you which "
                "regulator to turn to. Complaints about your data have a way of their "
                'own, described in the <a href="/privacy-notice/">privacy notice</a>.'
            ),
        ),
    ),
    StandardPage(
        slug="editorial-policy",
        title="Editorial policy",
        introduction=(
            "How our answers are written and checked, and what the words about "
            "evidence mean."
        ),
        body=(
            paragraph(
                "People read these pages when they are worried. So we try to be right "
                "first, clear second and interesting third. This page says how we go "
                "about it, so that you can hold us to it."
            ),
            heading("Who writes, and who checks"),
            paragraph(
                "Each answer has two names on it: the person who wrote it and a second "
                "person, with another background, who checked it against its sources. "
                "Both are registered with a professional body, and their pages say "
                "which. An answer does not go online, and a changed answer does not "
                "replace an old one, before the second person has agreed."
            ),
            heading("Questions"),
            paragraph(
                "The questions come from readers. We publish one only with the "
                "reader’s agreement, under a first name or a changed one, and we leave "
                "out whatever could identify them. An answer on this site cannot "
                "replace an examination. If a question sounds urgent we reply to the "
                "person and do not wait for publication."
            ),
            heading("Sources"),
            paragraph(
                "Whatever a study has shown, we cite. We prefer systematic reviews, "
                "guidelines of medical bodies and NHS advice; after these come single "
                "studies; case reports only for harms or where nothing else exists. We "
                "read what we cite, at least in summary, and say so when a study is "
                "small, paid for by a maker or contradicted by others. Numbered links "
                "lead to the source itself."
            ),
            heading("What the words about evidence mean"),
            bullets(
                (
                    "<b>Strong:</b> several good studies agree, and new ones are "
                    "unlikely to change the answer."
                ),
                (
                    "<b>Mixed:</b> there are good studies, but they disagree, are few, "
                    "or answer only part of the question."
                ),
                (
                    "<b>Weak:</b> small or poorly made studies, or mainly observation "
                    "and opinion."
                ),
                "<b>None:</b> we looked and found nothing we could rely on.",
                (
                    "<b>Not applicable:</b> the answer is about recognising something "
                    "or getting help, and not about whether something works."
                ),
            ),
            heading("Words we avoid"),
            paragraph(
                "We do not name prescription medicines in our public pages. The law "
                "does not allow them to be advertised to the public, and which "
                "medicine suits you is a matter for a consultation. We make no "
                "promises about results and use no superlatives. If we mention a "
                "product of our own, it stands in a marked box, apart from the answer."
            ),
            heading("Pictures"),
            paragraph(
                "The pictures in our answers are drawings made for this site. "
                "Photographs of patients appear only with signed consent, with dates, "
                "unretouched, and never to suggest that everybody fares like that."
            ),
            heading("Review and corrections"),
            paragraph(
                "Every answer is read again after a year, or after two or three where "
                "the evidence is settled, and sooner if an important study appears. "
                "The date of the last review stands at the top; what changed, and why, "
                "stands below the sources. "
                "Small slips are corrected quietly; if the meaning changes, we say "
                "what was wrong. If you find a mistake, please tell us at "
                "editor@larkfield.example. We look at every message and thank you for "
                "it."
            ),
        ),
    ),
)
