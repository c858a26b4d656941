"""The words of the demo's home page, lists and site settings."""

HEADING = "Clear answers about hair loss, and someone to ask"
INTRODUCTION = (
    "Trichologists, doctors and pharmacists answer real questions, with their sources. "
    "When reading is not enough, come and see us, or send us photos from wherever you "
    "are."
)
SEARCH_DESCRIPTION = (
    "Hair loss questions answered by specialists with sources, two clinics in central "
    "London, and an online consultation from anywhere."
)
STEPS = (
    (
        "Tell us when",
        "Book a visit or a call. It is free, takes two minutes to ask for and commits "
        "you to nothing.",
    ),
    (
        "Let us look",
        "A specialist looks at your scalp, asks what changed and when, and tells you "
        "what it is likely to be.",
    ),
    (
        "Decide in your own time",
        "You hear what can help, what it costs and what happens if you do nothing. "
        "Doing nothing is often a fair choice.",
    ),
)
FEATURED = (
    "does-mesotherapy-work-for-hair-loss",
    "is-my-hairline-maturing-or-receding",
    "why-is-my-parting-getting-wider",
    "why-is-my-hair-falling-out-after-having-a-baby",
    "i-found-a-bald-patch-will-it-grow-back",
    "does-biotin-help-hair-grow",
)
ANSWERS_INTRODUCTION = (
    "Questions that people sent us, answered at length by someone who treats hair loss "
    "every day and checked by a second person."
)
TOPICS_INTRODUCTION = "Everything we have answered, by what it is about."
IN_MENU = ("about-us",)
SETTINGS = {
    "clinic_name": "Larkfield Hair Clinic",
    "discreet_name": "Larkfield",
    "tagline": (
        "Two clinics with in-house pharmacies in central London, and specialists who "
        "answer from anywhere."
    ),
    "phone": "+442079460958",
    "phone_hours": "Monday to Saturday, 9am to 7pm",
    "email": "hello@larkfield.example",
    "notify_bookings": "reception@larkfield.example",
    "notify_online": "specialists@larkfield.example",
    "registration": (
        "Larkfield Hair Clinic is invented, to show how this site works. Its people, "
        "addresses and register numbers are examples."
    ),
}
ALT_TEXTS = {
    "follicle-section": "Drawing of a hair follicle in a slice of skin",
    "growth-cycle": "Drawing of a follicle growing, changing and resting",
    "pattern-men": "Drawing of four heads from above, thinning at hairline and crown",
    "pattern-women": "Drawing of heads from above with a parting that widens",
    "patch": "Drawing of a scalp from above with one smooth round patch",
    "syringe": "Drawing of a syringe beside a small vial",
    "capsules": "Drawing of a bottle of capsules, some of them in front of it",
    "comb": "Drawing of a comb with a few shed hairs",
    "shower": "Drawing of strands of hair under drops of water",
    "braids": "Drawing of tight braids seen from behind",
    "light-cap": "Drawing of a head wearing a cap with points of light",
    "tube-sample": "Drawing of sample tubes with settled layers",
    "microscope": "Drawing of a dermatoscope over a scalp, the hairs magnified",
    "calendar": "Drawing of a calendar with three months marked",
    "plate": "Drawing of a plate with lentils, greens and an egg",
    "bottle": "Drawing of a dropper bottle and a shampoo bottle",
    "consultation": "Drawing of two people talking at a desk by a window",
    "thinning-strands": "Drawing of strands of hair that become finer",
    "home": "Drawing of a quiet room with a window, plants and an armchair",
    "person-1": "Drawing of a clinician with a friendly face",
    "person-2": "Drawing of a clinician looking ahead",
    "person-3": "Drawing of a clinician in front of a soft background",
    "person-4": "Drawing of a clinician with a calm expression",
    "person-5": "Drawing of a clinician smiling a little",
    "branch-victoria": "Drawing of a white terraced house front",
    "branch-bank": "Drawing of a stone corner building",
}
