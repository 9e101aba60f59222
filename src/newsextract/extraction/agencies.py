"""The world's news agencies, by the spellings in which pages credit them."""

import re

from newsextract.extraction.text import has_other_script

__all__ = ["AGENCIES", "IN_DATELINES", "agencies_in", "agency_in"]

# Usual name: spellings that mean the agency wherever they stand as words of their own, in any
# case; then, behind the bar, those that mean other things as well, people among them, and so
# count only where they are a credit by themselves, spelled just so.
_SPELLINGS = {
    "AAP": "australian associated press, aap newswire | AAP",
    "ABI": "agencia boliviana de información",
    "Adnkronos": "adnkronos",
    "AFP": "agence france presse, afp, france presse, франс пресс, فرانس برس, أ ف ب, "
    "خبرگزاری فرانسه, סוכנות הידיעות הצרפתית, एएफपी, 法新社, ＡＦＰ",
    "Agência Brasil": "agência brasil, agencia brasil",
    "Agerpres": "agerpres",
    "AGI": "agenzia italia | AGI, Agi",
    "Anadolu": "anadolu agency, anadolu ajansı, agence anadolu, الأناضول | Anadolu",
    "ANI": "asian news international, एएनआई | ANI",
    "ANP": "| ANP",
    "ANSA": "ansa | Ansa",
    "Antara": "antaranews, kantor berita antara | Antara, ANTARA",
    "AP": "associated press, ap news, асошиэйтед пресс, أسوشيتد برس, אסושייטד פרס, 美联社, 美聯社, "
    "에이피통신, ＡＰ通信, ap通信 | AP, A.P.",
    "ANA-MPA": "ana mpa, απε μπε, αθηναϊκό πρακτορείο ειδήσεων, athens macedonian news agency | ΑΠΕ",
    "APA": "austria presse agentur | APA, apa",
    "APP": "associated press of pakistan",
    "APS": "algérie presse service | APS",
    "Askanews": "askanews",
    "ATS": "agence télégraphique suisse, keystone-ats | ATS, ats",
    "Azertag": "azertac, azertag, азертадж",
    "Belga": "agence belga | Belga, BELGA, belga",
    "BelTA": "белта, belta",
    "Bernama": "bernama",
    "Bloomberg": "bloomberg news, ブルームバーグ | Bloomberg, bloomberg",
    "BNS": "baltic news service | BNS",
    "BSS": "bangladesh sangbad sangstha, বাসস | BSS",
    "BTA": "българска телеграфна агенция | BTA, БТА",
    "China News Service": "china news service, 中新社, 中新网, 中新網",
    "CNA": "central news agency, 中央社 | CNA",
    "ČTK": "čtk, česká tisková kancelář | CTK",
    "Colpisa": "colpisa",
    "DHA": "demirören haber ajansı | DHA",
    "Dow Jones": "dow jones newswires | Dow Jones",
    "dpa": "dpa, deutsche presse agentur, deutsche presseagentur",
    "dpa-AFX": "dpa afx",
    "dts": "dts nachrichtenagentur | dts",
    "EFE": "agencia efe, agência efe, agence efe | EFE, Efe, efe",
    "epd": "evangelischer pressedienst | epd, EPD",
    "Estadão Conteúdo": "estadão conteúdo, estadao conteudo",
    "Europa Press": "europa press",
    "Fars": "fars news agency, خبرگزاری فارس | Fars, فارس",
    "Folhapress": "folhapress",
    "GNA": "ghana news agency | GNA",
    "HINA": "hrvatska izvještajna novinska agencija | HINA, Hina",
    "IANS": "ians, indo asian news service, आईएएनएस",
    "İHA": "i̇hlas haber ajansı, ihlas haber ajansı | İHA, IHA",
    "Interfax": "interfax, интерфакс",
    "IRNA": "irna, ایرنا, خبرگزاری جمهوری اسلامی, إرنا",
    "ISNA": "isna, ایسنا",
    "Jiji": "jiji press, 時事通信, 時事通信社 | Jiji, JIJI, 時事",
    "KCNA": "kcna, 조선중앙통신",
    "KNA": "katholische nachrichten agentur | KNA",
    "KUNA": "kuwait news agency, كونا | KUNA",
    "Kyodo": "kyodo, kyodo news, 共同通信, 共同通信社, 共同社, 교도통신 | 共同",
    "LETA": "| LETA",
    "Lusa": "agência lusa, agencia lusa | Lusa, LUSA",
    "MAP": "maghreb arabe presse",
    "Mehr News": "mehr news, mehr news agency, خبرگزاری مهر | مهر",
    "MENA": "middle east news agency, أ ش أ, وكالة أنباء الشرق الأوسط | MENA",
    "MTI": "magyar távirati iroda | MTI",
    "NAN": "news agency of nigeria",
    "News1": "뉴스1, news1",
    "Newsis": "뉴시스, newsis",
    "Notimex": "notimex",
    "NTB": "norsk telegrambyrå | NTB, ntb",
    "PA Media": "pa media, pa news agency, press association",
    "PAP": "polska agencja prasowa | PAP",
    "Petra": "jordan news agency, بترا | Petra",
    "PNA": "philippine news agency | PNA",
    "Prensa Latina": "prensa latina",
    "PTI": "press trust of india, पीटीआई, pti bhasha, पीटीआई-भाषा | PTI, भाषा",
    "QNA": "qatar news agency | QNA, قنا",
    "Reuters": "reuters, thomson reuters, рейтер, рейтерс, رويترز, رویترز, רויטרס, रॉयटर्स, "
    "রয়টার্স, 路透, 路透社, ロイター, 로이터, รอยเตอร์",
    "RIA Novosti": "ria novosti, риа новости, ріа новини",
    "Ritzau": "ritzau",
    "SANA": "syrian arab news agency, سانا | SANA",
    "sda": "keystone sda, schweizerische depeschenagentur, awp sda | sda, SDA",
    "Servimedia": "servimedia",
    "SID": "sport informations dienst | SID, sid",
    "SITA": "| SITA",
    "SPA": "saudi press agency, واس",
    "STA": "slovenska tiskovna agencija",
    "STT": "suomen tietotoimisto, stt lehtikuva | STT",
    "TAP": "tunis afrique presse",
    "Tanjug": "tanjug, танјуг",
    "Tasnim": "tasnim news agency, خبرگزاری تسنیم | Tasnim, تسنیم",
    "TASR": "tasr",
    "TASS": "tass, itar tass, тасс, итар тасс, تاس, 塔斯社, タス通信, 타스통신",
    "Télam": "télam, agencia telam | Telam",
    "The Canadian Press": "canadian press, la presse canadienne",
    "TT Nyhetsbyrån": "tt nyhetsbyrån, tidningarnas telegrambyrå | TT",
    "Ukrinform": "ukrinform, укринформ, укрінформ",
    "UNB": "united news of bangladesh | UNB, ইউএনবি",
    "UNI": "united news of india, यूनीवार्ता",
    "UNIAN": "уніан, униан, unian",
    "UPI": "united press international | UPI",
    "VNA": "vietnam news agency, ttxvn, thông tấn xã việt nam | VNA",
    "WAFA": "وكالة وفا | WAFA, وفا",
    "WAM": "emirates news agency | WAM, وام",
    "Xinhua": "xinhua, 新华社, 新華社, 新华网, 新華網, 신화통신, синьхуа, شينخوا",
    "Yonhap": "yonhap, 연합뉴스, 聯合通訊社, 聯合ニュース",
}  # fmt: skip

