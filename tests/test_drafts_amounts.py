"""Numbers in texts: their value, bound and unit, and what is no number of ours."""

from __future__ import annotations

import pytest

from reperes.drafts.finding import Finding, findings
from reperes.drafts.names import KnownNames
from reperes.language.units import UnitWording


def numbers(text: str, language: str) -> list[Finding]:
    found = findings(text, language, KnownNames(language), None)
    return [each for each in found if each.kind == "number"]


def said(text: str, language: str) -> list[str]:
    """Each number as content has it: its value, and its unit or what it counts in brackets."""
    return [
        " ".join(filter(None, (each.value, each.unit, each.noun and f"({each.noun})")))
        for each in numbers(text, language)
    ]


FRENCH = [
    # Digits and their separators
    ("350.000 déplacés", ["350000 (déplacés)"]),
    ("350 000 déplacés", ["350000 (déplacés)"]),
    ("350\u00a0000 déplacés", ["350000 (déplacés)"]),
    ("350\u202f000 déplacés", ["350000 (déplacés)"]),
    ("1.234.567 inscrits", ["1234567 (inscrits)"]),
    ("un score de 12,50 en finale", ["12.50"]),
    ("1 234,5 hectares", ["1234.5 hectare"]),
    ("1,5 million de tonnes", ["1500000 tonne"]),
    ("2 millions et demi d’élèves", ["2500000 (élèves)"]),
    ("3 Md€ et 450 M€", ["3000000000 euro", "450000000 euro"]),
    ("12 k€", ["12000 euro"]),
    # Words
    ("deux morts", ["2 (morts)"]),
    ("vingt et un députés", ["21 (députés)"]),
    ("soixante et onze voix", ["71 (voix)"]),
    ("dix-huit mois", ["18 month"]),
    ("quatre-vingts villages", ["80 (villages)"]),
    ("quatre-vingt-dix-sept élus", ["97 (élus)"]),
    ("septante-deux communes", ["72 (communes)"]),
    ("cent cinq blessés", ["105 (blessés)"]),
    ("deux cents soldats", ["200 (soldats)"]),
    ("trois mille quatre cents emplois", ["3400 (emplois)"]),
    ("trois millions deux cent mille doses", ["3200000 (doses)"]),
    ("neuf enfants", ["9 (enfants)"]),
    # About so many
    ("une dizaine d’arrestations", ["~10 (arrestations)"]),
    ("une quinzaine de jours", ["~15 day"]),
    ("une trentaine de civils", ["~30 (civils)"]),
    ("une centaine de milliers de manifestants", ["~100000 (manifestants)"]),
    ("un millier d’hommes", ["~1000 (hommes)"]),
    ("deux douzaines d’huîtres", ["~24 (huîtres)"]),
    ("une demi-douzaine de pays", ["~6 (pays)"]),
    ("des dizaines de blessés", [">=20 (blessés)"]),
    ("plusieurs centaines de millions d’euros", [">=200000000 euro"]),
    ("des milliers d’oiseaux", [">=2000 (oiseaux)"]),
    # Bounds before
    ("plus de 350.000 déplacés", [">350000 (déplacés)"]),
    ("plus d’une centaine de maisons", [">100 (maisons)"]),
    ("au-delà de 40 °C", [">40 celsius"]),
    ("une teneur supérieure à 0,5 %", [">0.5 percent"]),
    ("le budget dépasse les 35 millions d’euros", [">35000000 euro"]),
    ("il a franchi la barre des 100 dollars", [">100 dollar"]),
    ("ne dépasse pas les 20 euros", ["<=20 euro"]),
    ("plafonné à 1 000 euros", ["<=1000 euro"]),
    ("plus des deux tiers des voix", [">66.7 percent (voix)"]),
    ("plus du tiers des voix", [">3 one_in (voix)"]),
    ("réduit de moitié", ["50 percent"]),
    ("dépasse désormais le millier", [">1000"]),
    ("à partir de 18 ans", [">=18 year"]),
    ("au moins 30 civils", [">=30 (civils)"]),
    ("pas moins de douze pays", [">=12 (pays)"]),
    ("jusqu’à 500 manifestants", ["<=500 (manifestants)"]),
    ("au plus dix élèves", ["<=10 (élèves)"]),
    ("moins de 12 heures", ["<12 hour"]),
    ("un peu moins de 60 % des voix", ["<60 percent (voix)"]),
    ("un taux inférieur à 5 %", ["<5 percent"]),
    ("sous la barre des 100 dollars", ["<100 dollar"]),
    ("moins des deux tiers des voix", ["<66.7 percent (voix)"]),
    ("pas moins de 12 heures", [">=12 hour"]),
    ("pas plus de trois jours", ["<=3 day"]),
    ("près de 60 % des voix", ["~60 percent (voix)"]),
    ("presque 8 km", ["~8 kilometre"]),
    ("environ 200 élèves", ["~200 (élèves)"]),
    ("autour de 5 %", ["~5 percent"]),
    ("quelque 300 agents", ["~300 (agents)"]),
    ("à peu près 40 litres", ["~40 litre"]),
    ("aux alentours de 400 migrants", ["~400 (migrants)"]),
    ("plus de quelque 300 agents", [">300 (agents)"]),
    # Bounds after
    ("300 morts, au bas mot.", [">=300 (morts)"]),
    ("300 euros ou plus", [">=300 euro"]),
    ("300 morts au bas mot", [">=300 (morts)"]),
    ("30 morts au moins", [">=30 (morts)"]),
    ("20 élèves au maximum", ["<=20 (élèves)"]),
    ("300 personnes environ", ["~300 person"]),
    ("la moitié au moins des 350 places", [">=50 percent", "350 (places)"]),
    ("1.237 morts et plus de 4.000 blessés", ["1237 (morts)", ">4000 (blessés)"]),
    # Ranges
    ("entre 270.000 et 330.000 personnes", ["270000..330000 person"]),
    ("de 12 à 18 mois", ["12..18 month"]),
    ("5 à 10 ans", ["5..10 year"]),
    ("5-10 %", ["5..10 percent"]),
    ("deux à trois millions de tonnes", ["2000000..3000000 tonne"]),
    ("entre 8 et 10 milliards d’euros", ["8000000000..10000000000 euro"]),
    ("cinq ou six maisons", ["5..6 (maisons)"]),
    ("entre 5 % et 10 % des sols", ["5..10 percent (sols)"]),
    # Changes are no ranges
    ("est passé de 3,2 % à 4,1 %", ["3.2 percent", "4.1 percent"]),
    ("est passée de 15 à 20 %", ["15 percent", "20 percent"]),
    ("ramené de 12 à 8 mois", ["12 month", "8 month"]),
    ("ont grimpé de 15 à 20 %", ["15..20 percent"]),
    # Shares
    ("un Français sur cinq", ["5 one_in (Français)"]),
    ("une sur quinze", ["15 one_in"]),
    ("neuf patients sur dix", ["90 percent (patients)"]),
    ("deux habitants sur trois", ["~66.7 percent (habitants)"]),
    ("plus d’un enfant sur trois", [">3 one_in (enfant)"]),
    ("un investissement de 2 milliards sur cinq ans", ["2000000000", "5 year"]),
    ("un tiers des députés", ["3 one_in (députés)"]),
    ("deux tiers des voix", ["~66.7 percent (voix)"]),
    ("la moitié des sièges", ["50 percent (sièges)"]),
    ("les trois quarts du pays", ["75 percent (pays)"]),
    ("la neuvième d’affilée, la cinquième fois", []),
    ("dont un tiers à loyer modéré", ["3 one_in"]),
    ("un quart des espèces", ["25 percent (espèces)"]),
    ("0,3 point de pourcentage", ["0.3 (point de pourcentage)"]),
    ("un quart d’heure et trois quarts d’heure", ["15 minute", "45 minute"]),
    # Money, durations, measures
    ("35 millions d’euros", ["35000000 euro"]),
    ("5 000 € d’amende", ["5000 euro"]),
    ("quatre jours et deux nuits", ["4 day", "2 (nuits)"]),
    ("un an de prison", ["1 year"]),
    ("deux ans et demi", ["2.5 year"]),
    ("une demi-heure", ["0.5 hour"]),
    ("ces vingt dernières années", ["20 year"]),
    ("âgés de 23 et 27 ans", ["23 year", "27 year"]),
    ("−5 °C puis 12 °C", ["-5 celsius", "12 celsius"]),
    ("80 km/h sur 1 200 km²", ["80 kilometre_per_hour", "1200 square_kilometre"]),
    ("garde à vue de 48h", ["48 hour"]),
    # One
    ("une fois sur deux", ["2 one_in (fois)"]),
    ("un million cinq cent mille euros", ["1500000 euro"]),
    ("d’une valeur de 3 M$", ["3000000 dollar"]),
    ("1,2 % à 5.320 points", ["1.2 percent", "5320 (points)"]),
    ("après 4 heures et 20 minutes", ["4 hour", "20 minute"]),
    ("trois milliards un an plus tôt", ["3000000000", "1 year"]),
    ("1 milliard 200 millions d’euros", ["1200000000 euro"]),
    ("une seule fois, un seul mort", ["1 (mort)"]),
    ("un mort et trois blessés", ["1 (mort)", "3 (blessés)"]),
    ("une personne a appelé un ami", []),
    # Units that are left out
    ("passé de 10,5 à 9,4 %", ["10.5 percent", "9.4 percent"]),
    (
        "4,5 Md€ ici, 2,6 milliards là et 60 millions de vaches",
        ["4500000000 euro", "2600000000 euro", "60000000 (vaches)"],
    ),
    ("C’est 4,5 Md€. Puis 2,6 milliards.", ["4500000000 euro", "2600000000"]),
    ("12 jours plutôt que 8", ["12 day", "8 day"]),
    # At most
    ("sous trente jours", ["<=30 day"]),
    ("sous dix mètres d’eau", ["10 metre"]),
    ("dans un délai de deux mois", ["<=2 month"]),
    ("30 grammes ou plus de noix", [">=30 gram"]),
    ("vers 18h, 80 pompiers", ["80 (pompiers)"]),
    # A verb is no noun
    ("1.500 participent, 30 agents regardent", ["1500", "30 (agents)"]),
    ("400 Rohingya et deux tennismen", ["400 (Rohingya)", "2 (tennismen)"]),
    ("Blanc ou nul. Les 18-24 ans votent.", ["18..24 year"]),
]

