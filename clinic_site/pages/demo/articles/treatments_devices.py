"""Treatments explained: an answer on devices."""

from datetime import date

from ..blocks import bullets, callout, figure, heading, paragraph
from ..shapes import Article

DEVICES: tuple[Article, ...] = (
    Article(
        slug="do-light-therapy-caps-regrow-hair",
        title="Do light therapy caps regrow hair?",
        question=(
            "I keep seeing adverts for caps and helmets with red lights that are meant "
            "to regrow hair at home. They cost hundreds of pounds. Is there anything "
            "in it, or is it an expensive hat?"
        ),
        asker_name="Owen",
        asker_place="Swansea",
        asked_on=date(2026, 6, 29),
        short_answer=(
            "There is something in it, but how much is uncertain. In trials, people "
            "with pattern hair loss who used such a device ended with more hairs in a "
            "small test area than people with a dummy. The trials were small and "
            "short, devices differ, and nobody knows what happens over years."
        ),
        topic="treatments-explained",
        other_topics=("male-pattern-hair-loss", "female-pattern-hair-loss"),
        expert="tomasz-wilk",
        reviewer="miriam-calloway",
        evidence="mixed",
        evidence_note=(
            "Trials against dummy devices mostly favour the light, but they are small, "
            "short and unlike one another. For women the Cochrane reviewers called the "
            "results mixed."
        ),
        published_on=date(2026, 7, 13),
        reviewed_on=date(2026, 7, 13),
        reviewed_what="The whole text, its sources and its rating.",
        body=(
            paragraph(
                "Hello Owen. It is more than an expensive hat, but less than the "
                "adverts would like you to think. We do not sell these caps, so you "
                "can take this as a pharmacist’s reading of the studies."
            ),
            heading("What the cap does"),
            paragraph(
                "It holds rows of small red lasers or light-emitting diodes close to "
                "the scalp. The usual name is low-level light therapy. You wear it for "
                "some minutes, several times a week, for months. The light is weak and "
                "is not meant to warm the skin. How it might act on a follicle is not "
                "established; there are ideas about energy use in cells, but ideas are "
                "all they are."
            ),
            heading("What the trials found"),
            paragraph(
                "A review in 2019 put together 11 comparisons from eight studies, in "
                "which some people used a working device and others a dummy that "
                "looked the same. Hair density rose more with the working one, in men "
                "and in women, with combs and with helmets. The reviewers named a "
                "limit that matters: the trials differed a great deal from each other "
                "[1]."
            ),
            paragraph(
                "A second review looked only at home devices that the American "
                "regulator allows to be sold. It found seven trials that met its "
                "standard and again saw more hair with real light. Its authors call "
                "the method potentially effective and ask for longer follow-up [2]. "
                "For women, the Cochrane review of 2016 described the results of laser "
                "devices as mixed [3]."
            ),
            figure(
                "thinning-strands",
                alt="A row of hairs that become finer and shorter from left to right.",
                caption=(
                    "Trials count hairs in a small marked area. A higher count there "
                    "is a real result, but it does not always show in the mirror."
                ),
            ),
            heading("How to read that"),
            bullets(
                (
                    "<b>Counts are not looks.</b> Most trials count hairs in a spot "
                    "the size of a coin. Some extra hairs there may be invisible "
                    "across a room."
                ),
                (
                    "<b>Months are not years.</b> Pattern hair loss goes on for "
                    "decades. These trials do not."
                ),
                (
                    "<b>One device is not another.</b> Light, strength and number of "
                    "sources differ. A result for one cap says little about a cheaper "
                    "copy."
                ),
                (
                    "<b>Ask who paid.</b> Makers have paid for trials in this field. "
                    "That does not make a trial wrong, but it is worth knowing."
                ),
            ),
            heading("Is it safe?"),
            paragraph(
                "Few problems were reported in trials; an itchy or tender scalp is the "
                "sort of thing people mention. Do not look into the lights. Ask a "
                "doctor first if light triggers a skin condition or fits in you, if "
                "you take a medicine that makes skin sensitive to light, or if there "
                "is a changing or sore spot on your scalp. That spot needs showing to "
                "a GP, not to a cap."
            ),
            heading("Should you buy one?"),
            paragraph(
                "Only you can weigh the price. I would want three things settled first."
            ),
            bullets(
                (
                    "That you have pattern hair loss at all. The trials say nothing "
                    "about patches, shedding or scarring."
                ),
                (
                    "That you know about the licensed treatments. They have been "
                    "studied for longer, and they have side effects that a cap does "
                    "not have."
                ),
                (
                    "That you can send the cap back, and that you will truly use it "
                    "for six months."
                ),
            ),
            figure(
                "calendar",
                alt="A calendar with three months marked.",
                caption=(
                    "Take a photograph before you begin and then every three months, "
                    "in the same light. Judge by those and not by memory."
                ),
            ),
            paragraph(
                "If six months of regular use change nothing in your photographs, "
                "stop. Going on longer is unlikely to be money well spent."
            ),
            callout(
                "note",
                "Before you pay",
                (
                    "Have the cause of your hair loss named by someone who earns "
                    "nothing from the device. A GP, or a trichologist at a free "
                    "consultation, can do that."
                ),
            ),
        ),
        sources=("liu-2019", "lueangarun-2021", "van-zuuren-2016"),
        related=(
            "does-mesotherapy-work-for-hair-loss",
            "is-my-hairline-maturing-or-receding",
            "why-is-my-parting-getting-wider",
        ),
        picture="light-cap",
        search_description=(
            "Do red light caps regrow hair? What trials against dummy devices found, "
            "where they fall short, and what to settle before you buy."
        ),
    ),
)
