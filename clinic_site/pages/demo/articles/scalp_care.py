"""Two answers on scalp and hair care."""

from datetime import date

from ..blocks import bullets, callout, figure, heading, paragraph, product_mention
from ..shapes import Article, Change

SCALP_CARE: tuple[Article, ...] = (
    Article(
        slug="can-tight-braids-cause-hair-loss",
        title="Can tight braids cause hair loss, and will my edges grow back?",
        question=(
            "I’ve worn box braids and weaves since I was a girl and now my edges are "
            "thin, with tiny bumps when the braids are new. Is it the braids? Will my "
            "edges come back, and do I have to give up my styles?"
        ),
        asker_name="Chidera",
        asker_place="Manchester",
        asked_on=date(2026, 7, 6),
        short_answer=(
            "Yes, a steady pull on the roots can thin the hairline; this is called "
            "traction alopecia. Caught early, it can recover once the pull stops. "
            "After years the follicles may scar, and then hair does not return. You "
            "need not give up your styles, but tight, heavy and painful ones have to "
            "go."
        ),
        topic="scalp-and-hair-care",
        other_topics=(),
        expert="grace-adeyemi",
        reviewer="priya-raman",
        evidence="mixed",
        evidence_note=(
            "That pulling causes this hair loss is well established. For any treatment "
            "beyond stopping the pull, the evidence is thin."
        ),
        published_on=date(2026, 7, 27),
        reviewed_on=date(2026, 10, 19),
        reviewed_what="The whole text, the advice on sore new braids above all.",
        changes=(
            Change(
                date(2026, 10, 19),
                what="Advice on sore new braids made clearer.",
                why="Readers asked when exactly a braid is too tight.",
            ),
        ),
        body=(
            paragraph(
                "Hello Chidera. Thank you for mentioning the bumps: they are a useful "
                "clue. Thin edges and bumps after fresh braids are a typical story of "
                "hair loss from pulling. I have worn braids most of my life, and this "
                "is not a lecture about giving up your hair."
            ),
            heading("What pulling does"),
            paragraph(
                "Hair that is pulled hard and often gets inflamed at the root. Early "
                "on the follicle can recover. If the pull goes on for years, scar "
                "takes its place. That makes traction alopecia unusual: at first it "
                "can be undone, and later it cannot [1]. It happens in people of every "
                "background. Which hairs go depends on the style, and the front and "
                "the temples suffer most often [1]."
            ),
            paragraph(
                "Among women of African descent who wear such styles for a long time, "
                "about one in three is affected, by one review. It counts tight "
                "braids, weaves and extensions, and tight buns and ponytails among the "
                "styles thought to carry the highest risk. More pull, more time and "
                "chemical relaxers add to it [2]."
            ),
            figure(
                "microscope",
                alt="A hand-held microscope looking at the scalp and its follicles.",
                caption=(
                    "Magnification shows whether follicles are still there. Thin edges "
                    "with a narrow rim of short hairs in front are typical of pulling."
                ),
            ),
            heading("Signs that a style is too tight"),
            bullets(
                (
                    "It hurts, on the day or that night. Pain is not the price of a "
                    "neat style."
                ),
                "Small bumps or spots along the parting or the edges.",
                "Skin drawn up into little tents at the roots.",
                "Tiny white tubes that slide along the hairs near the scalp.",
                "Edges that are sparser each time you take the style down.",
            ),
            callout(
                "note",
                "If new braids hurt",
                (
                    "Have them loosened or taken out the same day. Painkillers quiet "
                    "the warning but leave the pull. You are not being rude to your "
                    "braider."
                ),
            ),
            heading("Will your edges come back?"),
            paragraph(
                "If there are still fine hairs along the edge and the skin looks like "
                "skin, there is a fair chance. Stopping the pull is the main treatment "
                "[1]. Give it time: hair grows slowly, and edges are short hair to "
                "begin with. If the skin is smooth and shiny with no pores to be seen, "
                "the follicles there may have scarred, and waiting will not bring them "
                "back. A hair transplant is then sometimes discussed [1]."
            ),
            paragraph(
                "For lotions and serums, including what is sold for edges, the "
                "evidence consists of single reports rather than trials [1]. Oils can "
                "make hair easier to handle. They do not undo a pull."
            ),
            heading("Keeping your styles"),
            bullets(
                (
                    "Fewer and larger braids, shorter and lighter extensions, and no "
                    "pulling at the edges."
                ),
                (
                    "Leave a week or more of loose hair between styles, and do not "
                    "keep one in for longer than six to eight weeks."
                ),
                "Do not braid or weave freshly relaxed hair.",
                (
                    "Change the direction, so that the same edge does not carry the "
                    "load each time."
                ),
                "Satin scarf at night, tied softly. A tight scarf pulls as well.",
                "For children: if she cries, it is too tight.",
            ),
            callout(
                "doctor",
                "Have it looked at if",
                (
                    "there is pus or soreness, if thinning goes on after months of "
                    "loose styles, or if it sits at the crown or takes your eyebrows "
                    "too. Other scarring conditions can look similar, and some need a "
                    "dermatologist without delay."
                ),
            ),
            paragraph(
                "At a consultation we look at the edges under magnification, where "
                "living follicles can be told from scar. If that is not for you, begin "
                "tonight by loosening whatever hurts."
            ),
        ),
        sources=("akingbola-2017", "billero-2018"),
        related=(
            "my-child-has-a-scaly-bald-patch-is-it-ringworm",
            "why-is-my-parting-getting-wider",
        ),
        picture="braids",
        search_description=(
            "Tight braids, weaves and ponytails can thin the hairline. Signs of too "
            "much pull, the chance of recovery and how to keep your styles."
        ),
    ),
    Article(
        slug="does-biotin-help-hair-grow",
        title="Does biotin help hair grow?",
        question=(
            "Every hair vitamin in the shops has biotin in it, some of them thousands "
            "of times what I get from food. My hair is thinning a bit. Will biotin "
            "help, and can it do any harm?"
        ),
        asker_name="Hannah",
        asker_place="Glasgow",
        asked_on=date(2026, 9, 21),
        short_answer=(
            "Probably not, unless you are short of it, which is rare. Trials in "
            "healthy people are few, and the most careful one found no difference from "
            "a dummy pill. High doses can also distort blood tests, including those "
            "for heart attacks, so tell whoever takes your blood."
        ),
        topic="scalp-and-hair-care",
        other_topics=("treatments-explained",),
        expert="daniel-osei",
        reviewer="grace-adeyemi",
        evidence="weak",
        evidence_note=(
            "Reviews found case reports in people with a shortage or a rare hair "
            "condition, and almost no trials in healthy people. The most careful trial "
            "showed no benefit."
        ),
        published_on=date(2026, 10, 5),
        reviewed_on=date(2026, 10, 5),
        reviewed_what="The whole text, its sources and its rating.",
        body=(
            paragraph(
                "Hello Hannah. Biotin is the vitamin I am asked about most often at "
                "the counter, and the honest answer rarely sells a bottle."
            ),
            heading("What biotin is"),
            paragraph(
                "Biotin is one of the B vitamins, also called B7. We need very little. "
                "Eggs, nuts, meat, fish and many other foods contain it, and bacteria "
                "in the gut make some as well. A real shortage is rare. It can come "
                "with some inherited conditions, with certain long-term medicines or "
                "with eating a great deal of raw egg white, and it can indeed make "
                "hair fall. That is where the good name comes from."
            ),
            heading("What the studies show"),
            paragraph(
                "A review in 2017 searched for every report of biotin for hair and "
                "nails. It found 18 cases in which hair or nails improved. All 18 "
                "people had an underlying problem, such as a shortage or a rare hair "
                "condition. For healthy people the authors found too little evidence "
                "to advise it [1]."
            ),
            paragraph(
                "A later review counted only proper studies and found three. The most "
                "careful compared biotin with a dummy pill, without patients or "
                "doctors knowing which was which, and saw no difference in hair "
                "growth. The other two, in special groups of patients, were open to "
                "bias and not striking either. The authors note the gap between what "
                "people believe about biotin and what has been shown [2]."
            ),
            figure(
                "capsules",
                alt="A supplement bottle with capsules lying beside it.",
                caption=(
                    "A large dose on the label is not a sign of strength. The body "
                    "needs only millionths of a gram."
                ),
            ),
            heading("Can it do harm?"),
            paragraph(
                "Biotin itself is not very poisonous. The trouble lies in the "
                "laboratory. Many blood tests use biotin as a tool, and a lot of it in "
                "the sample can make results falsely high or falsely low. The American "
                "regulator, the FDA, has warned about this. Its main concern is "
                "troponin, the test for a heart attack, where a falsely low result "
                "could mean that a heart attack is missed. It points out that products "
                "for hair, skin and nails can hold enough to interfere, and that the "
                "name of the product does not always show it [3]."
            ),
            paragraph(
                "The NHS says that 0.9 milligrams a day or less from supplements is "
                "unlikely to cause harm, and that there is too little evidence to know "
                "the effects of high daily doses [4]. Some hair vitamins hold ten "
                "times that. Check whether your label counts in micrograms or "
                "milligrams."
            ),
            callout(
                "warning",
                "Before any blood test",
                (
                    "Tell the person who takes your blood, and anyone who treats you "
                    "for chest pain, that you use biotin, and how much. Ask whether to "
                    "stop beforehand. For chest pain, call 999 first."
                ),
            ),
            heading("What we sell, and what we say about it"),
            product_mention(
                "Our two pharmacies sell a food supplement of our own, Larkfield "
                "Daily. It contains 50 micrograms of biotin, with zinc and vitamin D. "
                "It is a food, not a medicine. It has not been shown to regrow hair or "
                "to stop it falling out, and it does not replace a varied diet. If you "
                "eat well you are unlikely to need it. You can ask us not to mention "
                "it, and we will not."
            ),
            heading("A better use of the money"),
            bullets(
                (
                    "Find the cause first. Thinning on top, shedding all over and "
                    "patches are different problems."
                ),
                (
                    "If you are tired, eat little or have heavy periods, ask your GP "
                    "whether blood tests make sense."
                ),
                (
                    "Do not add one supplement to another. Too much vitamin A or "
                    "selenium can itself make hair fall out."
                ),
                (
                    "Pregnant, breastfeeding or on regular medicine? Ask a pharmacist "
                    "before you take anything."
                ),
            ),
            paragraph(
                "If you have already bought a bottle with a modest dose, there is no "
                "cause for alarm. Just do not let it put off finding out why your hair "
                "is thinning."
            ),
        ),
        sources=("patel-2017", "yelich-2024", "fda-2019", "nhs-vitamin-b"),
        related=(
            "could-low-iron-be-making-my-hair-shed",
            "does-mesotherapy-work-for-hair-loss",
        ),
        picture="bottle",
        search_description=(
            "Biotin is unlikely to help hair unless you are short of it. What reviews "
            "found, and why high doses can distort blood tests."
        ),
    ),
)
