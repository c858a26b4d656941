"""Two answers on male pattern hair loss."""

from datetime import date

from ..blocks import bullets, callout, figure, heading, paragraph
from ..shapes import Article

MALE_PATTERN: tuple[Article, ...] = (
    Article(
        slug="is-my-hairline-maturing-or-receding",
        title="Is my hairline just maturing, or am I going bald?",
        question=(
            "I’m 22 and my hairline has moved back a little at the corners since "
            "school. My friends say it’s just maturing. How can I tell whether that’s "
            "true or whether this is the start of going bald?"
        ),
        asker_name="Jordan",
        asker_place="Leeds",
        asked_on=date(2026, 2, 9),
        short_answer=(
            "A hairline that changes shape between the late teens and the late "
            "twenties can be normal. Fine, short hairs at the corners or crown, and "
            "change you can see from one photograph to the next, point towards male "
            "pattern hair loss. One look rarely settles it; two looks some months "
            "apart often do."
        ),
        topic="male-pattern-hair-loss",
        other_topics=(),
        expert="miriam-calloway",
        reviewer="priya-raman",
        evidence="weak",
        evidence_note=(
            "The description of a normal adult hairline rests mainly on observation "
            "and old photographs. We found no study that followed young men’s "
            "hairlines for years to see who went on to lose hair."
        ),
        published_on=date(2026, 3, 2),
        reviewed_on=date(2026, 9, 14),
        reviewed_what=(
            "Sources read again; advice on comparing photographs made more exact."
        ),
        body=(
            paragraph(
                "Hello Jordan. This is a fair question, and your friends may well be "
                "right. The honest difficulty is that the first months of male pattern "
                "hair loss and an ordinary adult hairline can look alike. What tells "
                "them apart is less where the line is today than what the hairs along "
                "it are doing, and whether it is still moving."
            ),
            heading("What a hairline does as we grow up"),
            paragraph(
                "Children of both sexes tend to have a low, rounded hairline. A paper "
                "that described hairlines with the help of more than a thousand school "
                "photographs found that in men the front line usually changes from "
                "that rounded shape to its adult shape between about 18 and 29, and "
                "that it draws back a little at the temples [1]. So some movement at "
                "your age fits with growing up. It is not, by itself, a sign of "
                "illness or of baldness."
            ),
            paragraph(
                "That paper has limits. It is a description by hair surgeons, not a "
                "trial, and nobody followed the same young men for decades. Treat the "
                "ages as a rough guide."
            ),
            heading("What points towards pattern hair loss"),
            paragraph(
                "Male pattern hair loss is common: it affects about half of men over "
                "50, and it can begin at any time after puberty [2]. The follicles do "
                "not vanish overnight. They first make hairs that are thinner, shorter "
                "and paler, and only much later stop [2]. That is why the texture of "
                "the hair along the edge tells more than its position."
            ),
            bullets(
                (
                    "Fine, short, wispy hairs among the normal ones at the temples or "
                    "crown."
                ),
                "Thinning on the crown as well as at the front.",
                (
                    "A difference you can see between two photographs taken some "
                    "months apart."
                ),
                "Close relatives, on either side, who lost hair early.",
            ),
            figure(
                "pattern-men",
                alt=(
                    "Drawings of a man’s head from above in stages, from a full head "
                    "of hair to hair left mainly at the sides and back."
                ),
                caption=(
                    "Male pattern hair loss usually follows a path like this one. Many "
                    "men stop somewhere along it, and the pace differs widely."
                ),
            ),
            heading("How to check it without worrying every day"),
            paragraph(
                "Take four photographs: front, both temples, crown. Same room, same "
                "light, dry hair, no product. Put them away and repeat them after "
                "three months and again after six. Hair grows slowly, so checking in "
                "the mirror each morning mostly measures the light and your mood."
            ),
            paragraph(
                "At a clinic, someone trained can look at the scalp under "
                "magnification and compare the thickness of neighbouring hairs. If the "
                "hairs are even, that is reassuring. If many are much thinner than the "
                "rest, pattern hair loss is likely, even when the line has hardly "
                "moved."
            ),
            callout(
                "note",
                "If it is pattern hair loss",
                (
                    "You do not have to do anything. It harms nobody’s health. If it "
                    "troubles you, treatments exist; they tend to keep hair more than "
                    "they bring it back, so an early conversation leaves more choices "
                    "open. It does not have to be this week."
                ),
            ),
            heading("When to see a GP first"),
            paragraph(
                "Pattern hair loss comes on gradually and the scalp feels normal. The "
                "NHS advises seeing a GP if hair loss is sudden, comes out in clumps "
                "or leaves bald patches, or if the scalp itches and burns. It also "
                "suggests getting a clear idea of the cause from a GP before paying a "
                "commercial hair clinic [3]. We agree, and that includes us."
            ),
        ),
        sources=("rassman-2013", "bad-male-pattern", "nhs-hair-loss"),
        related=(
            "does-baldness-come-from-the-mothers-side",
            "do-light-therapy-caps-regrow-hair",
            "does-mesotherapy-work-for-hair-loss",
        ),
        picture="thinning-strands",
        search_description=(
            "How to tell a normal adult hairline from the start of male pattern hair "
            "loss, what to photograph, and when to see a GP."
        ),
    ),
    Article(
        slug="does-baldness-come-from-the-mothers-side",
        title="Does baldness come from your mother’s side of the family?",
        question=(
            "My dad has a full head of hair at 60 but my mum’s father was bald by 35. "
            "Everyone says baldness comes through the mother. Does that mean I will "
            "lose my hair like my grandfather did?"
        ),
        asker_name="Callum",
        asker_place="Cardiff",
        asked_on=date(2025, 11, 17),
        short_answer=(
            "Partly. One important gene sits on the X chromosome, which a man gets "
            "from his mother. But hundreds of other places in our genes matter too, "
            "and those come from both parents. Your grandfather’s head is a hint, not "
            "a forecast."
        ),
        topic="male-pattern-hair-loss",
        other_topics=(),
        expert="priya-raman",
        reviewer="miriam-calloway",
        evidence="strong",
        evidence_note=(
            "Twin studies and very large genetic studies agree that genes from both "
            "sides matter. Most of the men studied had European ancestry, so the "
            "figures may not fit everyone."
        ),
        published_on=date(2025, 12, 8),
        reviewed_on=date(2026, 8, 3),
        reviewed_what=(
            "Wording on genetic tests checked against the source; no change in the "
            "answer."
        ),
        body=(
            paragraph(
                "Hello Callum. The saying has a grain of truth in it, which is why it "
                "lives on. But it is too simple, and it makes some men worry for "
                "nothing and others feel safe when they are not."
            ),
            heading("How much is in the genes at all?"),
            paragraph(
                "A great deal. Researchers in Australia compared identical and "
                "non-identical twin brothers, nearly 900 pairs of men aged 25 to 36. "
                "They estimated that about four fifths of the differences in hair loss "
                "between men of that age came down to inheritance [1]. The rest is "
                "chance, age and influences we do not understand well."
            ),
            paragraph(
                "That does not mean a man’s chance is four in five. It means that when "
                "two young men differ, genes explain most of the difference."
            ),
            figure(
                "follicle-section",
                alt=(
                    "Cross-section of skin with one hair follicle, its root below and "
                    "the hair leaving the surface."
                ),
                caption=(
                    "The follicle sits deep in the skin. Inherited differences decide "
                    "how strongly it responds to hormones that circulate in every man."
                ),
            ),
            heading("Where the mother’s side comes in"),
            paragraph(
                "A man has one X chromosome, and it comes from his mother. Studies of "
                "baldness keep finding a strong signal there [2]. She passes on one of "
                "her own two, or a mixture of both, and one of hers came from her "
                "father. So your grandfather may have handed something on to you, or "
                "may not have."
            ),
            heading("Why it is not the whole story"),
            paragraph(
                "A study of more than 52,000 men in the UK Biobank found over 250 "
                "separate places in the genes that were linked to severe hair loss "
                "[2]. Most lie on ordinary chromosomes, and those come from mother and "
                "father alike. This is why the British Association of Dermatologists "
                "says plainly that the tendency can be inherited from either or both "
                "parents [3]."
            ),
            paragraph(
                "It also explains families like yours. Brothers draw different cards "
                "from the same two hands. One can be bald at 30 and the other keep his "
                "hair."
            ),
            heading("Can a genetic test tell you?"),
            paragraph(
                "Not well enough to plan by. The same researchers built a score from "
                "these genes. Among men whose score was below the middle, 14 in 100 "
                "still had severe hair loss [2]. It separates groups better than "
                "guessing, but it cannot say what one man’s hairline will do, or when."
            ),
            callout(
                "note",
                "What helps more than a family tree",
                (
                    "A photograph of your own crown and temples, taken again in six "
                    "months under the same light. Your own hair says more about your "
                    "future than your grandfather’s does."
                ),
            ),
            heading("What you can do with this"),
            paragraph(
                "If your hair looks the same as last year, nothing is needed. If you "
                "notice finer hairs at the temples or crown, have someone look at it "
                "under magnification. Pattern hair loss usually moves slowly, so there "
                "is time to think."
            ),
            paragraph(
                "And please see a GP rather than a hair clinic if hair comes out "
                "suddenly or in patches, or if the scalp is sore. Those are not how "
                "inherited hair loss behaves."
            ),
        ),
        sources=("nyholt-2003", "hagenaars-2017", "bad-male-pattern"),
        related=(
            "is-my-hairline-maturing-or-receding",
            "why-is-my-parting-getting-wider",
        ),
        picture="pattern-men",
        search_description=(
            "Is baldness inherited from the mother? What twin studies and large "
            "genetic studies say, and why a family tree is only a hint."
        ),
    ),
)