_WORD = re.compile(r"\w+")
_LONGEST, _MOST_WORDS = 300, 5
_BETWEEN_CREDITS = re.compile(
    r"[/,;|·•+&()\[\]【】（）／、，:：=＝©]|\s[-–—]\s|-(?=\w)|\s(?:and|und|et|y|e|en|og|och|i|и|ve)\s"
)
# What may stand before and behind initials that are a credit: "Von dpa", "AP Sports Writer".
_BEFORE = frozenset(
    "by via from with source sources input inputs agency the copyright c text von mit nach quelle quellen "
    "informationen material agentur ag par avec informations agence texte por con de del información "
    "informaciones fuente agencia texto da das do dos com informações fonte agência di per agenzia "
    "agencja agentura источник".split()
)
_BEHIND = frozenset(
    "staff news newswire wire wires agency bureau service services writer sports business national "
    "legal political science health entertainment correspondent reporter reporters editor press "
    "contributed report".split()
)


def _by_spelling() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return usual names by words, by spellings in dense scripts, and by bare credits."""
    words: dict[str, str] = {}
    dense: dict[str, str] = {}
    bare: dict[str, str] = {}
    for usual, spellings in _SPELLINGS.items():
        sure, _, ambiguous = spellings.partition("|")
        for spelling in filter(None, map(str.strip, sure.split(","))):
            if _is_dense(spelling):
                dense[spelling] = usual
            else:
                words[" ".join(_WORD.findall(spelling.casefold()))] = usual
        for spelling in filter(None, map(str.strip, ambiguous.split(","))):
            # As `_bare_credit` gives them.
            bare[spelling.rstrip(".")] = usual
    longest_first = sorted(dense.items(), key=lambda item: -len(item[0]))
    return words, dict(longest_first), bare


def _is_dense(name: str) -> bool:
    """Tell whether a name stands in a text without spaces around it, as kana and Hangul do."""
    return not name.isascii() and any(
        "\u0e00" <= letter <= "\u0eff" or "\u3040" <= letter <= "\ud7af" for letter in name
    )


_BY_WORDS, _DENSE_NAMES, _BARE = _by_spelling()
_FIRST_WORDS = frozenset(name.partition(" ")[0] for name in _BY_WORDS)
_ANY_FIRST_WORD = _FIRST_WORDS.union(_WORD.findall(name.casefold())[0] for name in _BARE)
# The usual names of all agencies that are known.
AGENCIES = frozenset(_SPELLINGS)
# Initials that are an agency only in the brackets of a dateline: elsewhere they are buttons,
# writers, political parties.
IN_DATELINES = {
    "AA": "Anadolu", "ABI": "ABI", "APP": "APP", "CP": "The Canadian Press", "MAP": "MAP", "NAN": "NAN",
    "PA": "PA Media", "SPA": "SPA", "STA": "STA", "TAP": "TAP", "TT": "TT Nyhetsbyrån", "UNI": "UNI",
}  # fmt: skip


def agency_in(text: str) -> str | None:
    """Return the usual name of the first news agency in a credit: `AP` for "By Ann Lee, AP".

    The text is a byline, a name, a line below a story or what stands in its brackets: short, and
    about who wrote it. In a sentence a name may well be what the sentence is about.
    """
    return next(iter(agencies_in(text)), None)


def agencies_in(text: str) -> tuple[str, ...]:
    """Return the usual names of all news agencies that a credit names, in order."""
    text = text[:_LONGEST]
    folded = text.casefold()
    may_be_dense = has_other_script(text)
    if not may_be_dense and _ANY_FIRST_WORD.isdisjoint(_WORD.findall(folded)):
        return ()  # as of most texts
    found: list[tuple[int, str]] = []
    words = list(_WORD.finditer(folded))
    behind = 0  # the words of the last name found
    for at, word in enumerate(words):
        if at >= behind and word[0] in _FIRST_WORDS:
            run = [each[0] for each in words[at : at + _MOST_WORDS]]
            for length in range(len(run), 0, -1):
                usual = _BY_WORDS.get(" ".join(run[:length]))
                if usual is not None:
                    found.append((word.start(), usual))
                    behind = at + length
                    break
    if may_be_dense:
        found += [(text.index(name), usual) for name, usual in _DENSE_NAMES.items() if name in text]
    start = 0
    for part in _BETWEEN_CREDITS.split(text):
        if (usual := _BARE.get(_bare_credit(part))) is not None:
            found.append((text.index(part, start), usual))
        start = text.index(part, start) + len(part)
    return tuple(dict.fromkeys(usual for _, usual in sorted(found)))


def _bare_credit(part: str) -> str:
    words = part.strip(" .\"'’“”").split()
    while len(words) > 1 and words[0].casefold().strip(".:") in _BEFORE:
        words.pop(0)
    while len(words) > 1 and words[-1].casefold().strip(".") in _BEHIND:
        words.pop()
    return " ".join(words)
