"""What editors say beside a story: what they corrected in it, and that somebody paid for it.

A correction opens with its name and a colon, stands below a heading that is its name, or says in
its first sentence that this text was changed. A paragraph that merely speaks of a correction does
none of these.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from newsextract.extraction.blocks import Survey, TextBlock
from newsextract.extraction.jsonld import JsonObject, types_of
from newsextract.extraction.names import name_words
from newsextract.extraction.patterns import when_needed
from newsextract.extraction.text import clean_line, has_other_script, letters_only
from newsextract.records import Candidate, FoundCorrection

__all__ = ["find_corrections", "sponsored_candidates"]

_READ, _MOST = 400, 20
_SHORTEST = 20
# Notes stand between headline and story, in it, or so many blocks below it.
_BELOW_STORY = 15
_LONGEST_HEADING = 40
# So far up the tree is looked for what an element is called.
_LEVELS_UP = 60
_ELSEWHERE = frozenset(
    "comments related navigation footer consent dialog subscribe share advertisement".split()
)

_CORRECTION_WORDS = (
    "corrections?|corrections? (?:and|&) clarifications?|clarifications?|clarifications? (?:and|&) corrections?|erratum|errata|"
    "correction note|amendment|"
    "korrektur(?:hinweis)?|richtigstellung|berichtigung|klarstellung|"
    "rectificatif|rectification|correctif|précision|mise au point|"
    "fe de erratas?|fe de errores|corrección|correcciones|rectificación|aclaración|"
    "correção|correções|errámos|erramos|retificação|errata corrige|correzione|rettifica|precisazione|"
    "rectificatie|correctie|rättelse|rettelse|rettet|presisering|korjaus|oikaisu|täsmennys|sprostowanie|korekta|oprava|"
    "erratumok|helyesbítés|helyreigazítás|erată|διόρθωση|διευκρίνιση|исправление|поправка|уточнение|опровержение|виправлення|уточнення|"
    "düzeltme|تصحيح|تصويب|توضيح|اصلاحیه|تصحیح|תיקון|הבהרה|(?:भूल )?सुधार|शुद्धिपत्र|स्पष्टीकरण|সংশোধনী|সংশোধন|"
    "แก้ไข(?:ข่าว)?|đính chính|koreksi|ralat|pembetulan|"
    "更正|更正启事|更正啟事|勘误|勘誤|订正|訂正|お詫びと訂正|訂正とお詫び|정정|정정보도|바로잡습니다|바로잡음"
)
_NOTE_WORDS = (
    r"editor['’]?s['’]? note|note from the editors?|note to readers|updates?|updated|"
    "anmerkung(?: der redaktion)?|hinweis(?: der redaktion)?|transparenzhinweis|anm\\. d\\. red\\.|aktualisierung|"
    "note de la rédaction|ndlr|mise à jour|nota (?:de la redacción|del editor|da redação|do editor|de redacción)|"
    "nota della redazione|ndr|actualización|atualização|aggiornamento|noot van de redactie|"
    "od redakcji|от редакции|примечание редакции|від редакції|editörün notu|编者按|編按|編註|编注|追記|お知らせ|편집자 ?주"
)
# Whose text was changed. "The report was corrected" may be news, "this report" is not.
_ENGLISH = (
    r"(?:the (?:article|story|headline|photo caption|caption)|this (?:\w+ )?(?:article|story|post|piece|column|headline|sentence|paragraph|"
    r"caption|obituary|interview|review|text|page|transcript|report))(?:['’]s (?:headline|photo|caption|subheading|standfirst))? "
    r"(?:was|were|has been|have been|is) (?:since |also |now )?"
    r"(?:amended|corrected|(?:edited|updated|revised|changed|modified) (?:[^.]{0,60} )?"
    r"(?:to (?:reflect|correct|clarify|include|add|remove|fix|note|show|make|state|say|indicate|attribute|specify)|because|after))|"
    r"(?:an? |the )?(?:earlier|previous|original|prior|initial) (?:version|headline|edition)s? (?:of|on|to) (?:this|the)|"
    r"(?:this|the) (?:article|story|post|piece|report|column|headline|caption) (?:(?:originally|initially|previously) (?:incorrectly |mistakenly |wrongly )?"
    r"(?:stated|said|linked|misstated|misidentified|misspelled|misattributed|reported|identified|gave|listed|attributed|included|described|named|"
    r"quoted|implied|claimed|suggested|indicated|referred|omitted|used|had|contained)|incorrectly|mistakenly|wrongly|erroneously|mis(?:stated|spelled|identified))|"
    r"in an? (?:earlier|previous) version of (?:this|the)|updated with (?:a )?(?:further |additional )?(?:clarif|correct)"
)
_OTHERS = (
    r"in einer (?:früheren|vorherigen|ersten|älteren) (?:version|fassung)|in der (?:ursprünglichen|ersten) (?:version|fassung)|"
    r"eine (?:frühere|vorherige) (?:version|fassung)|(?:dieser|der) (?:artikel|text|beitrag) wurde (?:am [^.]{0,40})?(?:korrigiert|berichtigt|nachträglich)|"
    r"wir haben (?:den (?:fehler|text)|das|die (?:stelle|angabe)) (?:[^.]{0,40} )?(?:korrigiert|berichtigt)|"
    r"(?:dans )?une (?:première|précédente) version (?:de cet|du|de ce)|(?:dans )?une version (?:précédente|antérieure) (?:de cet|du|de ce)|"
    r"cet article (?:a été|, initialement publié [^.]{0,60}, a été) (?:modifié|corrigé|rectifié|amendé)|"
    r"(?:en )?una versión (?:anterior|previa) de est[ea]|est[ea] (?:artículo|nota|noticia|texto|información) (?:ha sido|fue) (?:corregid|modificad|rectificad|actualizad[oa] para)|"
    r"(?:em )?uma versão anterior d(?:est[ea]|o|a)|est[ea] (?:artigo|texto|reportagem|matéria|notícia) foi (?:corrigid|alterad|retificad|atualizad[oa] (?:\S+ ){0,6}para)|"
    r"(?:diferentemente|ao contrário) do que (?:informou|foi (?:publicado|informado)|afirmava)|"
    r"(?:in )?una versione precedente di quest|quest['’]?o? ?articolo è stato (?:corretto|modificato|rettificato)|"
    r"(?:in )?een eerdere versie van dit|dit (?:artikel|bericht) is (?:gecorrigeerd|aangepast)|"
    r"i en tidigare version av|i en tidligere (?:versjon|utgave) av|i en tidligere version af|artikeln har (?:rättats|korrigerats)|"
    r"artikkelen (?:er|ble) (?:rettet|korrigert)|jutun aiemmassa|juttua (?:on )?(?:korjattu|oikaistu)|"
    r"(?:w|we) (?:poprzedniej|wcześniejszej|pierwotnej) wersji|v (?:předchozí|původní) verzi|"
    r"в (?:предыдущей|первоначальной|ранней|более ранней|изначальной|первой) (?:версии|редакции)|у (?:попередній|початковій) версії|"
    r"bu haberin (?:önceki|ilk|eski)|(?:في )?نسخة سابقة من هذا|"
    r"本文(?:已|曾|于.{1,12})?(?:更正|订正|訂正|修訂|修正)|(?:此前|早前|先前)版本|本報導(?:已|曾)?(?:更正|修正)"
)
# These two come at the end of a note in Japanese and Korean.
_AT_END = re.compile(
    r"(?:記事|本文|タイトル|見出し|内容|表記|記述).{0,40}(?:修正|訂正|変更)(?:し|いたし)(?:ました|ております)|訂正(?:し|いたし|して).{0,12}(?:ます|ました)|"
    r"(?:기사|내용|표현).{0,30}(?:수정|정정)(?:했습니다|하였습니다|됐습니다|되었습니다)"
)
_DATE = r"[\s,(（/|–—-]*(?:[^:：)）]{0,40}\d[^:：)）]{0,30})?[)）]?"
_BEHIND_NAME = re.compile(r"[:：】\]）]")
_CHANGED = re.compile(
    rf"(?:(?:{_NOTE_WORDS})\b[^。]{{0,60}}?[:：. ]\s*)?(?:\d{{1,2}}[:.]\d{{2}}[^:]{{0,10}}:\s*)?"
    rf"(?:{_ENGLISH}|{_OTHERS})(?:[^.]{{0,12}}?\b(?:on|am|el|le|em|il|den)\s[^.:;]{{0,14}}\d{{1,2}}[^:;]{{2,20}}\d{{4}})?"
)
_LEAD_IN = re.compile(r"[\W_]*")
# The first three characters of all in Latin letters that the patterns can match ("_" is a space);
# most blocks stop here. A test computes the list from the patterns.
_OPENINGS = frozenset(
    opening.replace("_", " ")
    for opening in (
        "a_e a_i a_o a_p acl act agg akt ame an_ anm ao_ art atu ber bu_ cet cla cor dan der die "
        "dif dit düz ear edi een ein em_ en_ era err est fe_ hel hin i_e in_ ini jut kla kor mis ndl "
        "ndr noo not od_ oik opr ori pem pre pri pré que ral rec ret ric rät spr the thi tra täs "
        "uma una une upd v_p w_p w_w we_ wir đín "
    ).split()
)
_LATIN = "\u0300"
_named = when_needed(
    rf"(?:{_CORRECTION_WORDS})\b{_DATE}\s*[:：]|(?:{_CORRECTION_WORDS})\s*[】\]）]"
)
_heading = when_needed(rf"(?:{_CORRECTION_WORDS})[\W\d_]*")
_noted = when_needed(rf"(?:{_NOTE_WORDS}){_DATE}")
_note_alone = when_needed(rf"[\W_]*(?:{_NOTE_WORDS})[\W_]*")


def find_corrections(
    found: Survey,
    objects: Sequence[JsonObject],
    types: Container[str],
    headline: TextBlock | None,
    body: list[TextBlock],
) -> tuple[list[FoundCorrection], list[TextBlock]]:
    """Return what the page says that it has corrected, and the blocks that say it.

    `types` are those of `objects`.
    """
    shown: list[FoundCorrection] = []
    said: list[TextBlock] = []
    kept = {block.index for block in body}
    heading: TextBlock | None = None
    for block in _around_story(found.blocks, headline, body):
        is_below_heading = heading is not None and block.index == heading.index + 1
        told = len(block.text) if is_below_heading else _told(block)
        if told is None or (block.index not in kept and _stands_elsewhere(block, told)):
            continue
        if told == 0:
            heading = block
        elif block.kind != "heading" and len(block.text) >= _SHORTEST:
            said += [heading, block] if heading is not None and is_below_heading else [block]
            above = found.blocks[block.index - 1] if block.index else block
            if len(above.text) <= _LONGEST_HEADING and _note_alone().fullmatch(above.text.lower()):
                said.append(above)
            # A date is that of the correction if it stands before what it says.
            date = "" if is_below_heading else block.text[:told]
            source = f"dom:{block.container.tag}"
            shown.append(FoundCorrection(text=block.text, date=date, source=source, score=0.8))
        if len(shown) >= _MOST:
            break
    return _with_stated(shown, list(_stated(objects, types))), said


def _around_story(
    blocks: list[TextBlock], headline: TextBlock | None, body: list[TextBlock]
) -> Iterator[TextBlock]:
    if body:
        first = min(headline.index if headline else body[0].index, body[0].index)
        for block in blocks[first : body[-1].index + 1 + _BELOW_STORY]:
            if not block.container.hidden and block.kind not in ("table", "code"):
                yield block


def _stands_elsewhere(block: TextBlock, told: int) -> bool:
    # A heading in a sidebar may be that of a book; what says what was wrong there is a correction.
    elsewhere = _ELSEWHERE if told else _ELSEWHERE | {"sidebar"}
    return any(above.reason in elsewhere for above in block.container.ancestors(_LEVELS_UP))


def _told(block: TextBlock) -> int | None:
    """Return where a correction begins to say what was wrong: 0 if it says so in the next block."""
    text = block.text
    lead = None if text[0].isalnum() else _LEAD_IN.match(text, 0, _READ)
    at = lead.end() if lead else 0
    opening = text[at : at + 3].lower()[:3]
    # Most lines do not begin as one of the patterns can.
    if opening not in _OPENINGS and opening < _LATIN and not opening[:1].isdigit():
        return None
    folded = text[:_READ].lower()
    if (
        len(folded) <= _LONGEST_HEADING
        and not block.link_length
        and _heading().fullmatch(folded, at)
    ):
        return 0
    match = _named().match(folded, at) if _BEHIND_NAME.search(folded, at) else None
    match = match or _CHANGED.match(folded, at)
    if match is None and has_other_script(folded) and _AT_END.search(folded, at):
        match = _noted().match(folded, at)
    return match.end() if match else None


def _stated(objects: Sequence[JsonObject], types: Container[str]) -> Iterator[FoundCorrection]:
    """Yield what JSON-LD has of https://schema.org/correction and CorrectionComment."""
    has_comments = "CorrectionComment" in types
    for thing in objects:
        values = thing.get("correction")
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str):
                value = {"text": value}
            if isinstance(value, dict):
                yield from _comment(value)
        if has_comments and "CorrectionComment" in types_of(thing):
            yield from _comment(thing)


