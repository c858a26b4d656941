"""Journal papers cited by the demo answers. All are real."""

from .shapes import Source

JOURNALS: tuple[Source, ...] = (
    Source(
        key="rassman-2013",
        kind="journal",
        study_type="narrative",
        population="human",
        title="Phenotype of normal hairline maturation",
        authors="Rassman WR, Pak JP, Kim J",
        container="Facial Plastic Surgery Clinics of North America",
        year=2013,
        url="https://plasticsurgerykey.com/phenotype-of-normal-hairline-maturation/",
    ),
    Source(
        key="nyholt-2003",
        kind="journal",
        study_type="observational",
        population="human",
        title="Genetic basis of male pattern baldness",
        authors="Nyholt DR, Gillespie NA, Heath AC, Martin NG",
        container="Journal of Investigative Dermatology",
        year=2003,
        doi="10.1111/j.1523-1747.2003.12615.x",
    ),
    Source(
        key="hagenaars-2017",
        kind="journal",
        study_type="observational",
        population="human",
        title="Genetic prediction of male pattern baldness",
        authors="Hagenaars SP, Hill WD, Harris SE, et al.",
        container="PLoS Genetics",
        year=2017,
        doi="10.1371/journal.pgen.1006594",
        pmid="28196072",
    ),
    Source(
        key="van-zuuren-2016",
        kind="journal",
        study_type="systematic_review",
        population="human",
        title="Interventions for female pattern hair loss",
        authors="van Zuuren EJ, Fedorowicz Z, Schoones J",
        container="Cochrane Database of Systematic Reviews",
        year=2016,
        doi="10.1002/14651858.CD007628.pub4",
        pmid="27225981",
    ),
    Source(
        key="mirmirani-2011",
        kind="journal",
        study_type="narrative",
        population="human",
        title=(
            "Hormonal changes in menopause: do they contribute to a ‘midlife hair "
            "crisis’ in women?"
        ),
        authors="Mirmirani P",
        container="British Journal of Dermatology",
        year=2011,
        url="https://ouci.dntb.gov.ua/works/7XegWpr4",
    ),
    Source(
        key="mirallas-2016",
        kind="journal",
        study_type="narrative",
        population="human",
        title="The postpartum telogen effluvium fallacy",
        authors="Mirallas O, Grimalt R",
        container="Skin Appendage Disorders",
        year=2016,
        doi="10.1159/000445385",
        pmid="27386466",
    ),
    Source(
        key="rebora-2019",
        kind="journal",
        study_type="narrative",
        population="human",
        title="Telogen effluvium: a comprehensive review",
        authors="Rebora A",
        container="Clinical, Cosmetic and Investigational Dermatology",
        year=2019,
        doi="10.2147/CCID.S200471",
        pmid="31686886",
    ),
    Source(
        key="trost-2006",
        kind="journal",
        study_type="narrative",
        population="human",
        title=(
            "The diagnosis and treatment of iron deficiency and its potential "
            "relationship to hair loss"
        ),
        authors="Trost LB, Bergfeld WF, Calogeras E",
        container="Journal of the American Academy of Dermatology",
        year=2006,
        doi="10.1016/j.jaad.2005.11.1104",
        pmid="16635664",
    ),
    Source(
        key="olsen-2010",
        kind="journal",
        study_type="observational",
        population="human",
        title=(
            "Iron deficiency in female pattern hair loss, chronic telogen effluvium, "
            "and control groups"
        ),
        authors="Olsen EA, Reed KB, Cacchio PB, Caudill L",
        container="Journal of the American Academy of Dermatology",
        year=2010,
        doi="10.1016/j.jaad.2009.12.006",
        pmid="20947203",
    ),
    Source(
        key="rotunda-2006",
        kind="journal",
        study_type="narrative",
        title=(
            "Mesotherapy and phosphatidylcholine injections: historical clarification "
            "and review"
        ),
        authors="Rotunda AM, Kolodney MS",
        container="Dermatologic Surgery",
        year=2006,
        doi="10.1111/j.1524-4725.2006.32100.x",
        pmid="16681654",
    ),
    Source(
        key="mysore-2010",
        kind="journal",
        study_type="narrative",
        population="human",
        title="Mesotherapy in management of hairloss - is it of any use?",
        authors="Mysore V",
        container="International Journal of Trichology",
        year=2010,
        doi="10.4103/0974-7753.66914",
    ),
    Source(
        key="gupta-2023",
        kind="journal",
        study_type="systematic_review",
        population="human",
        title=(
            "Systematic review of mesotherapy: a novel avenue for the treatment of "
            "hair loss"
        ),
        authors="Gupta AK, et al.",
        container="Journal of Dermatological Treatment",
        year=2023,
        doi="10.1080/09546634.2023.2245084",
        pmid="37558233",
    ),
    Source(
        key="el-komy-2017",
        kind="journal",
        study_type="cases",
        population="human",
        title="Hair loss at injection sites of mesotherapy for alopecia",
        authors="El-Komy M, Hassan A, Tawdy A, et al.",
        container="Journal of Cosmetic Dermatology",
        year=2017,
        doi="10.1111/jocd.12320",
        pmid="28160387",
    ),
    Source(
        key="liu-2019",
        kind="journal",
        study_type="systematic_review",
        population="human",
        title=(
            "Comparative effectiveness of low-level laser therapy for adult androgenic "
            "alopecia: a system review and meta-analysis of randomized controlled "
            "trials"
        ),
        authors="Liu KH, Liu D, Chen YT, Chin SY",
        container="Lasers in Medical Science",
        year=2019,
        doi="10.1007/s10103-019-02723-6",
    ),
    Source(
        key="lueangarun-2021",
        kind="journal",
        study_type="systematic_review",
        population="human",
        title=(
            "A systematic review and meta-analysis of randomized controlled trials of "
            "United States Food and Drug Administration-approved, home-use, low-level "
            "light/laser therapy devices for pattern hair loss: device design and "
            "technology"
        ),
        authors="Lueangarun S, Visutjindaporn P, Parcharoen Y, Jamparuang P, Tempark T",
        container="Journal of Clinical and Aesthetic Dermatology",
        year=2021,
        pmid="34980962",
        url="https://pmc.ncbi.nlm.nih.gov/articles/PMC8675345/",
    ),
    Source(
        key="akingbola-2017",
        kind="journal",
        study_type="narrative",
        population="human",
        title="Traction alopecia: a neglected entity in 2017",
        authors="Akingbola CO, Vyas J",
        container="Indian Journal of Dermatology, Venereology and Leprology",
        year=2017,
        doi="10.4103/ijdvl.IJDVL_553_16",
    ),
    Source(
        key="billero-2018",
        kind="journal",
        study_type="narrative",
        population="human",
        title="Traction alopecia: the root of the problem",
        authors="Billero V, Miteva M",
        container="Clinical, Cosmetic and Investigational Dermatology",
        year=2018,
        doi="10.2147/CCID.S137296",
    ),
    Source(
        key="patel-2017",
        kind="journal",
        study_type="narrative",
        population="human",
        title="A review of the use of biotin for hair loss",
        authors="Patel DP, Swink SM, Castelo-Soccio L",
        container="Skin Appendage Disorders",
        year=2017,
        doi="10.1159/000462981",
        pmid="28879195",
    ),
    Source(
        key="yelich-2024",
        kind="journal",
        study_type="narrative",
        population="human",
        title="Biotin for hair loss: teasing out the evidence",
        authors="Yelich A, Jenkins H, Holt S, Miller R",
        container="Journal of Clinical and Aesthetic Dermatology",
        year=2024,
        url="https://pmc.ncbi.nlm.nih.gov/articles/PMC11324195/",
    ),
)
