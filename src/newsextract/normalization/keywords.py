"""Tags, sections, crumbs and kinds: short names, cleaned and judged by the story they stand on."""

import re
from collections.abc import Collection, Iterable, Sequence

from newsextract.extraction.text import letters_only, prose_length, unescaped_line
from newsextract.records import ArticleKind, Candidate

__all__ = ["choose_crumbs", "choose_kind", "choose_section", "choose_tags"]

_MOST_TAGS = 40
_LONGEST_TAG = 80
_BETWEEN_TAGS = re.compile("[,;|，；、｜،؛\n]")
# `section:sport`, `pagetype=story`, `12345`: for advertising and measuring machines.
_FOR_MACHINES = re.compile(r"[\w-]+[:=]\S+|[\d\W_]+|https?:.*|\S*_\S*")
_TAG_EDGES = " \t#\"'“”„«».,;|·，、；،"
# Of a site's own keywords hardly any is in the story; of a story's, some are. Lists that are filled
# in one story at a time are believed as they are.
_OF_THE_STORY, _OF_ANYBODY = 0.72, 0.55
_LEAST_SAID, _LEAST_SAID_OF_ANYBODY = 0.1, 0.3
_FEW_TAGS = 10
# Single words, one after the other, are a sentence that was cut up by a machine.
_MANY_TAGS, _MOST_SINGLE_WORDS = 15, 0.9

# What the front page is called in the world's big languages, letters only.
_HOME = frozenset(
    "home homepage frontpage startseite start startsida forside hjem etusivu accueil inicio início "
    "portada capa páginainicial páginaprincipal homepagina voorpagina stronagłówna domů hlavnístrana "
    "kezdőlap címlap acasă primapagină početna naslovnica αρχική главная головна anasayfa الرئيسية "
    "خانه דףהבית होम প্রচ্ছদ หน้าแรก trangchủ beranda 首页 首頁 ホーム トップ トップページ 홈".split()
)
_NO_SECTION = frozenset(
    "uncategorized uncategorised unkategorisiert allgemein allgemeines nonclassé sincategoría "
    "sincategoria semcategoria senzacategoria безрубрики 未分类 未分類 미분류 articles article post "
    "posts story stories default".split()
)
_LONGEST_CRUMB = 40
_DIGITS_OF_A_DATE = 5

_KINDS: dict[str, ArticleKind] = {
    "NewsArticle": "news", "ReportageNewsArticle": "news", "AskPublicNewsArticle": "news",
    "news": "news", "AnalysisNewsArticle": "analysis", "BackgroundNewsArticle": "analysis",
    "OpinionNewsArticle": "opinion", "opinion": "opinion", "ReviewNewsArticle": "review",
    "Review": "review", "CriticReview": "review", "LiveBlogPosting": "live",
    "BlogPosting": "blog", "blog": "blog", "PressRelease": "press_release", "Report": "report",
    "AdvertiserContentArticle": "advertorial", "SatiricalArticle": "satire",
    "MediaGallery": "gallery", "ImageGallery": "gallery", "Recipe": "recipe",
    "ScholarlyArticle": "scholarly", "SocialMediaPosting": "post", "video": "video",
    "video.other": "video", "video.episode": "video", "video.movie": "video",
}  # fmt: skip
_COARSE = frozenset(("article", "news", "blog"))
# Names of the opinion section in the world's big languages, letters only.
_OPINION = frozenset(
    "opinion opinions editorial editorials oped columns columnists commentary comment comments views "
    "commentisfree viewpoint meinung meinungen kommentar kommentare leitartikel kolumne kolumnen "
    "gastbeitrag opinión opiniones columnas columnistas editoriales tribuna opinião colunas editoriais "
    "tribune tribunes chronique chroniques édito éditos éditorial idées débats opinioni commenti "
    "editoriali editoriale opinie opinies columnisten commentaar åsikt ledare debatt krönika meninger "
    "leder kronikk debat mielipide pääkirjoitus opinia opinie felieton felietony komentarze názory "
    "komentáře komentář vélemény publicisztika opinii мнение мнения колонка колонки думка думки погляди "
    "γνώμη απόψεις görüş yorum köşeyazıları رأي آراء مقالاترأي افتتاحية یادداشت دیدگاه سرمقاله דעות "
    "विचार संपादकीय ओपिनियन मतामत মতামত সম্পাদকীয় ความคิดเห็น ทัศนะ ýkiến gócnhìn opini kolom tajuk "
    "社説 論説 オピニオン コラム 评论 評論 社论 社評 观点 觀點 사설 오피니언 칼럼".split()
)