def _comment(thing: JsonObject) -> Iterator[FoundCorrection]:
    text, date = thing.get("text") or thing.get("description"), thing.get("datePublished")
    # The value may be the address of a page that says it.
    if isinstance(text, str) and (line := clean_line(text)) and not line.startswith("http"):
        stated = date if isinstance(date, str) else ""
        yield FoundCorrection(text=line, date=stated, source="jsonld:correction", score=0.9)


def _with_stated(
    shown: list[FoundCorrection], stated: list[FoundCorrection]
) -> list[FoundCorrection]:
    """Return each correction once: as shown, with the date that JSON-LD has for it."""
    known = {letters_only(each.text): each for each in stated}
    merged = []
    for each in shown:
        own = letters_only(each.text)
        same = next((key for key in known if key in own or own in key), None)
        merged.append(replace(each, date=known.pop(same).date or each.date) if same else each)
    return merged + list(known.values())


# --- paid content ---------------------------------------------------------------------------

# These say that a story is paid for, wherever they stand by its headline.
_PAID = (
    "sponsored (?:content|post|article|story|feature|by .{2,40})|paid (?:content|post|partnership|partner content|advertisement|for by .{2,40})|"
    "partner(?:ed)? content|partner story|branded content|brand(?:ed)? (?:story|voice|studio)|advertorial|advertiser content|"
    "promoted (?:content|by .{2,40})|promotional (?:content|feature)|advertisement feature|content from our partners?|presented by .{2,40}|"
    "in partnership with .{2,40}|this (?:article|story|post|content) (?:is|was) (?:sponsored|paid for) by .{2,40}|"
    "bezahlter inhalt|bezahlte partnerschaft|sponsored[- ]?post|gesponserter (?:beitrag|inhalt)|anzeigensonderveröffentlichung|verlagsspezial|"
    "entgeltliche einschaltung|promotion|sonderveröffentlichung|"
    "publi[- ]?(?:rédactionnel|rédac|reportage|communiqué)|contenu (?:sponsorisé|partenaire|de marque)|article sponsorisé|sponsorisé(?: par .{2,40})?|"
    "contenido patrocinado|patrocinado(?: por .{2,40})?|publirreportaje|contenido de marca|branded content|publinota|espacio patrocinado|"
    "conteúdo (?:patrocinado|de marca|publicitário)|informe publicitário|publieditorial|publipost|"
    "contenuto sponsorizzato|articolo sponsorizzato|pubbliredazionale|informazione pubblicitaria|contenuto promozionale|"
    "gesponsord(?:e inhoud)?|betaalde inhoud|partnerbijdrage|branded|sponsrat innehåll|annonsørinnhold|sponset innhold|sponsoreret indhold|"
    "annoncørbetalt indhold|kaupallinen yhteistyö|mainosartikkeli|artykuł sponsorowany|materiał (?:partnera|sponsorowany|promocyjny|reklamowy)|"
    "komerční sdělení|placený obsah|sponzorovaný článek|szponzorált tartalom|támogatott tartalom|advertoriál|χορηγούμενο|"
    "партнерский материал|партнёрский материал|на правах рекламы|спецпроект|реклама(?:\\. .{2,60})|партнерський матеріал|на правах реклами|"
    "sponsorlu içerik|advertoryal|محتوى (?:ممول|برعاية .{2,40}|مدفوع|ترويجي)|رپرتاژ آگهی|תוכן (?:שיווקי|ממומן|בחסות .{2,40})|"
    "प्रायोजित(?: सामग्री)?|বিজ্ঞাপন বার্তা|advertorial โฆษณา|nội dung (?:tài trợ|quảng cáo)|konten bersponsor|iklan advertorial|"
    "赞助内容|贊助內容|广告内容|推广|推廣|廣編特輯|業配|広告企画|記事広告|タイアップ(?:広告|記事)?|提供[:：].{1,30}|スポンサー(?:ド)?(?:記事|コンテンツ)|유료 ?광고(?: 포함)?|협찬(?: 기사)?"
)
# These mark advertisements as well: they count only right at the headline.
_PAID_OR_SLOT = (
    "sponsored|sponsor|paid|ad|advertisement|promoted|anzeige|werbung|annonce|publicité|publicidad|publicidade|"
    "pubblicità|advertentie|annons|annonse|mainos|reklama|reklam|реклама|إعلان|آگهی|פרסומת|विज्ञापन|โฆษณา|iklan|广告|廣告|広告|pr|［pr］|광고"
)
_PAID_LABEL = re.compile(rf"[\W_]*(?:{_PAID})[\W_]*")
_SLOT_LABEL = re.compile(rf"[\W_]*(?:{_PAID_OR_SLOT})[\W_]*")
_SLOT_NAMES = frozenset(
    "slot adslot banner dfp gpt adunit adbox adsense leaderboard billboard mpu skyscraper".split()
)
_SPONSOR_METAS = frozenset(
    "sponsored is_sponsored issponsored is-sponsored advertorial paid-content paidcontent "
    "branded-content brandedcontent native-ad".split()
)
_TRUE = frozenset(("true", "1", "yes"))
_LONGEST_PAID_LABEL = 80
_ABOVE_HEADLINE, _BELOW_HEADLINE, _LEVELS = 4, 3, 4


