"""Reporters as East Asian newsrooms name them: in datelines, in brackets, in lines of roles."""

import pytest

import newsextract

URL = "https://www.harbour-gazette.example/coast/2024/ferry-returns"
CHINESE = (
    "港口管理处星期一宣布，连接岛屿与内陆的渡轮在停航十一个星期之后恢复运行，首班船上载有约两百名乘客和大量货物。",
    "修理费用大约为九十万克朗，新的坡道可以在几分钟之内由两个人抬起，港务长在会议上对议员们这样说道。",
    "岛上的居民站在码头上迎接第一班船，有些人手里还拿着一月份以来没能买到的东西的清单。",
)
JAPANESE = (
    "港の管理局は月曜日、島々と本土を結ぶフェリーが十一週間ぶりに運航を再開したと発表した。最初の便には約二百人が乗っていた。",
    "修理費はおよそ九十万クローネで、新しい傾斜路は次の嵐の前に二人で数分のうちに上げることができると港長は議会で述べた。",
    "島の住民は埠頭に立って最初の船を迎え、一月半ばから買えなかった物の一覧を手にした人もいた。",
)
KOREAN = (
    "항만청은 월요일 섬과 본토를 잇는 여객선이 열한 주 만에 운항을 다시 시작했다고 밝혔다. "
    "첫 배에는 약 이백 명이 탔다.",
    "수리비는 구십만 크로네에 조금 못 미쳤으며 새 경사로는 다음 폭풍 "
    "전에 두 사람이 몇 분 안에 들어 올릴 수 있다고 항만장은 말했다.",
    "섬 주민들은 부두에 서서 첫 배를 맞았고 일부는 일월 중순부터 사지 "
    "못한 물건의 목록을 들고 있었다.",
)
TITLES = {"zh": "渡轮恢复往返岛屿", "ja": "フェリーが島へ戻る", "ko": "여객선이 섬으로 돌아오다"}
STORIES = {"zh": CHINESE, "ja": JAPANESE, "ko": KOREAN}


def read(lang, *, line="", before="", after=""):
    first, *middle, last = STORIES[lang]
    text = "".join(f"<p>{each}</p>" for each in (before + first, *middle, last + after))
    return newsextract.extract(
        f"<html lang={lang}><head><title>{TITLES[lang]}</title></head><body><main><article>"
        f"<h1>{TITLES[lang]}</h1>{line}<div class=story>{text}</div></article>"
        "</main></body></html>",
        URL,
    )


@pytest.mark.parametrize(
    ("lang", "opening", "names"),
    [
        ("ko", "(퀼머스=연합뉴스) 김민수 기자 = ", ("김민수",)),
        ("ko", "[퀼머스=해안신문] 김민수 이지은 기자 = ", ("김민수", "이지은")),
        ("ko", "[해안신문 김민수 기자] ", ("김민수",)),
        ("zh", "〔記者王小明／台北報導〕", ("王小明",)),
        ("zh", "（中央社記者王小明台北5日電）", ("王小明",)),
        ("zh", "新华社海港3月5日电（记者王小明、李大华）", ("王小明", "李大华")),
        ("zh", "本报讯（记者 王小明）", ("王小明",)),
        ("ja", "【ロンドン=山田太郎】", ("山田太郎",)),
    ],
)
def test_a_dateline_names_its_reporter(lang, opening, names):
    article = read(lang, before=opening)

    assert article.authors == names
    assert article.sources["authors"].source == "dom:reporter"
    assert article.sources["authors"].confidence > 0.6


@pytest.mark.parametrize(
    ("lang", "end", "names"),
    [
        ("ja", "【山田太郎】", ("山田太郎",)),
        ("ja", "（山田太郎、鈴木花子）", ("山田太郎", "鈴木花子")),
        ("zh", "（記者王小明）", ("王小明",)),
        ("ko", " /김민수 기자", ("김민수",)),
        ("ko", "</p><p>김민수 기자 minsu@harbour.example", ("김민수",)),
    ],
)
def test_so_does_the_end_of_a_story(lang, end, names):
    assert read(lang, after=end).authors == names


@pytest.mark.parametrize(
    ("lang", "end"),
    [
        ("ja", "（写真は共同）"),
        ("ja", "（続く）"),
        ("zh", "（责任编辑：李大华）"),
        ("zh", "（完整内容）"),
    ],
)
def test_what_else_stands_in_brackets_there_is_no_reporter(lang, end):
    assert read(lang, after=end).authors == ()


@pytest.mark.parametrize(
    ("lang", "line", "names"),
    [
        ("zh", "<p>〔記者王小明／台北報導〕</p>", ("王小明",)),
        ("zh", "<p>新華社記者 王小明</p>", ("王小明",)),
        ("zh", "<p>本报记者 王小明 李大华</p>", ("王小明", "李大华")),
        ("zh", "<p class=author>文／王小明　圖／李大華</p>", ("王小明",)),
        ("zh", "<p>文：王小明 攝影：李大華</p>", ("王小明",)),
        (
            "zh",
            "<div class=info>2024年3月5日 10:20 來源：海港日報 作者：王小明 編輯：李大華</div>",
            ("王小明",),
        ),
        ("ja", "<p class=author>文：山田太郎　写真：鈴木一郎</p>", ("山田太郎",)),
        ("ja", "<div class=byline>取材・文＝山田太郎</div>", ("山田太郎",)),
        ("ko", "<p class=writer>글·사진 김민수 기자</p>", ("김민수",)),
        ("ko", "<p>김민수·이지은 기자</p>", ("김민수", "이지은")),
    ],
)
def test_of_a_line_of_roles_the_writers_are_taken(lang, line, names):
    assert read(lang, line=line).authors == names


def test_who_took_the_picture_wrote_nothing():
    assert read("zh", line="<p>（記者王小明攝）</p>").authors == ()


@pytest.mark.parametrize("line", ["記者會現場", "记者观察", "记者调查"])
def test_a_press_conference_and_a_column_are_nobody(line):
    assert read("zh", line=f"<p>{line}</p>").authors == ()


def test_a_line_of_tags_names_nobody():
    assert read("zh", after="</p><p>關鍵字：渡輪、島嶼").authors == ()
