"""Two answers on patchy hair loss."""

from datetime import date

from ..blocks import bullets, callout, figure, heading, paragraph, quote
from ..shapes import Article, Change

PATCHY: tuple[Article, ...] = (
    Article(
        slug="i-found-a-bald-patch-will-it-grow-back",
        title="I found a round bald patch. Will it grow back?",
        question=(
            "My barber found a smooth bald patch the size of a two-pound coin at the "
            "back of my head. I had no idea. Is it alopecia, will the hair come back, "
            "and is there something I did to cause it?"
        ),
        asker_name="Marcus",
        asker_place="London",
        asked_on=date(2026, 5, 4),
        short_answer=(
            "A smooth, round patch is often alopecia areata. You did not cause it and "
            "cannot pass it on. Most people with only a few small patches regrow their "
            "hair within a year, but nobody can promise it, and new patches are "
            "common. See a GP to make sure of the cause."
        ),
        topic="patchy-hair-loss",
        other_topics=(),
        expert="miriam-calloway",
        reviewer="priya-raman",
        evidence="mixed",
        evidence_note=(
            "That small patches often regrow is well described. How far treatment "
            "improves on that is less certain and depends on how much hair is lost; UK "
            "specialists published new guidance in 2024."
        ),
        published_on=date(2026, 5, 18),
        reviewed_on=date(2026, 11, 2),
        reviewed_what="The whole text against the UK guideline of 2024.",
        changes=(
            Change(
                date(2026, 11, 2),
                what="The UK guideline of 2024 added as a source.",
                why="It is newer than what we had cited.",
            ),
        ),
        body=(
            paragraph(
                "Hello Marcus. It is an odd feeling when somebody else finds it first. "
                "A smooth round patch with normal-looking skin is most often alopecia "
                "areata. I cannot be sure from here, and a GP should look, but let me "
                "answer your three questions as if it were."
            ),
            heading("Is it something you did?"),
            paragraph(
                "No. In alopecia areata there is inflammation around the follicles, "
                "and the body’s own defences seem to mistake them for something "
                "foreign. Why that starts, and why in one spot, is not understood [1]. "
                "It is not caught from another person or from clippers. It can begin "
                "in children and adults, and it may also touch the beard, eyebrows, "
                "lashes or nails [2]."
            ),
            figure(
                "patch",
                alt="A scalp seen from above with one round patch without hair.",
                caption=(
                    "A typical patch is round and smooth, and the skin looks normal. "
                    "Short hairs that taper towards the skin may stand at its edge."
                ),
            ),
            heading("Will it come back?"),
            paragraph(
                "The outlook depends mostly on how much hair goes. Most people who "
                "lose only a few small patches have full regrowth within a year. If "
                "more than half of the hair has gone, the chance of a full recovery is "
                "not good. New hair sometimes comes in white, at least at first [1]."
            ),
            paragraph(
                "I would rather you hear the other half from me as well: most people "
                "have further attacks at some time [1]. That does not mean they will "
                "be worse. It means that regrowth is not always the end of the story."
            ),
            heading("What can be done"),
            paragraph(
                "For one or two small patches, waiting is a proper choice, and it "
                "spares you side effects. If the patch bothers you, if it grows, or if "
                "more appear, a doctor can discuss treatment. The options depend on "
                "your age, on how much hair is affected and how long it has lasted. UK "
                "dermatologists published new guidance in 2024 with 49 recommendations "
                "for people of all ages [2]. All treatments have limits: they may "
                "bring hair back without stopping the condition, and some need "
                "hospital supervision."
            ),
            bullets(
                "Wear a hat or use sun cream on bare scalp.",
                "Ask your barber to leave the hair above the patch a little longer.",
                (
                    "Take a photograph each month beside a coin, so that you can see "
                    "change."
                ),
                (
                    "Be careful with anything that is sold as a fix. Since many "
                    "patches regrow unaided, whatever was rubbed in last gets the "
                    "credit."
                ),
            ),
            callout(
                "doctor",
                "See a GP, and sooner if",
                (
                    "you have more than one patch, the patch grows quickly, your brows "
                    "or lashes are affected, or the skin is scaly, sore, weeping or "
                    "scarred. Scale and broken hairs can mean a fungal infection, "
                    "which needs a different treatment."
                ),
            ),
            heading("Are tests needed?"),
            paragraph(
                "Often none. The look of the patch is usually enough. People with "
                "alopecia areata are slightly more likely than others to have another "
                "autoimmune condition, such as thyroid disease [1], so a GP may ask "
                "about tiredness or weight change and test if there is reason to."
            ),
            quote(
                (
                    "The size of the patch says little about how much it hurts. If it "
                    "is on your mind every day, that is reason enough to talk to "
                    "someone."
                ),
                attribution="Miriam Calloway, trichologist, Larkfield Hair Clinic",
            ),
            paragraph(
                "The national charity Alopecia UK runs support groups, where you can "
                "meet people who know this from the inside. Some find that a great "
                "help, others do not want it; both are fine."
            ),
        ),
        sources=("bad-alopecia-areata", "harries-2024"),
        related=(
            "my-child-has-a-scaly-bald-patch-is-it-ringworm",
            "does-mesotherapy-work-for-hair-loss",
        ),
        picture="microscope",
        search_description=(
            "A smooth round bald patch is often alopecia areata. What the chances of "
            "regrowth are, what can be done, and when to see a GP."
        ),
    ),
    Article(
        slug="my-child-has-a-scaly-bald-patch-is-it-ringworm",
        title="My child has a scaly bald patch. Could it be ringworm?",
        question=(
            "My six-year-old has an itchy, flaky patch on his head where the hair has "
            "snapped off short. School says it might be ringworm. Can I treat it with "
            "a cream from the chemist, and does he have to stay at home?"
        ),
        asker_name="Anita",
        asker_place="Leicester",
        asked_on=date(2026, 9, 7),
        short_answer=(
            "It could be, and he should see a GP soon. Scalp ringworm is a fungal "
            "infection that usually needs prescribed treatment by mouth; a cream alone "
            "is not enough. He can normally go back to school once treatment has "
            "started. A boggy, painful, weeping lump needs care the same day."
        ),
        topic="patchy-hair-loss",
        other_topics=("scalp-and-hair-care",),
        expert="priya-raman",
        reviewer="daniel-osei",
        evidence="not_applicable",
        evidence_note=(
            "This answer is about recognising a likely infection and getting help, not "
            "about whether a treatment works. It follows NHS advice and a guideline of "
            "the British Association of Dermatologists."
        ),
        published_on=date(2026, 9, 10),
        reviewed_on=date(2026, 9, 10),
        reviewed_what="The whole text, its sources and its rating.",
        body=(
            paragraph(
                "Hello Anita. Flakes, itch and hairs snapped off short in a child make "
                "scalp ringworm quite likely, so you are right to ask. This is one for "
                "your GP rather than for a hair clinic, and rather than for a cream."
            ),
            heading("What it is"),
            paragraph(
                "Ringworm has nothing to do with worms. It is a fungal infection of "
                "the skin, and on the scalp it can cause patchy hair loss [1]. On the "
                "head it seldom makes a neat ring. It may be a round patch with fine "
                "scale, black dots where hairs have broken off at the skin, flaking "
                "all over like dandruff, or spots filled with pus; glands in the neck "
                "may swell [2]. On brown and black skin redness is harder to see, so "
                "go by scale, broken hairs and itch."
            ),
            figure(
                "patch",
                alt=(
                    "A scalp seen from above with one round patch where the hair is "
                    "missing."
                ),
                caption=(
                    "A patch with flakes and short broken hairs points to infection. A "
                    "smooth, bare patch points more towards alopecia areata."
                ),
            ),
            heading("Why a cream is not enough"),
            paragraph(
                "On the body, an antifungal cream from the pharmacy often clears "
                "ringworm. On the scalp the fungus sits inside the hair and deep in "
                "the follicle, where a cream does not reach. The NHS therefore says to "
                "see a GP, and that prescribed antifungal tablets and a shampoo are "
                "usually needed [1]. The doctor may send scrapings or plucked hairs to "
                "a laboratory, because different fungi call for different treatment. "
                "Please do not put on a cream before that, above all no anti-itch "
                "cream: it can hide the signs and spoil the sample."
            ),
            heading("School, family and pets"),
            bullets(
                (
                    "Your son can go to school once he has started treatment. Let the "
                    "school know [1]."
                ),
                (
                    "Do not share towels, combs, hats or pillows, and wash bedding and "
                    "towels often."
                ),
                (
                    "Look at the heads of brothers, sisters and everyone else at home. "
                    "The doctor may want to test them too."
                ),
                (
                    "If a cat or dog has bald patches, take it to the vet. Pets can "
                    "pass ringworm on [1]."
                ),
                "There is no need to shave his head.",
            ),
            callout(
                "doctor",
                "Get help the same day if",
                (
                    "the patch turns into a raised, boggy, painful swelling, weeps "
                    "pus, or he has a temperature or seems unwell. Call your GP or NHS "
                    "111. Such swellings are sometimes taken for an abscess. Treated "
                    "early, they are less likely to leave a scar."
                ),
            ),
            heading("What if it is not ringworm?"),
            paragraph(
                "A smooth, bare patch without scale may be alopecia areata, which can "
                "appear at any age and is not catching [3]. Some children twist or "
                "pull their hair, often without noticing, and that leaves hairs of "
                "uneven length. Tight plaits can thin the edges. A GP can usually tell "
                "these apart, and a child with a patch of any kind deserves that look."
            ),
            heading("What we do, and do not do"),
            paragraph(
                "Our clinics do not treat children. If you come to us with a child we "
                "will tell you what we see, free of charge, and send you on to your "
                "GP. With proper treatment the hair usually grows back. It takes weeks "
                "for the infection to clear and some months for the hair to follow, so "
                "finish the course even when the skin looks better."
            ),
        ),
        sources=("nhs-ringworm", "fuller-2014", "bad-alopecia-areata"),
        related=(
            "i-found-a-bald-patch-will-it-grow-back",
            "can-tight-braids-cause-hair-loss",
        ),
        picture="consultation",
        search_description=(
            "Flakes, itch and broken hairs in a child may be scalp ringworm. Why a "
            "cream is not enough, what to do about school, when to hurry."
        ),
    ),
)
