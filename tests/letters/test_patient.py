"""Age, sex and the day of injury in the summary's prose."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.letters.passage import Passage
from imrsearch.letters.patient import infer_sex, read_age, read_injury_date, read_sex


@pytest.mark.parametrize(
    ("summary", "age", "sex"),
    [
        ("The injured worker is a 34 year old male who hurt his back.", 34, "male"),
        ("This case involves a now 52-year-old female with a claim.", 52, "female"),
        ("The injured worker is a(n) 57 year old male.", 57, "male"),
        ("The 58 year old female injured worker suffered a fall.", 58, "female"),
        ("The patient is a 45 y/o M with neck pain.", 45, "male"),
        ("A 45 y.o. woman was seen.", 45, "female"),
        ("The claimant is a 45yo right-handed gentleman.", 45, "male"),
        ("The patient is a 45 yr. old lady.", 45, "female"),
        ("The employee is 61 years of age. He is a male.", 61, "male"),
        ("The patient is a male, 45 years old, with pain.", 45, "male"),
        ("The worker is 45 years old.", 45, None),
        ("The patient hurt her foot. She is 45 years old.", 45, None),
        ("Female patient, age 29, with wrist pain.", 29, "female"),
        ("The claimant, a glazier aged 44, cut his arm.", 44, None),
        ("The splint, aged 3 months, broke.", None, None),
        ("A 29-year-old seamstress has swollen hands.", 29, None),
        ("The applicant is a represented 35-year-old former roofer.", 35, None),
        ("The tear is that of a 35-year-old roofer.", None, None),
        ("The employee, a woman in her mid-forties, fell.", None, None),
        ("The patient is a forty four year old female.", 44, "female"),
        ("This sixty-two-year-old gentleman fell.", 62, "male"),
        ("A gentleman of seventy-eight years was crushed.", 78, "male"),
        ("I reviewed the records of this lady of 37 years.", 37, "female"),
        ("A man of 20 years of experience.", None, None),
        ("Ms. [REDACTED] is now 48 years of age.", 48, "female"),
        ("Ms. [REDACTED], age 49, is a custodian.", 49, "female"),
        ("Mr. [REDACTED], 26, is a tree trimmer.", 26, "male"),
        ("Mr. [REDACTED], now 26, was trimming a tree.", 26, "male"),
        ("A postal carrier (F, age 56) fell.", 56, "female"),
        ("The injured worker (38F) fell.", 38, "female"),
        ("The cable (38m) broke.", None, None),
        ("The patient is a male roofer, age 61, who fell.", 61, "male"),
        ("The patient had visits on five of forty days.", None, None),
        ("The patient, 6 weeks after surgery, is better.", None, None),
        ("The patient is a right handed male.", None, "male"),
        ("This is a male who fell.", None, "male"),
        ("The injured\nworker is a 48\nyear old\nman.", 48, "male"),
        ("The patient is a forklift driver; his pain is worse.", None, None),
        ("She has a 3 year old scar and a claim.", None, None),
        ("The injury is 10 years old. The patient is a woman.", None, "female"),
        ("L5-S1 was fused; 4/5 strength.", None, None),
        ("", None, None),
    ],
)
def test_age_and_sex(summary: str, age: int | None, sex: str | None) -> None:
    passage = Passage.whole(summary)
    found_age, found_sex = read_age(passage), read_sex(passage)
    assert (found_age and found_age.value) == age
    assert (found_sex and found_sex.value) == sex


@pytest.mark.parametrize(
    ("summary", "sex", "evidence"),
    [
        ("The worker hurt her foot. She is 45 years old.", "female", "her"),
        ("The driver says his pain is worse; he wants an MRI.", "male", "his"),
        pytest.param("The driver hurt his back.", None, "", id="one may be another person's"),
        pytest.param("The cook fell. He still coughs.", "male", "He", id="one, as the subject"),
        pytest.param("The cook fell. Her gait is slow.", "female", "Her", id="one, as whose it is"),
        pytest.param("Years after the fall, he coughs.", "male", "he", id="one, amid a sentence"),
        pytest.param("A neurologist saw the cook; she coughs.", None, "", id="or the neurologist"),
        pytest.param("Dr. Doe saw the cook. He asks for an MRI.", None, "", id="or the doctor"),
        pytest.param("He was told by the physician that she agreed.", None, "", id="two persons"),
        pytest.param("He/she hurt his/her back.", None, "", id="left open"),
        pytest.param("The sheer weight hit the heel.", None, "", id="parts of words"),
        ("", None, ""),
    ],
)
def test_sex_from_pronouns_that_agree(summary: str, sex: str | None, evidence: str) -> None:
    found = infer_sex(Passage.whole(summary))
    assert (found and found.value) == sex
    assert found is None or summary[found.start : found.end] == evidence


@given(age=st.integers(14, 99), sex=st.sampled_from(["male", "female"]))
def test_the_commonest_form_for_every_age(age: int, sex: str) -> None:
    text = f"The injured worker is a {age}-year-old {sex}."
    found = read_age(Passage.whole(text))
    assert found is not None
    assert found.value == age
    assert text[found.start : found.end] == str(age)


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        pytest.param("who got injured on 4/1/2013 with", date(2013, 4, 1), id="verb"),
        pytest.param("an industrial injury on 5-20-2009.", date(2009, 5, 20), id="noun"),
        pytest.param("a date of injury of November 7, 1998.", date(1998, 11, 7), id="in words"),
        pytest.param("an occupational claim from 10/13/2016.", date(2016, 10, 13), id="claim"),
        pytest.param("DOI: 08/22/14", date(2014, 8, 22), id="abbreviated"),
        pytest.param(
            "The injured worker is 40 with a reported date of injury of 10-25-2016.",
            date(2016, 10, 25),
            id="the worker is injured too",
        ),
        pytest.param(
            "sustained an injury to the left knee on 3/4/10", date(2010, 3, 4), id="words between"
        ),
        pytest.param("an injury on 10-28-\n2016 at work", date(2016, 10, 28), id="wrapped"),
        pytest.param("injured her back and was seen on 5/5/2014.", None, id="another day"),
        pytest.param("an injury. On 5/5/2014 he was well.", None, id="another sentence"),
        pytest.param("injury from 1/1/2010 to 2/2/2012", None, id="a stretch of time"),
        pytest.param("injury from 1/1/2010 to May 2012", None, id="a stretch of time, in words"),
        pytest.param(
            "an injury on 5/5/2014 to this 44 year old", date(2014, 5, 5), id="to whom, not to when"
        ),
        pytest.param("a report of 5/5/2014", None, id="no injury told"),
        pytest.param(
            "A man who fell from a ladder on 10/3/2012.", date(2012, 10, 3), id="how it came about"
        ),
        pytest.param("A man fell and was seen on 5/5/2014.", None, id="a fall, another day"),
        pytest.param("He is well. He fell on 5/5/2014.", None, id="a fall told later"),
        pytest.param("A man with an 8/8/13 date of injury.", date(2013, 8, 8), id="the day first"),
        pytest.param("A man with a 5/5/2014 report.", None, id="the day of a report first"),
        pytest.param(
            "A butcher caught his finger on 1/15/2013.", date(2013, 1, 15), id="another mishap"
        ),
    ],
)
def test_injury_date(summary: str, expected: date | None) -> None:
    found = read_injury_date(Passage.whole(summary), 2016)
    assert (found and found.value) == expected
