"""News agencies are told from people and from words that are spelled alike."""

import pytest

from newsextract.extraction.agencies import AGENCIES, IN_DATELINES, agencies_in, agency_in


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("Reuters", ["Reuters"]),
        ("By Ann Lee, Associated Press", ["AP"]),
        ("Ann Lee | AP Sports Writer", ["AP"]),
        ("dpa/AFP", ["dpa", "AFP"]),
        ("Quelle: APA/dpa-AFX", ["APA", "dpa-AFX"]),
        ("Von dpa", ["dpa"]),
        ("© 2026 AFP", ["AFP"]),
        ("Agence France-Presse", ["AFP"]),
        ("Agencia EFE", ["EFE"]),
        ("MADRID / EFE", ["EFE"]),
        ("ANSA", ["ANSA"]),
        ("Press Trust of India", ["PTI"]),
        ("pti", []),
        ("A.P.", ["AP"]),
        ("By A.P.", ["AP"]),
        ("東京=共同", ["Kyodo"]),
        ("据新华社北京电", ["Xinhua"]),
        ("서울=연합뉴스", ["Yonhap"]),
        ("ТАСС", ["TASS"]),
        ("Рейтер", ["Reuters"]),
        ("رويترز", ["Reuters"]),
        ("(أ ف ب)", ["AFP"]),
        ("Keystone-SDA", ["sda"]),
        ("Australian Associated Press", ["AAP"]),
        ("İHA", ["İHA"]),
    ],
)
def test_agencies_of_a_credit(credit, names):
    assert list(agencies_in(credit)) == names
    assert agency_in(credit) == (names[0] if names else None)


@pytest.mark.parametrize(
    "text",
    [
        "Efe Yılmaz", "Ani Hovsepyan", "Hina Marlow", "Petra Novak", "Ann Lee", "Anadolu Efes",
        "Apa Sherpa", "Sana Marlow", "The map room", "Uni Köln", "Dow Jones climbs to a record", "",
        "Jonas Reuter", "Mehr", "MAP", "APP", "AA", "共同の取り組み", "Harrisburg, Pa.",
        "The Daily Press", "Bloomberg Philanthropies opens",
    ],
)  # fmt: skip
def test_what_is_spelled_alike_is_no_agency(text):
    assert agency_in(text) is None


def test_every_usual_name_is_read_as_itself():
    known = AGENCIES - set(IN_DATELINES)
    assert {name: agency_in(name) for name in known} == {name: name for name in known}
    assert set(IN_DATELINES.values()) <= AGENCIES
