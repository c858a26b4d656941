"""Privacy notice of the invented clinic."""

from .blocks import bullets, heading, paragraph
from .shapes import StandardPage

PRIVACY_NOTICE = StandardPage(
    slug="privacy-notice",
    title="Privacy notice",
    introduction=(
        "What we collect about you, why, who sees it, how long we keep it, and what "
        "you can do about it."
    ),
    body=(
        paragraph(
            "Writing to a clinic about your hair means telling strangers something "
            "private. This page says in plain words what happens to it. Larkfield Hair "
            "Clinic is invented, and this notice is an example; a real clinic must "
            "check it against what it really does before it is published."
        ),
        heading("If you only read"),
        paragraph(
            "You can read every answer without telling us who you are. These pages set "
            "no cookies. There are no trackers, no advertising tags, and no fonts, "
            "maps or videos fetched from other companies. We do not record who reads "
            "what."
        ),
        paragraph(
            "When you open a form, the site sets one cookie that it cannot do without: "
            "it guards the form against misuse, holds nothing about you, and goes when "
            "you close the browser."
        ),
        heading("What we collect"),
        bullets(
            (
                "<b>When you book a free consultation:</b> your name, how to reach "
                "you, the clinic and time you would like, and anything you wish to "
                "tell us beforehand."
            ),
            (
                "<b>When you start an online consultation:</b> your name and contact "
                "details, your age, your answers about your hair, your health and your "
                "medicines, and one to five photographs of your scalp."
            ),
            "<b>When you come to us:</b> notes of what was said, found and agreed.",
        ),
        paragraph(
            "We ask only for what the purpose needs. When a question can be skipped, "
            "the form says so. The hidden data in your photographs, such as the place "
            "where they were taken, is removed when they arrive."
        ),
        heading("Why we may use it"),
        paragraph(
            "The law wants a reason for each use. It is for the clinic to decide on "
            "its reasons and to write them down. In this demonstration they are these. "
            "We use your contact details and times to arrange what you asked for. We "
            "use information about your health to give the care you asked for, under "
            "Article 9(2)(h) of the UK GDPR, and only people who owe you "
            "confidentiality work with it. For anything beyond that, such as "
            "publishing your question or your photographs, we ask separately, and you "
            "can say no and still be seen. We do not use health information for "
            "advertising, and we do not sell it."
        ),
        paragraph("No computer decides about your care. A person reads what you send."),
        heading("Who sees it"),
        paragraph(
            "The trichologists, pharmacists and doctors involved in your care, and the "
            "colleagues who arrange appointments, each as far as their work needs it. "
            "The system keeps a record of who opened a case and when. Companies that "
            "run our servers and deliver our e-mail work on our instructions. We write "
            "to your GP only if you agree, unless someone is in serious danger or the "
            "law requires it."
        ),
        heading("How long we keep it"),
        bullets(
            (
                "Photographs that were uploaded but never submitted are deleted after "
                "two days."
            ),
            (
                "What you sent us is deleted 12 months after we received it, once we "
                "have finished dealing with it."
            ),
            (
                "If you become a patient, what matters for your care is copied into "
                "your clinical record. We tell you then how long that is kept."
            ),
            (
                "The register of complaints and data requests is kept as long as the "
                "law and our insurers require."
            ),
        ),
        paragraph(
            "Deleted data can remain in our backups until these are overwritten. "
            "Backups are not used for anything but restoring the system."
        ),
        heading("How we protect it"),
        paragraph(
            "Everything travels over an encrypted connection. Your answers, our "
            "notes and your photographs are encrypted in storage as well, with keys "
            "that are kept apart from the data. E-mails we send do not contain your "
            "answers, your photographs or the name of a treatment. No system is "
            "beyond failure. If "
            "something goes wrong that puts you at high risk, we will tell you."
        ),
        heading("Your rights"),
        paragraph(
            "You can ask for a copy of what we hold, have mistakes put right, ask us "
            "to delete data or to use it less, object to a use, and take back a "
            "consent. We answer within one month; if a request is complicated we may "
            "need longer, and we will tell you why. Part of a clinical record may have "
            "to be kept. It costs you nothing, and it does not affect your care. Write "
            "to privacy@larkfield.example or ring 020 7946 0958."
        ),
        heading("If you are unhappy with us"),
        paragraph(
            "You can complain about how we use your data by e-mail, by phone, on paper "
            "or at the counter. We acknowledge it within 30 days at the latest, look "
            "into it without undue delay, tell you how it is going, and tell you the "
            "outcome."
        ),
        paragraph(
            "You can also go to the Information Commissioner’s Office, through <a "
            'href="https://ico.org.uk/make-a-complaint/">its website</a> or on 0303 '
            "123 1113. The ICO usually asks that you let us try first."
        ),
    ),
)
