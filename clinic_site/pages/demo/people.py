"""Topics, people and branches of the invented clinic, and its standard pages."""

from .shapes import Branch, Person, Topic
from .standard_pages import STANDARD_PAGES

__all__ = ["BRANCHES", "PEOPLE", "STANDARD_PAGES", "TOPICS"]

TOPICS: tuple[Topic, ...] = (
    Topic(
        slug="male-pattern-hair-loss",
        title="Male pattern hair loss",
        introduction=(
            "A receding hairline or a thinning crown, usually slow and usually "
            "inherited. What it is, how to tell it apart, and what can be done."
        ),
        picture="pattern-men",
    ),
    Topic(
        slug="female-pattern-hair-loss",
        title="Female pattern hair loss",
        introduction=(
            "A parting that widens while the front hairline stays. It is common, "
            "seldom talked about, and not your doing."
        ),
        picture="pattern-women",
    ),
    Topic(
        slug="shedding",
        title="Shedding",
        introduction=(
            "Hair that comes out by the handful, often months after a birth, an "
            "illness or a hard time. Most shedding settles; some of it needs a blood "
            "test."
        ),
        picture="comb",
    ),
    Topic(
        slug="patchy-hair-loss",
        title="Patchy hair loss",
        introduction=(
            "Round patches on the scalp, in the beard or in the brows. Some regrow by "
            "themselves, some need a doctor soon."
        ),
        picture="patch",
    ),
    Topic(
        slug="treatments-explained",
        title="Treatments explained",
        introduction=(
            "What a treatment involves, what the studies show and what can go wrong, "
            "including for treatments we do not offer."
        ),
        picture="consultation",
    ),
    Topic(
        slug="scalp-and-hair-care",
        title="Scalp and hair care",
        introduction=(
            "Washing, styling, braids, diet and supplements: what matters for hair and "
            "what can be left alone."
        ),
        picture="shower",
    ),
)

PEOPLE: tuple[Person, ...] = (
    Person(
        slug="miriam-calloway",
        name="Miriam Calloway",
        post_nominals="MIT",
        role="Lead trichologist, Larkfield Victoria",
        register="Institute of Trichologists",
        register_number="EXAMPLE-3107",
        biography=(
            "Miriam has looked at scalps for nineteen years and still starts with the "
            "same question: when did you first notice? She sees adults with thinning "
            "and patchy hair loss, and teaches new colleagues how to use a "
            "dermatoscope. She wishes more people came earlier and paid less before "
            "they did."
        ),
        picture="person-5",
    ),
    Person(
        slug="daniel-osei",
        name="Daniel Osei",
        post_nominals="MPharm",
        role="Superintendent pharmacist",
        register="General Pharmaceutical Council",
        register_number="EXAMPLE-2041",
        biography=(
            "Daniel runs the pharmacies at both branches and is answerable for every "
            "medicine that leaves them. He worked in a hospital before he joined "
            "Larkfield. He reads the small print of studies for a living and likes to "
            "say what is not known before he says what is."
        ),
        picture="person-2",
    ),
    Person(
        slug="priya-raman",
        name="Dr Priya Raman",
        post_nominals="MBBS MRCGP",
        role="Medical adviser",
        register="General Medical Council",
        register_number="EXAMPLE-6120",
        biography=(
            "Priya is a GP with a special interest in skin and hair. She works two "
            "days a week at Larkfield and the rest in general practice. She reviews "
            "most of our answers, and decides when a question belongs with a GP or a "
            "dermatologist instead of with us."
        ),
        picture="person-3",
    ),
    Person(
        slug="grace-adeyemi",
        name="Grace Adeyemi",
        post_nominals="MIT",
        role="Trichologist, Larkfield Bank",
        register="Institute of Trichologists",
        register_number="EXAMPLE-3122",
        biography=(
            "Grace sees women and men with thinning hair and knows textured hair from "
            "both sides of the chair. She writes about traction, braids and the months "
            "after a birth. Her aim is that nobody leaves feeling blamed for their "
            "hair."
        ),
        picture="person-1",
    ),
    Person(
        slug="tomasz-wilk",
        name="Tomasz Wilk",
        post_nominals="MPharm IP",
        role="Pharmacist, Larkfield Bank",
        register="General Pharmaceutical Council",
        register_number="EXAMPLE-2058",
        biography=(
            "Tomasz is a pharmacist who looks after people during treatment: side "
            "effects, other medicines, and when to stop. He also checks what our "
            "answers say about vitamins and devices. He keeps a list of questions that "
            "a seller should be able to answer."
        ),
        picture="person-4",
    ),
)

BRANCHES: tuple[Branch, ...] = (
    Branch(
        slug="larkfield-victoria",
        name="Larkfield Victoria",
        address="12 Example Row\nVictoria\nLondon",
        postcode="ZZ99 1EX",
        phone="020 7946 0958",
        opening_times=(
            "Monday to Thursday: 9am to 7pm\nFriday: 9am to 5pm\nSaturday: 10am to "
            "4pm\nSunday and bank holidays: closed"
        ),
        pharmacy_register="General Pharmaceutical Council premises EXAMPLE-9010",
        directions=(
            "About six minutes on foot from Victoria station. The entrance is level "
            "with the street and there is a lift. Ring the bell marked 12; there is no "
            "sign about hair on the door."
        ),
        picture="branch-victoria",
    ),
    Branch(
        slug="larkfield-bank",
        name="Larkfield Bank",
        address="3 Sample Court\nCity of London\nLondon",
        postcode="ZZ99 3EX",
        phone="020 7946 0321",
        opening_times=(
            "Monday to Friday: 8am to 6pm\nSaturday and Sunday: closed\nBank holidays: "
            "closed"
        ),
        pharmacy_register="General Pharmaceutical Council premises EXAMPLE-9011",
        directions=(
            "About four minutes on foot from Bank station. There are two steps at the "
            "front; for the level entrance at the side, ring us and someone will open "
            "it. The consulting rooms are on the ground floor."
        ),
        picture="branch-bank",
    ),
)