def sponsored_candidates(
    found: Survey, types: Container[str], headline: TextBlock | None
) -> Iterator[Candidate]:
    """Yield the label that says that the story is paid content: by the headline, or for machines."""
    if headline is not None:
        for block in _short_lines_around(found.blocks, headline):
            folded = block.text.lower()
            is_label = _PAID_LABEL.fullmatch(folded) or (
                _SLOT_LABEL.fullmatch(folded) and _touches(block, headline)
            )
            if is_label and _stands_with(block, headline):
                tag = block.container.tag
                yield Candidate(field="sponsored", value=block.text, source=f"dom:{tag}", score=0.8)
    for name, content in found.metas:
        if name in _SPONSOR_METAS and content.strip().lower() in _TRUE:
            yield Candidate(field="sponsored", value=name, source=f"meta:{name}", score=0.6)
    if "AdvertiserContentArticle" in types:
        yield Candidate(
            field="sponsored", value="AdvertiserContentArticle", source="jsonld:@type", score=0.7
        )


def _short_lines_around(blocks: list[TextBlock], headline: TextBlock) -> Iterator[TextBlock]:
    first = max(0, headline.index - _ABOVE_HEADLINE)
    for block in blocks[first : headline.index + _BELOW_HEADLINE + 1]:
        is_short = len(block.text) <= _LONGEST_PAID_LABEL and not block.container.hidden
        if is_short and block is not headline:
            yield block


def _stands_with(block: TextBlock, headline: TextBlock) -> bool:
    """Tell whether a line stands in a box with the headline, and in no other."""
    around = headline.container.ancestors(_LEVELS)
    shared = next((box for box in around if box.first <= block.index < box.last), None)
    if shared is None or shared.tag in ("body", "html"):
        return False
    own = block.container.ancestors(min(_LEVELS_UP, block.container.depth - shared.depth))
    return _SLOT_NAMES.isdisjoint(name_words(" ".join([box.name for box in own])))


def _touches(block: TextBlock, headline: TextBlock) -> bool:
    """Tell whether a label stands right above the headline, in a box of few lines with it."""
    box = headline.container.parent
    near = headline.index - 1 <= block.index <= headline.index + 1
    return near and box is not None and box.first <= block.index < box.last