ENGLISH = [
    ("350,000 refugees", ["350000 (refugees)"]),
    ("350 000 refugees", ["350000 (refugees)"]),
    ("1,234,567.8 tonnes", ["1234567.8 tonne"]),
    ("a mean of 12.50", ["12.50"]),
    ("350.000 refugees", ["350000 (refugees)"]),
    ("1.5 million voters", ["1500000 (voters)"]),
    ("$3.2bn and £40m", ["3200000000 dollar", "40000000 pound"]),
    ("US$5 million", ["5000000 dollar"]),
    ("€27.50 an hour", ["27.50 euro"]),
    ("40m people ran the 100m sprint", ["40000000 person", "100 metre"]),
    ("12k homes", ["12000 (homes)"]),
    ("twenty-one seats", ["21 (seats)"]),
    ("a hundred and five cases", ["105 (cases)"]),
    ("two hundred and fifty thousand votes", ["250000 (votes)"]),
    ("half a million homes", ["500000 (homes)"]),
    ("two and a half years", ["2.5 year"]),
    ("one and a half million sheep", ["1500000 (sheep)"]),
    ("a year and a half in jail", ["1.5 year"]),
    ("a dozen arrests", ["~12 (arrests)"]),
    ("two dozen planes", ["~24 (planes)"]),
    ("half a dozen towns", ["~6 (towns)"]),
    ("a couple of hundred people", ["~200 person"]),
    ("a score of villages", ["~20 (villages)"]),
    ("dozens of houses", [">=24 (houses)"]),
    ("hundreds of thousands of refugees", [">=200000 (refugees)"]),
    ("several hundred million dollars", [">=200000000 dollar"]),
    ("more than 350,000 dead", [">350000 (dead)"]),
    ("over 67 million inhabitants", [">67000000 (inhabitants)"]),
    ("£2bn over five years", ["2000000000 pound", "5 year"]),
    ("it lasted over two hours", [">2 hour"]),
    ("a barrel topped $100", [">100 dollar"]),
    ("at least 30 civilians", [">=30 (civilians)"]),
    ("no fewer than 16 states", [">=16 (states)"]),
    ("up to 500 officers", ["<=500 (officers)"]),
    ("no more than three days", ["<=3 day"]),
    ("as many as 700,000 birds", ["<=700000 (birds)"]),
    ("fewer than 12 hours", ["<12 hour"]),
    ("less than 60% of the vote", ["<60 percent (vote)"]),
    ("a rate below 5%", ["<5 percent"]),
    ("under 300 protesters", ["<300 (protesters)"]),
    ("no less than 300 protesters", [">=300 (protesters)"]),
    ("just under 30,000 fans", ["<30000 (fans)"]),
    ("nearly 60% of the vote", ["~60 percent (vote)"]),
    ("almost a million homes", ["~1000000 (homes)"]),
    ("about thirty languages", ["~30 (languages)"]),
    ("some 300 protesters", ["~300 (protesters)"]),
    ("an estimated 2,000 people", ["~2000 person"]),
    ("20-odd schools", ["~20 (schools)"]),
    ("300 people or so", ["~300 person"]),
    ("60 or more", [">=60"]),
    ("300+ shops", [">=300 (shops)"]),
    ("between 270,000 and 330,000 people", ["270000..330000 person"]),
    ("from 12 to 18 months", ["12..18 month"]),
    ("5-10 km", ["5..10 kilometre"]),
    ("2 to 3 million tonnes", ["2000000..3000000 tonne"]),
    ("between £8bn and £10bn", ["8000000000..10000000000 pound"]),
    ("three or four days", ["3..4 day"]),
    ("will cut 1,200 to 1,500 jobs", ["1200..1500 (jobs)"]),
    ("rose from 3.2% to 4.1%", ["3.2 percent", "4.1 percent"]),
    ("oil rose $1.20 to $68.40", ["1.20 dollar", "68.40 dollar"]),
    ("doubled in ten days to 2,345", ["10 day", "2345"]),
    ("one in four voters", ["4 one_in (voters)"]),
    ("one person in ten", ["10 one_in (person)"]),
    ("nine out of ten", ["90 percent"]),
    ("12 out of 345 schools", ["12", "345 (schools)"]),
    ("two explosions in five villages", ["2 (explosions)", "5 (villages)"]),
    ("a third of them", ["3 one_in"]),
    ("two-thirds of voters", ["~66.7 percent (voters)"]),
    ("half of the seats", ["50 percent (seats)"]),
    ("more than half the population", [">50 percent (population)"]),
    ("three quarters of the country", ["75 percent (country)"]),
    ("0.3 percentage points", ["0.3 (percentage points)"]),
    ("a quarter of a percentage point", ["0.25 (percentage point)"]),
    ("half an hour", ["0.5 hour"]),
    ("a fortnight ago or two fortnights", ["4 week"]),
    ("a six-month truce", ["6 month"]),
    ("the 45-year-old mayor", ["45 year"]),
    ("48 hours", ["48 hour"]),
    ("over the past 12 months", ["12 month"]),
    ("1.1 degrees Celsius", ["1.1 celsius"]),
    ("36,000km up", ["36000 kilometre"]),
    ("up to a week", ["<=1 week"]),
    ("half-a-million people", ["500000 person"]),
    ("one-fifth of the land", ["20 percent (land)"]),
    ("18-to-24-year-olds", ["18..24 year"]),
    ("a $1.5-million fine", ["1500000 dollar"]),
    ("one percent and one euro", ["1 percent", "1 euro"]),
    ("does not exceed $20 million", ["<=20000000 dollar"]),
    ("just shy of 300 votes", ["~300 (votes)"]),
    ("aged 18 and over", [">=18 year"]),
    ("anywhere from 5 to 10 years", ["5..10 year"]),
    ("€1.2m-€1.5m", ["1200000..1500000 euro"]),
    ("18- to 25-year-olds", ["18..25 year"]),
    ("three quarters of a million people", ["750000 person"]),
    ("half of the world's population", ["50 percent (world's population)"]),
    ("a decade of war", ["1 decade"]),
    ("one soldier was killed", ["1 (soldier)"]),
    ("three weeks in a year", ["3 week", "1 year"]),
    # At the beginning of a sentence
    ("They set beds. A dozen experts came.", ["~12 (experts)"]),
    ("He came. Nine charges lie on file.", ["9 (charges)"]),
    ("He left. Two-thirds were Syrian.", ["~66.7 percent"]),
    ("One man held a baby. One man was killed.", ["1 (man)"]),
    # Units that are left out
    ("Smith, 47, a nurse, and Joan Prowse, 81.", ["47 year", "81 year"]),
    ("In London, 52, mostly women, were held; on Monday, 12, he left.", ["52", "12"]),
    ("I’m 81; men aged 18 to 25, and one who turned 60", ["81 year", "18..25 year", "60 year"]),
    ("£2bn, and not the four billion that it asked for", ["2000000000 pound", "4000000000 pound"]),
    ("five weeks rather than six", ["5 week", "6 week"]),
    ("5% against 7 last year", ["5 percent", "7 percent"]),
    ("from 10.5 to 9.4%", ["10.5 percent", "9.4 percent"]),
    # At most
    ("within six years; within 1.5C", ["<=6 year", "<=1.5 celsius"]),
    ("2,000 square metres", ["2000 square_metre"]),
    ("400 vehicles a day in 2001", ["400 (vehicles)"]),
    ("one in 23 children", ["23 one_in (children)"]),
]