def choose_tags(
    ranked: Sequence[Candidate], story: str, sites: Collection[str]
) -> tuple[tuple[str, ...], Candidate] | None:
    """Return the tags of the best source whose tags have to do with the story.

    The candidates come best first; `story` is title and body, `sites` are names of the site.
    """
    names = set(map(letters_only, sites))
    for source in dict.fromkeys(candidate.source for candidate in ranked):
        own = [candidate for candidate in ranked if candidate.source == source]
        tags = [tag for tag in _split(own) if letters_only(tag) not in names]
        if tags and _are_of_the_story(tags, own[0].score, story):
            return tuple(tags), own[0]
    return None


def _are_of_the_story(tags: Sequence[str], score: float, story: str) -> bool:
    if score >= _OF_THE_STORY or (score >= _OF_ANYBODY and len(tags) <= _FEW_TAGS):
        return True
    folded = story.casefold()
    said = sum(tag.casefold() in folded for tag in tags)
    if score >= _OF_ANYBODY:
        return said >= _LEAST_SAID * len(tags)
    single = sum(" " not in tag for tag in tags)
    is_cut_up = len(tags) > _MANY_TAGS and single > _MOST_SINGLE_WORDS * len(tags)
    return said >= _LEAST_SAID_OF_ANYBODY * len(tags) and not is_cut_up


def _split(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    values = [candidate.value for candidate in candidates]
    if len(values) <= 2:
        # One string for all; in a list of many, a comma is part of a name ("Springfield, Ohio").
        values = [name for value in values for name in _BETWEEN_TAGS.split(value[:4_000])]
    if any(value.count("#") > 1 for value in values):
        values = [name for value in values for name in value.split("#")]
    tags: dict[str, str] = {}
    for value in values:
        tag = unescaped_line(value).strip(_TAG_EDGES)
        if tag and len(tag) <= _LONGEST_TAG and not _FOR_MACHINES.fullmatch(tag):
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())[:_MOST_TAGS]


def choose_crumbs(
    candidates: Iterable[Candidate], title: str | None, sites: Collection[str]
) -> tuple[str, ...]:
    """Return the steps between the front page and the story; those two are left out."""
    crumbs = [unescaped_line(candidate.value).strip(" »›>/|") for candidate in candidates]
    # "You are here:" and a date may be in the row, but are no steps of it.
    crumbs = [
        crumb
        for crumb in crumbs
        if letters_only(crumb)
        and not crumb.endswith((":", "："))
        and sum(map(str.isdigit, crumb)) < _DIGITS_OF_A_DATE
    ]
    own_names = {letters_only(site) for site in sites}
    while crumbs and (letters_only(crumbs[0]) in _HOME or letters_only(crumbs[0]) in own_names):
        del crumbs[0]
    while crumbs and (_is_title(crumbs[-1], title) or prose_length(crumbs[-1]) > _LONGEST_CRUMB):
        del crumbs[-1]
    return tuple(dict.fromkeys(crumbs))


def choose_section(
    ranked: Iterable[Candidate], crumbs: Sequence[str]
) -> tuple[str, Candidate] | None:
    """Return the section, spelt as in the crumbs if it is among them; without one, their first."""
    spelt = {letters_only(crumb): crumb for crumb in crumbs}
    for candidate in ranked:
        section = unescaped_line(candidate.value)
        letters = letters_only(section)
        if letters and letters not in _NO_SECTION and len(section) <= _LONGEST_TAG:
            return spelt.get(letters, section), candidate
    for letters, crumb in spelt.items():
        if letters not in _NO_SECTION:
            return crumb, Candidate(field="section", value=crumb, source="breadcrumbs", score=0.6)
    return None


def _is_title(crumb: str, title: str | None) -> bool:
    letters, whole = letters_only(crumb), letters_only(title or "")
    if not whole:
        return False
    # Long titles are cut off with dots.
    return letters == whole or (len(letters) >= 12 and (letters in whole or whole in letters))


def choose_kind(
    ranked: Sequence[Candidate], section: str | None
) -> tuple[ArticleKind, Candidate | None]:
    """Return what kind of article the page says it is, the finest of its best source."""
    kind: ArticleKind = "article"
    chosen: Candidate | None = None
    for candidate in ranked:
        stated = _KINDS.get(candidate.value.strip())
        if stated is None or (chosen is not None and candidate.source != chosen.source):
            continue
        if chosen is None or (kind in _COARSE and stated not in _COARSE):
            kind, chosen = stated, candidate
    if kind in _COARSE and section and letters_only(section) in _OPINION:
        return "opinion", Candidate(field="kind", value=section, source="section", score=0.6)
    return kind, chosen
