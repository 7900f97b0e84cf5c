"""Every spelling of a treatment finds the same issues: name, brand, abbreviation, plural, misspelt.

Each treatment of the table is disputed by one issue, and all of them are mentioned by the summary
of its case, so that only the issues that dispute a treatment tell its spellings apart. In another
case, each issue mentions a treatment by one of its names, and one issue names none: what is short
for a treatment means something else there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from imrsearch.catalogue.mentions import text_names
from imrsearch.catalogue.treatments import find_treatments
from imrsearch.engines import engine
from imrsearch.letters.service import read_service
from imrsearch.schema.documents import documents
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.system.settings import load_settings
from imrsearch.text.phrases import split_words
from tests.search.memory import MemoryBuilds, MemoryLetters, determination, issue

SPELLINGS: dict[str, tuple[str, ...]] = {
    # Therapies
    "acupuncture": ("Acupuncture", "accupuncture", "acupunture", "acupuncturist"),
    "chiropractic": ("chiro", "chiropractor", "chiropratic", "chiropractors", "chiropractic care"),
    "physical therapy": ("PT", "physiotherapy", "physical therapies", "phisical therapy"),
    "occupational therapy": ("OT", "ocupational therapy", "occupational therapies"),
    "massage therapy": ("massage", "massages", "massage therapies"),
    "aquatic therapy": ("pool therapy", "water therapy", "aqua therapy", "aquatic therapies"),
    "extracorporeal shock wave therapy": ("ESWT", "shockwave therapy", "shock wave therapy"),
    "work conditioning": ("work hardening", "work hardening program"),
    "functional restoration program": ("FRP", "functional restoration", "functional restoraton"),
    "weight loss program": ("weight loss programs", "weight reduction program"),
    "gym membership": ("gym", "gym memberships", "health club membership"),
    "psychotherapy": ("psychotherapies", "psychoterapy", "individual psychotherapy"),
    "biofeedback": ("bio-feedback", "biofeedbak"),
    "hypnotherapy": ("hypnosis", "hypnotherepy"),
    # Drugs, by generic name, brand and both
    "hydrocodone/acetaminophen": (
        *("Norco", "hydrocodone", "hydrocodone/APAP", "Vicodin", "hydrocodon", "Lortab"),
        *("hydrocodone-acetaminophen", "norco"),
    ),
    "oxycodone/acetaminophen": ("Percocet", "Endocet", "oxycodone/APAP"),
    "tramadol": ("Ultram", "tramadols", "Tramadol", "tramadoll"),
    "cyclobenzaprine": ("Flexeril", "Fexmid", "Amrix", "cyclobenzeprine"),
    "gabapentin": ("Neurontin", "gabapentine", "Gralise"),
    "pregabalin": ("Lyrica", "pregabaline"),
    "omeprazole": ("Prilosec", "omeprazol"),
    "pantoprazole": ("Protonix", "pantoprazol"),
    "zolpidem": ("Ambien", "zolpidems"),
    "eszopiclone": ("Lunesta", "eszopiclon"),
    "duloxetine": ("Cymbalta", "duloxetin"),
    "naproxen": ("Naprosyn", "Anaprox", "Aleve", "naproxin"),
    "ibuprofen": ("Motrin", "Advil", "ibuprofin"),
    "meloxicam": ("Mobic", "meloxicams"),
    "celecoxib": ("Celebrex", "celecoxibs"),
    "tizanidine": ("Zanaflex", "tizanidin"),
    "carisoprodol": ("Soma", "carisoprodal"),
    "methocarbamol": ("Robaxin", "methocarbamal"),
    "baclofen": ("Lioresal", "baclofin"),
    "alprazolam": ("Xanax", "alprazolams"),
    "lorazepam": ("Ativan", "lorazapam"),
    "sertraline": ("Zoloft", "sertralin"),
    "sildenafil": ("Viagra", "sildenafill"),
    "ondansetron": ("Zofran", "ondansetrone"),
    "topiramate": ("Topamax", "topirimate"),
    "lidocaine patch": ("Lidoderm", "lidocaine patches", "Lidoderm patch"),
    # Tests
    "MRI": ("mri", "MRIs", "magnetic resonance imaging", "MRI scan", "M.R.I."),
    "CT scan": ("CT", "computed tomography", "CAT scan", "CT scans"),
    "X-ray": ("xray", "x-rays", "X ray", "radiograph", "radiographs"),
    "EMG/NCV": ("EMG/NCS", "electrodiagnostic studies", "EMG-NCV"),
    "urine drug screen": ("UDS", "UDT", "urine drug screens", "urine drug test", "drug test"),
    "sleep study": ("polysomnogram", "polysomnography", "sleep studies"),
    "functional capacity evaluation": ("FCE", "functional capacity evaluations"),
    "psychological evaluation": ("psych evaluation", "psychological evaluations"),
    # Injections and operations
    "epidural steroid injection": ("ESI", "epidurals", "epidural injection", "epidoral injection"),
    "facet injection": ("facet block", "facet injections", "facet joint injection"),
    "radiofrequency ablation": ("rhizotomy", "neurotomy", "nerve burning", "RF ablation"),
    "trigger point injection": ("TPI", "trigger point injections", "trigger points"),
    "botulinum toxin injection": ("Botox", "botulinum toxin", "Botox injections"),
    "platelet-rich plasma injection": ("PRP", "PRP injection", "platelet rich plasma"),
    "knee replacement": ("TKA", "total knee replacement", "total knee arthroplasty", "new knee"),
    "knee arthroscopy": ("arthroscopic knee surgery", "knee arthroscopies"),
    "carpal tunnel release": ("CTR", "carpal tunnel surgery", "carpal tunnel releases"),
    "spinal cord stimulator": ("SCS", "spinal cord stimulators", "dorsal column stimulator"),
    # Equipment and help
    "TENS unit": ("TENS", "TENS units", "transcutaneous electrical nerve stimulation"),
    "interferential unit": ("interferential", "IF unit", "interferential units"),
    "cold therapy unit": ("CTU", "cryotherapy", "Polar Care", "ice machine"),
    "lumbar brace": ("back brace", "LSO", "lumbar support", "lumbar braces"),
    "knee brace": ("knee braces", "brace for the knee"),
    "home health care": ("home health", "home health aide", "home care"),
    "wheelchair": ("wheelchairs", "wheel chair"),
    "mattress": ("mattresses", "orthopedic mattress"),
    "hearing aids": ("hearing aid", "hearing aides"),
    "compression garment": ("compression stockings", "compression hose", "compression garments"),
}


PARAPHRASE = "brace for the knee"
"""No name in a text, but a treatment and a body part: it mentions both."""


def test_the_table_is_long_enough() -> None:
    assert len(SPELLINGS) >= 60


Found = tuple[list[str], int, int | None]
Find = Callable[[str], Found]


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    """The services that a search finds, how many dispute it, and how many only mention it."""
    issues = []
    for number, service in enumerate(SPELLINGS, start=1):
        read = read_service(service)
        filed: dict[str, object] = {
            "category": read.category,
            "subcategory": read.subcategory,
            "treatment": read.treatment,
            "body_parts": read.body_parts,
        }
        issues.append(issue(number, service, "upheld", **filed))
    case = determination("CM16-0000001", *issues, summary=", ".join(SPELLINGS))
    names = [name for treatment in SPELLINGS for name in text_names(treatment)]
    said = ["PT and PTT were normal. He worked OT hours. The RFA is dated.", *names]
    others = (
        issue(number, "Parking fee", "upheld", rationale=text)
        for number, text in enumerate(said, start=1)
    )
    cases = [case, determination("CM16-0000002", *others)]
    folder = tmp_path_factory.mktemp("spellings")
    engine("whoosh").create(folder, documents(("", one) for one in cases))
    builds = MemoryBuilds(engine("whoosh").open(folder))
    searches = SearchService(MemoryLetters(cases), builds, load_settings({}))

    @cache
    def found(q: str) -> Found:
        result = searches.search(SearchState(q))
        services = sorted(row.service for row in result.rows)
        return services, result.total, result.only_mentioned

    return found


@pytest.mark.parametrize(
    ("treatment", "typed"),
    [(treatment, typed) for treatment, some in SPELLINGS.items() for typed in some],
)
def test_a_spelling_finds_what_the_name_finds(treatment: str, typed: str, find: Find) -> None:
    found, total, mentioned = find(treatment)
    assert treatment in found
    assert find(typed)[:2] == (found, total)
    assert find(typed)[2] == mentioned or typed == PARAPHRASE


@pytest.mark.parametrize("treatment", SPELLINGS)
def test_a_treatment_is_mentioned_by_any_of_its_names(treatment: str, find: Find) -> None:
    """By the summary of the table's case, and by each name in the other one."""
    _, total, mentioned = find(treatment)
    assert mentioned is not None
    assert mentioned >= len(SPELLINGS) - total + len(text_names(treatment))


@pytest.mark.parametrize("treatment", SPELLINGS)
def test_the_name_is_one_of_the_catalogue(treatment: str) -> None:
    assert treatment in {
        match.value.treatment.name for match in find_treatments(split_words(treatment))
    }
