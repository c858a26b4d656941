"""Two answers on female pattern hair loss."""

from datetime import date

from ..blocks import bullets, callout, figure, heading, paragraph
from ..shapes import Article, Change

FEMALE_PATTERN: tuple[Article, ...] = (
    Article(
        slug="why-is-my-parting-getting-wider",
        title="Why is my parting getting wider?",
        question=(
            "I’m 41 and the line of scalp along my parting has grown over the last two "
            "years. My hairline at the front is the same as ever. I don’t lose clumps "
            "of hair. What is going on, and can anything be done?"
        ),
        asker_name="Nadia",
        asker_place="Birmingham",
        asked_on=date(2026, 4, 20),
        short_answer=(
            "A parting that slowly widens while the front hairline stays put is "
            "typical of female pattern hair loss. It is common and harmless to health, "
            "but it can hurt. One licensed treatment applied to the scalp helps some "
            "women. A few other causes should be ruled out first."
        ),
        topic="female-pattern-hair-loss",
        other_topics=("treatments-explained",),
        expert="grace-adeyemi",
        reviewer="priya-raman",
        evidence="mixed",
        evidence_note=(
            "A Cochrane review of 47 trials supports one treatment applied to the "
            "scalp, with modest effect. For most other treatments the trials were too "
            "few or too weak."
        ),
        published_on=date(2026, 5, 11),
        reviewed_on=date(2026, 10, 5),
        reviewed_what="Figures from the Cochrane review recalculated and checked.",
        body=(
            paragraph(
                "Hello Nadia. What you describe, slowly and without clumps, is how "
                "female pattern hair loss usually shows itself. Nobody can diagnose it "
                "from a letter, but I can tell you what it is, what else it might be, "
                "and what is known about treatment."
            ),
            heading("What happens in the scalp"),
            paragraph(
                "In female pattern hair loss the follicles on top of the head make "
                "hairs that become finer, shorter and paler with each round of growth. "
                "The thinning is spread over the crown, and the front hairline often "
                "stays as it was [1]. You notice it where the hair divides: the "
                "parting. It is linked to genes, from either parent or both, and to "
                "hormones [1]. It is nothing you did."
            ),
            figure(
                "pattern-women",
                alt=(
                    "Drawings of a woman’s head from above; the parting widens from a "
                    "thin line to a broad band while the front hairline stays the same."
                ),
                caption=(
                    "The parting widens from the middle. The front edge is often "
                    "spared, which is one difference from the pattern seen in men."
                ),
            ),
            heading("What else it could be"),
            paragraph(
                "Some other things widen a parting or join in with it, and a few can "
                "be put right. A doctor or trichologist will usually ask about these:"
            ),
            bullets(
                (
                    "heavy shedding a few months after an illness, a birth or a big "
                    "weight loss;"
                ),
                (
                    "heavy periods, a restricted diet or tiredness, which may point to "
                    "low iron;"
                ),
                (
                    "feeling cold and slow, or hot and racing, which may point to the "
                    "thyroid;"
                ),
                (
                    "irregular periods, acne or new facial hair, which can go with "
                    "polycystic ovary syndrome [1];"
                ),
                "years of tight styles, relaxers or heavy extensions.",
            ),
            paragraph("A GP can arrange blood tests where the story suggests them."),
            heading("What the evidence says about treatment"),
            paragraph(
                "A Cochrane review brought together 47 trials with 5,290 women. In six "
                "of the trials, women used either a licensed treatment for the scalp "
                "or a dummy. About 26 in 100 women on the treatment reported a "
                "moderate or marked increase in regrowth, against about 14 in 100 on "
                "the dummy [2]. That is a real difference, and it also means that most "
                "women did not see that much. The reviewers called this evidence "
                "moderate in quality. Only five of the 47 trials were at low risk of "
                "bias [2]."
            ),
            paragraph(
                "For laser devices the results were mixed, and many other commonly "
                "used treatments have not been tested well enough to say [2]. This "
                "treatment has to go on for as long as you want its effect. It can "
                "irritate the scalp and it does not suit everyone, for example in "
                "pregnancy. A pharmacist can go through it with you."
            ),
            callout(
                "warning",
                "See a GP soon if",
                (
                    "your hair loss is sudden or patchy, the scalp is sore, scaly or "
                    "scarred-looking, your eyebrows are thinning too, your periods "
                    "have changed, or the loss is weighing on your mood."
                ),
            ),
            heading("Living with it"),
            paragraph(
                "Doing nothing is a reasonable choice. So are a different parting, a "
                "shorter cut, hair fibres or a topper: these work the same day and "
                "carry little risk. Many women want to know only that it has a name "
                "and that it usually moves slowly. If you would like someone to look, "
                "bring two photographs of your parting from different years. They are "
                "worth more than a description."
            ),
        ),
        sources=("bad-female-pattern", "van-zuuren-2016"),
        related=(
            "does-the-menopause-cause-hair-thinning",
            "could-low-iron-be-making-my-hair-shed",
            "do-light-therapy-caps-regrow-hair",
        ),
        picture="thinning-strands",
        search_description=(
            "A parting that slowly widens often means female pattern hair loss. What "
            "else to rule out and what a Cochrane review says on treatment."
        ),
    ),
    Article(
        slug="does-the-menopause-cause-hair-thinning",
        title="Does the menopause cause hair thinning?",
        question=(
            "I’m 52 and in the menopause. My ponytail is half what it was and my hair "
            "feels finer everywhere. Is it the menopause, is it age, or should I be "
            "looking for something else?"
        ),
        asker_name="Ruth",
        asker_place="Norwich",
        asked_on=date(2026, 1, 12),
        short_answer=(
            "It may play a part, but it is rarely the whole answer. Hair grows a "
            "little slower and finer after the menopause, and age and inherited "
            "thinning add to it. The research is small. New or fast hair loss at this "
            "age deserves a check for other causes."
        ),
        topic="female-pattern-hair-loss",
        other_topics=("shedding",),
        expert="priya-raman",
        reviewer="grace-adeyemi",
        evidence="weak",
        evidence_note=(
            "A few small studies compare women before and after the menopause. They "
            "show a link, not a cause, and the main review we cite was published in a "
            "supplement paid for by a hair-product company."
        ),
        published_on=date(2026, 2, 2),
        reviewed_on=date(2026, 7, 20),
        reviewed_what="The whole text, its sources and who paid for them.",
        changes=(
            Change(
                date(2026, 7, 20),
                what="A note on who paid for the main review added.",
                why="Readers can weigh its findings better when they know.",
            ),
        ),
        body=(
            paragraph(
                "Hello Ruth. Many women tell us the same thing in the same words, and "
                "too many have been told that it is only their age. Let me separate "
                "what is known from what is guessed."
            ),
            heading("What seems to change"),
            paragraph(
                "One review put together studies of women before and after the "
                "menopause. In women without hair loss, those past the menopause had "
                "hair that grew more slowly and was finer, above all at the front; the "
                "number of hairs seemed to follow age more than the menopause itself "
                "[1]. So hair can feel thinner without many hairs being lost: each one "
                "takes up less room."
            ),
            paragraph(
                "Two cautions. The studies were small, and they compared different "
                "women rather than following the same women over time. The review also "
                "appeared in a journal supplement paid for by a maker of hair "
                "products, and its author declares fees from that company [1]. That "
                "does not make it wrong. It is a reason not to lean on it too hard."
            ),
            figure(
                "growth-cycle",
                alt=(
                    "Three drawings of one follicle: growing, drawing back, and "
                    "resting before the hair is shed."
                ),
                caption=(
                    "Each hair grows for years, draws back within weeks and rests for "
                    "some months. A shorter growing phase means finer, shorter hair."
                ),
            ),
            heading("Where pattern hair loss comes in"),
            paragraph(
                "Female pattern hair loss often first shows in the fifties or sixties "
                "[2], just when periods stop. The two are easily taken for one "
                "another. If the thinning is mostly on top, with a widening parting "
                "and a front hairline that holds, pattern hair loss is likely to be "
                "part of the picture. There is an answer on that among the related "
                "ones below."
            ),
            heading("Other things worth checking at this age"),
            bullets(
                (
                    "<b>Thyroid.</b> Tiredness, weight change and feeling cold are "
                    "easily put down to the menopause."
                ),
                "<b>Iron.</b> Heavy bleeding before periods stop can run iron down.",
                (
                    "<b>A shock to the system.</b> An operation, a fever or a hard "
                    "year can set off shedding about three months later."
                ),
                (
                    "<b>Medicines.</b> Some can cause shedding. Do not stop one on "
                    "your own; ask a pharmacist or your GP."
                ),
                (
                    "<b>A hairline that creeps back evenly, with thinning "
                    "eyebrows.</b> This can be a scarring condition and should be seen "
                    "by a dermatologist without long delay."
                ),
            ),
            callout(
                "doctor",
                "Please see your GP if",
                (
                    "the loss came on within weeks, your eyebrows are going, the scalp "
                    "itches, burns or looks shiny, or you bleed again after a year "
                    "without periods. The last has nothing to do with hair, but it "
                    "always needs a check."
                ),
            ),
            heading("Will treating the menopause bring hair back?"),
            paragraph(
                "We cannot tell you that it will. Treatment for the menopause is a "
                "decision about flushes, sleep, bones and wellbeing, to be made with "
                "your GP. We know of no good evidence for choosing it for the sake of "
                "hair alone. Treatment for pattern hair loss is a separate question."
            ),
            heading("What you can do now"),
            paragraph(
                "Take a photograph of your parting and one of your ponytail held "
                "against a ruler, and repeat them in six months. Eat enough protein "
                "and iron. Be gentle with heat and bleach, because finer hair breaks "
                "sooner. And tell someone if it is getting you down. It is not vanity."
            ),
        ),
        sources=("mirmirani-2011", "bad-female-pattern"),
        related=(
            "why-is-my-parting-getting-wider",
            "could-low-iron-be-making-my-hair-shed",
        ),
        picture="pattern-women",
        search_description=(
            "Is thinning hair down to the menopause, age or something else? What small "
            "studies show and which other causes to check."
        ),
    ),
)
