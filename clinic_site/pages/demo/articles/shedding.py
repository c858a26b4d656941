"""Two answers on shedding."""

from datetime import date

from ..blocks import bullets, callout, figure, heading, paragraph
from ..shapes import Article

SHEDDING: tuple[Article, ...] = (
    Article(
        slug="why-is-my-hair-falling-out-after-having-a-baby",
        title="Why is my hair falling out four months after having a baby?",
        question=(
            "My daughter is four months old and my hair is coming out in handfuls in "
            "the shower. The plughole frightens me. Is this normal after a birth, will "
            "it stop, and is there something I should be taking?"
        ),
        asker_name="Leila",
        asker_place="Bristol",
        asked_on=date(2026, 6, 8),
        short_answer=(
            "Heavy shedding a few months after a birth is well known and usually "
            "settles by itself; the follicles are resting, not gone. No supplement is "
            "known to stop it. See a GP if it goes on beyond about six months, leaves "
            "patches, or you feel unwell or low."
        ),
        topic="shedding",
        other_topics=(),
        expert="grace-adeyemi",
        reviewer="priya-raman",
        evidence="mixed",
        evidence_note=(
            "Specialists list childbirth among the usual triggers of shedding, yet the "
            "few studies that counted hairs found no clear difference. Nobody knows "
            "how many women it affects."
        ),
        published_on=date(2026, 6, 22),
        reviewed_on=date(2026, 6, 22),
        reviewed_what="The whole text, its sources and its rating.",
        body=(
            paragraph(
                "Hello Leila, and congratulations. Finding your hair in the plughole "
                "when you are already short of sleep is frightening. In most women who "
                "write to us at this point, it stops. Here is why it happens, what is "
                "not known, and when to ask for help."
            ),
            heading("Why now, and not at the birth?"),
            paragraph(
                "Hairs take turns. Each grows for years, then rests for some months, "
                "then falls to make room for the next. Losing somewhere between 30 and "
                "150 a day is ordinary. After a trigger, many more follicles than "
                "usual move into the resting phase at the same time: about 30 in 100 "
                "or more, instead of about 10 [1]. The hairs fall roughly three months "
                "later, so the cause lies behind you when the shedding starts. "
                "Childbirth is one of the common triggers, together with severe "
                "illness, extreme dieting and great strain [1]. The medical name is "
                "telogen effluvium."
            ),
            figure(
                "growth-cycle",
                alt=(
                    "Three drawings of one follicle: growing, drawing back, and "
                    "resting before the hair is shed."
                ),
                caption=(
                    "After a trigger, many follicles rest at the same time. Some "
                    "months later their hairs fall together, and new ones start below."
                ),
            ),
            paragraph(
                "A hair shed in this way has a small pale bulb at its end. People "
                "often take it for the root. It is not: the follicle stays in the skin "
                "and starts again."
            ),
            heading("What is not certain"),
            paragraph(
                "You may have read that nearly every mother goes through this. The "
                "figures behind such claims are weak. Two researchers looked for "
                "studies that had measured it and found no significant difference in "
                "shedding between pregnant women and new mothers. They went as far as "
                "to doubt that it exists as a condition of its own [2]. Many "
                "dermatologists would not go so far. My reading is that the shedding "
                "women see is real, and that good counts are missing."
            ),
            paragraph(
                "Being told that it is nothing does not help either. A review of this "
                "kind of shedding says that doctors often make too little of it, "
                "although it can weigh heavily on a person [3]."
            ),
            heading("What helps, and what to leave alone"),
            bullets(
                (
                    "Time. Shedding of this kind usually slows over some months. "
                    "Regrowth shows later, as short hairs along the hairline."
                ),
                (
                    "Wash and comb as usual. The hairs that come out were ready to "
                    "fall, and washing less only saves them up for later."
                ),
                "Wear it loose. Tight buns pull on a hairline that is already sparse.",
                (
                    "Eat regular meals as well as you can. No vitamin is known to stop "
                    "this shedding if you are not short of it."
                ),
                (
                    "If you are breastfeeding, ask a pharmacist, your midwife or your "
                    "health visitor before you use any treatment or supplement for "
                    "hair."
                ),
            ),
            callout(
                "warning",
                "When to see your GP",
                (
                    "Go if the shedding is still heavy after about six months, if "
                    "there are bald patches or a sore scalp, or if you are very tired, "
                    "breathless, losing weight or feeling cold. Low iron and thyroid "
                    "trouble can follow a birth, and a blood test can find them."
                ),
            ),
            callout(
                "doctor",
                "If you feel low",
                (
                    "If you feel hopeless, or have thoughts of harming yourself or "
                    "your baby, call 999 or go to A&amp;E now. You can also call NHS "
                    "111 and choose the mental health option, at any hour. You will "
                    "not be judged."
                ),
            ),
            heading("Could it be something else as well?"),
            paragraph(
                "Sometimes shedding uncovers thinning that was there before. If your "
                "parting stays wide a year from now, have it looked at. Until then, a "
                "photograph each month tells you more than counting hairs."
            ),
        ),
        sources=("bad-telogen", "mirallas-2016", "rebora-2019"),
        related=(
            "could-low-iron-be-making-my-hair-shed",
            "why-is-my-parting-getting-wider",
            "does-biotin-help-hair-grow",
        ),
        picture="shower",
        search_description=(
            "Heavy shedding a few months after a birth usually settles by itself. Why "
            "it happens, what is uncertain and when to see a GP."
        ),
    ),
    Article(
        slug="could-low-iron-be-making-my-hair-shed",
        title="Could low iron be making my hair shed?",
        question=(
            "I’m 29, vegetarian, with heavy periods, and I’ve been shedding for "
            "months. A friend swears iron tablets fixed hers. Should I start taking "
            "iron, and what should my ferritin be for my hair?"
        ),
        asker_name="Beth",
        asker_place="Sheffield",
        asked_on=date(2026, 3, 16),
        short_answer=(
            "It could be, and with heavy periods it is worth a blood test. But studies "
            "disagree on how often low iron causes shedding, and no agreed iron level "
            "for hair exists. Please do not take iron on a guess: too much is harmful, "
            "and the reason for a low level matters more."
        ),
        topic="shedding",
        other_topics=("scalp-and-hair-care",),
        expert="priya-raman",
        reviewer="tomasz-wilk",
        evidence="mixed",
        evidence_note=(
            "Some studies link low iron with hair loss in women and others do not. We "
            "know of no large trial showing that iron stops shedding in people who are "
            "not anaemic."
        ),
        published_on=date(2026, 4, 6),
        reviewed_on=date(2026, 10, 12),
        reviewed_what=(
            "Numbers from the 2010 study checked; advice on testing unchanged."
        ),
        body=(
            paragraph(
                "Hello Beth. You have two good reasons to ask: heavy periods, and a "
                "diet in which iron is harder to absorb. So I would have your blood "
                "checked. I would also keep an open mind, because iron is blamed for "
                "more hair loss than it causes."
            ),
            heading("What is agreed"),
            paragraph(
                "When iron runs so low that the body makes too few red blood cells, "
                "this is iron deficiency anaemia. Tiredness, breathlessness, a "
                "pounding heart and pale skin are its usual signs. Noticing more hair "
                "in the brush or the shower is on the NHS list of the less common ones "
                "[1]. Anaemia needs treatment whether or not it has anything to do "
                "with your hair."
            ),
            figure(
                "tube-sample",
                alt="Blood sample tubes, ready for the laboratory.",
                caption=(
                    "A full blood count looks for anaemia. Ferritin shows how much "
                    "iron is in store."
                ),
            ),
            heading("What is not agreed"),
            paragraph(
                "The harder question is whether a low store of iron without anaemia "
                "makes hair fall. A large review from an American hospital weighed the "
                "studies. Some found a link with shedding and thinning, others found "
                "none. The authors concluded that there was too little evidence to "
                "test every person with hair loss, or to give iron to those who are "
                "low but not anaemic; doctors should judge case by case [2]."
            ),
            paragraph(
                "A later study in North Carolina compared 381 white women who had hair "
                "loss with 76 who had none. Among those who still had periods, low "
                "iron stores were found in about 12 in 100 of the women with hair "
                "loss, and in about 30 in 100 of those without [3]. That is the "
                "opposite of what one would expect if low iron were a main cause. The "
                "comparison group was small, so it does not settle the matter. It does "
                "show how common low iron is in women with healthy hair."
            ),
            paragraph(
                "This is also why I will not give you a target. You will find numbers "
                "on the internet. They come from opinion and small studies, and "
                "experts differ."
            ),
            heading("Why not just try it?"),
            paragraph(
                "Three reasons. Some people carry genes that make them store too much "
                "iron, and for them extra iron does damage. Iron tablets often upset "
                "the stomach, and they are dangerous to small children who find them. "
                "And a low level has a cause: in your case perhaps periods and diet, "
                "in someone else bleeding in the gut. In men, and in women past the "
                "menopause, low iron always calls for a search for bleeding [2]. A "
                "tablet can hide the clue."
            ),
            callout(
                "note",
                "What to ask your GP for",
                (
                    "Ask whether a full blood count and ferritin make sense, and "
                    "perhaps a thyroid test. Tell them about your periods: heavy "
                    "bleeding can be treated. Go soon if you are breathless, dizzy or "
                    "feel your heart racing."
                ),
            ),
            heading("What you can do meanwhile"),
            figure(
                "plate",
                alt="A plate with a balanced meal of iron-rich foods.",
                caption=(
                    "Beans, lentils, eggs, nuts and dark green leaves bring iron. "
                    "Fruit or pepper in the same meal helps the body take it up."
                ),
            ),
            bullets(
                (
                    "Eat iron-rich foods with something that holds vitamin C, and keep "
                    "tea and coffee for between meals."
                ),
                (
                    "Think back three months before the shedding began. An illness, a "
                    "strict diet or a hard time may explain it better."
                ),
                (
                    "If iron is prescribed, take it as advised and have the level "
                    "checked again. Give your hair several months before you judge."
                ),
            ),
            paragraph(
                "If your iron turns out normal, that is useful news as well. It means "
                "looking elsewhere, and not swallowing something you do not need."
            ),
        ),
        sources=("nhs-iron", "trost-2006", "olsen-2010"),
        related=(
            "why-is-my-hair-falling-out-after-having-a-baby",
            "does-biotin-help-hair-grow",
            "does-the-menopause-cause-hair-thinning",
        ),
        picture="comb",
        search_description=(
            "Low iron and hair shedding: what studies agree and disagree on, why not "
            "to take iron on a guess, and what to ask your GP."
        ),
    ),
)
