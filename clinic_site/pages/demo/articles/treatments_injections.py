"""Treatments explained: an answer on injections."""

from datetime import date

from ..blocks import (
    callout,
    dos_and_donts,
    figure,
    heading,
    paragraph,
    quote,
    related_answer,
    study,
)
from ..shapes import Article, Change

INJECTIONS: tuple[Article, ...] = (
    Article(
        slug="does-mesotherapy-work-for-hair-loss",
        title="Does mesotherapy work for hair loss?",
        question=(
            "A beauty clinic near me offers mesotherapy injections for thinning hair "
            "and says I will see a change after the first visit. What does it involve, "
            "is it safe, and does it really regrow hair?"
        ),
        asker_name="Sam",
        asker_place="Brighton",
        asked_on=date(2026, 8, 10),
        short_answer=(
            "We do not know that it does. Mesotherapy means many small injections into "
            "the scalp, with a mixture that differs from place to place. The studies "
            "are small and hard to compare, and scarring and hair loss at the "
            "injection sites have been reported. We do not offer it."
        ),
        topic="treatments-explained",
        other_topics=("male-pattern-hair-loss", "female-pattern-hair-loss"),
        expert="daniel-osei",
        reviewer="priya-raman",
        evidence="weak",
        evidence_note=(
            "Small studies with differing mixtures, and no agreed method. Some of the "
            "hopeful results come from injected medicines and say nothing about "
            "vitamin mixtures. Harms are known from case reports, so nobody can say "
            "how often they happen."
        ),
        published_on=date(2026, 8, 31),
        reviewed_on=date(2026, 11, 9),
        reviewed_what="The new review, and the whole text beside it.",
        changes=(
            Change(
                date(2026, 11, 9),
                what="A systematic review from 2023 added.",
                why=(
                    "It is more hopeful than the older papers, and readers should "
                    "know. Our answer stays the same."
                ),
            ),
        ),
        body=(
            paragraph(
                "Hello Sam. You are asking the right things before paying rather than "
                "after. Mesotherapy is offered more and more often, and the promises "
                "have run far ahead of the research. I am a pharmacist and have no "
                "injections to sell you, so let me go through it calmly."
            ),
            heading("What it involves"),
            paragraph(
                "The practitioner makes a series of shallow injections across the "
                "thinning area, by hand or with a small device. A visit takes around "
                "half an hour, and you go home afterwards. A course means several "
                "visits. Since the whole thin area is treated, a larger area means "
                "more injections and often a larger bill. Women, whose thinning is "
                "usually spread over the top of the head, may therefore need more than "
                "a man with one thin spot at the crown."
            ),
            paragraph(
                "What is in the syringe varies. Biotin and other vitamins, amino acids "
                "and so-called growth factors are typical; some clinics add medicines. "
                "Names such as biomimetic or nanopeptide mesotherapy are variations on "
                "the same theme. Ask for the full list. If it is a secret, that is an "
                "answer too."
            ),
            figure(
                "follicle-section",
                alt=(
                    "Cross-section of skin with one hair follicle, its root below and "
                    "the hair leaving the surface."
                ),
                caption=(
                    "The injections go into the layer around the follicle. In pattern "
                    "hair loss the follicle slowly shrinks; a better blood supply has "
                    "not been shown to stop that."
                ),
            ),
            heading("Where the idea comes from"),
            paragraph(
                "Mesotherapy grew up in Europe as a way to treat pain and other local "
                "complaints. A review in 2006 found that the published trials of its "
                "effect came from Europe and dealt mainly with painful muscles and "
                "joints and with blood vessels, not with looks [1]. Hair came later. "
                "Most people who are offered it have pattern hair loss, the inherited "
                "thinning in which follicles respond to the hormone "
                "dihydrotestosterone, or DHT. We know of no guideline that recommends "
                "it for alopecia areata, where the immune system is involved."
            ),
            heading("Does it regrow hair?"),
            paragraph(
                "In 2010 a dermatologist asked that very question in a journal of hair "
                "science. He found next to no published evidence that it works or that "
                "it is safe, and concluded that its routine use was not justified. He "
                "noted that the American regulator, the FDA, had not approved it for "
                "any purpose [2]."
            ),
            paragraph("There is more research now, and it would be unfair to hide it."),
            study(
                3,
                finding=(
                    "A systematic review in 2023 found 27 studies. Several reported "
                    "more hair after treatment."
                ),
                limits=(
                    "They used six kinds of substance, several of them medicines, with "
                    "no standard method, and the reviewers still asked for large "
                    "controlled trials. A good result with an injected medicine tells "
                    "you nothing about a vitamin mixture."
                ),
            ),
            paragraph(
                "I would not believe any promise of a change within days. A hair grows "
                "about a centimetre a month. A follicle that starts again needs months "
                "before you could see it, so whatever shows after one visit is "
                "swelling, light or hope."
            ),
            heading("What can go wrong"),
            paragraph(
                "Bruising, swelling and itching are usual and pass. Other harms are "
                "rarer and matter more. In 2017 doctors described three people with "
                "pattern hair loss who lost hair where they had been injected, "
                "although their earlier sessions had caused no trouble. The tissue "
                "looked inflamed and was turning to scar. They warned that the "
                "treatment can bring on the very thing it is meant to prevent, and "
                "asked for proper rules and monitoring [4]. A scarred follicle does "
                "not grow hair again."
            ),
            paragraph(
                "Infection is the other worry. In 2005 American health officials "
                "looked into 14 people with lasting skin reactions after cosmetic "
                "mesotherapy, given by someone without a licence. Their advice was to "
                "go only to licensed practitioners, to refuse substances that have not "
                "been approved, and to see that safe injection practice is followed "
                "[5]."
            ),
            callout(
                "warning",
                "After injections, get medical help if",
                (
                    "the skin grows hot, very painful or swollen, weeps, or forms "
                    "lumps that do not settle; if you have a fever; or if a bare patch "
                    "appears where the needle went in. Call your GP or NHS 111. For "
                    "trouble breathing or a swollen face, call 999."
                ),
            ),
            heading("What is licensed instead?"),
            paragraph(
                "Two treatments for pattern hair loss are licensed in the UK. One is "
                "taken by mouth and is for men only. The other is applied to the scalp "
                "and exists for men and for women. Neither works for everybody, both "
                "have side effects, and both work only while you use them. Whether one "
                "suits you depends on your health and other medicines, so that is a "
                "talk to have with a doctor or pharmacist. We know of no mesotherapy "
                "mixture licensed in the UK for hair loss."
            ),
            heading("If you are still thinking about it"),
            dos_and_donts(
                do=(
                    "Ask who will inject, and on which professional register they are.",
                    "Ask what exactly is in the mixture, and whether each part is "
                    "licensed.",
                    "Ask how many of their clients got worse, and who looks after you "
                    "if you do.",
                ),
                dont=(
                    "Pay for a course on the day it is offered.",
                    "Accept a mixture whose contents are a secret.",
                ),
            ),
            quote(
                (
                    "If someone cannot tell you what is in the syringe, you do not "
                    "have enough information to say yes."
                ),
                attribution="Daniel Osei, pharmacist, Larkfield Hair Clinic",
            ),
            paragraph(
                "First of all, have the cause of the thinning named. Some causes pass "
                "by themselves and some need a GP. No needle is needed to find that "
                "out."
            ),
            related_answer(
                "why-is-my-parting-getting-wider",
                note="What else can thin the hair on top, and how one tells.",
            ),
        ),
        questions_to_ask=(
            "What is causing my hair loss, and how sure are you?",
            "Who will inject, and on which professional register are they?",
            "What exactly is in the mixture, and is each part licensed?",
            "How many of your clients got worse, and who looks after me if I do?",
            "What would you advise if you did not sell injections?",
        ),
        sources=(
            "rotunda-2006",
            "mysore-2010",
            "gupta-2023",
            "el-komy-2017",
            "mmwr-2005",
        ),
        related=(
            "do-light-therapy-caps-regrow-hair",
            "does-biotin-help-hair-grow",
            "why-is-my-parting-getting-wider",
        ),
        picture="syringe",
        search_description=(
            "What mesotherapy for hair loss involves, what small studies show, the "
            "harms that have been reported, and what to ask first."
        ),
    ),
)