NOTHING = {
    "fr": [
        "L’article 5, la résolution 2254, les articles 12 et 13, le n° 5",
        "le 13e arrondissement, la 5e République, le 1er ministre, la deuxième fois",
        "un F-16, un Boeing 737, le G7, la COP28, le Covid-19, la 5G, le M23",
        "entre 14 heures et 16 heures",
        "à 14h30, à 20 heures, vers 8h, de 9h à 17h, à deux heures du matin",
        "battus 3-0, vainqueurs 6-4, 7-5, battu par 3 à 0",
        "appelez le 01 42 68 53 00 ou le +33 1 42 68 53 00",
        "les Vingt-Sept, Trois-Rivières, les Deux-Sèvres, tous deux",
        "la Ligue 1, Apollo 11 et France 2",
        "un immeuble neuf, un quart de finale, le tiers-monde",
        "Un jour, l’un d’eux a dit une chose à un autre ; une fois de plus.",
        "12, rue de la Paix",
        "la parcelle 114, mille fois, aux quatre coins",
        "le vingt-cinquième anniversaire",
        "le numéro deux mondial, la phase deux, la trentaine",
        "https://example.org/2018/350 et a24@example.org",
    ],
    "en": [
        "Article 5, Section 230, resolutions 2254 and 2268, page 12, No. 10",
        "the 21st edition, the twenty-first time, the second half",
        "the F-16, a Boeing 737 and an Airbus A320, the G7, COP28, Covid-19, 5G, M23",
        "between 2 and 3 p.m.",
        "at 2 p.m., 14:30, 9am-5pm, half past ten, three o'clock, 0900 GMT",
        "they won 2-1, lost 3-0 and drew 1-1; she won 6-4, 7-5",
        "call 020 7946 0018 or +33 1 42 68 53 00",
        "the Six Nations, the Big Four, Group of Seven",
        "Route 66, Apollo 11, Windows 10",
        "No one knew; one day, one of them told one another that once was enough.",
        "a two-state solution, a four-wheel drive, 24/7, fifty-fifty",
        "their twenty-fifth anniversary",
        "junction 38, Plot 9, forty winks, a thousand and one, a two-bedroom flat",
        "phase two of the plan, number two in the party",
        "10 Downing Street, flat 12B",
        "twice a week, a third man, a quarter final",
    ],
}


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_a_french_number_says(text: str, expected: list[str]) -> None:
    assert said(text, "fr") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_an_english_number_says(text: str, expected: list[str]) -> None:
    assert said(text, "en") == expected


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in NOTHING.items() for text in texts]
)
def test_counts_nothing(language: str, text: str) -> None:
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("fr", "Il y a plus de 350.000 morts.", "plus de 350.000"),
        ("fr", "Le budget dépasse les 35 millions d’euros.", "dépasse les 35 millions d’euros"),
        ("fr", "On compte 30 morts au moins.", "30 morts au moins"),
        ("fr", "C’est de 12 à 18 mois.", "de 12 à 18 mois"),
        ("fr", "Près d’un Français sur cinq vote.", "Près d’un Français sur cinq"),
        ("en", "It costs at least $3.2bn now.", "at least $3.2bn"),
        ("en", "Between 5 and 10 people came.", "Between 5 and 10 people"),
        ("en", "The US$5 note.", "US$5"),
    ],
)
def test_bound_amount_and_unit_are_marked(language: str, text: str, marked: str) -> None:
    (found,) = numbers(text, language)
    assert found.words == marked
    assert text[found.start : found.end] == marked


def test_an_explainers_own_unit_is_known() -> None:
    units = {"vessel": UnitWording(kind="count", forms={"one": "navire", "other": "navires"})}
    known = KnownNames("fr", units=units)
    (found,) = findings("Au moins 12 navires", "fr", known, None)
    assert (found.words, found.value, found.unit) == ("Au moins 12 navires", ">=12", "vessel")
