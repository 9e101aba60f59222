"""Lines beside a story that say where it is from and who helped, in the world's big languages.

"Source: …", "Additional reporting by …", "This article first appeared in …", and that more is to
come. Each is a line of its own: one that goes on to tell news is none.
"""

from newsextract.extraction.patterns import when_needed

__all__ = ["is_origin"]

_SOURCES = (
    r"(?:(?:quellen?|sources?|fuentes?|fontes?|fonti|źródł[oa]|zdroje?|bron(?:nen)?|käll(?:a|or)|kilder?|lähde|lähteet|kaynak(?:lar)?|"
    r"forrás(?:ok)?|surs[ae]|πηγ(?:ή|ές)|sumber|nguồn(?: tin)?|источники?|джерел[оа]|izvor|извор|източник|vir|šaltinis|allikas|avots|المصدر|المصادر|منبع|منابع|מקור|स्रोत|সূত্র|ที่มา|"
    r"出典|引用元|情報源|(?:消息|资料|資料|新闻|新聞|稿件|文章|信息)?(?:来源|來源)|原文(?:出[处處]|来源|來源|链接)|[转轉](?:载|載)自|출처|자료)\s*[:：].*\w.*|출처\s*=.*\w.*)"
)
_AGENCIES = "dpa|afp|ap|reuters|epd|kna|apa|sid|ots|ats|sda|belga|agences?|agenturen|nachrichtenagenturen|agencias"
_WITH = (
    rf"mit (?:material|informationen|agenturmaterial) (?:von|der|des|aus)\b[^.]{{0,80}}\b(?:{_AGENCIES})\b.{{0,40}}|"
    rf"avec (?:l['’])?(?:{_AGENCIES})\b[^.]{{0,40}}\.?|con información de [^,.]{{2,50}}\.?|com informações d[aeo]s? [^,.]{{2,60}}\.?|"
    r"(?:with|from) (?:agency |wire |additional |pti |ani |reuters )?(?:inputs?|files|reports|agencies)(?: (?:from|by) (?:[^\s.,;]+ ){0,4}[^\s.,;]+(?:,? (?:and|&)(?: [^\s.,;]+){1,4})?)?[.)]*|"
    r"με πληροφορίες (?:από|του|της) [^.,;]{2,60}\.?|com lusa|"
    rf"met (?:dank aan|medewerking van) [^,.]{{2,60}}\.?|(?:по материалам|с использованием материалов|за матеріалами) [^,.]{{2,60}}\.?"
)
_HELPED = (
    r"(?:with )?(?:additional|further) (?:reporting|research|writing) (?:by|from)\b.*|"
    r"(?:reporting|writing)(?: and (?:writing|editing|reporting))? by (?!(?:the|our|its)\b)(?:.{3,100}\b(?:editing|writing|reporting|edited) by\b.*|[^\s.,;]+ [^\s.,;]+)|"
    r"(?:written|compiled|edited|translated)(?: and (?:edited|written|translated))? by\s*:.{2,80}|"
    r"(?:editors?|redaktion|redaktör|redaktor|redakteur|edição|edición|редактор|penyunting|editör|biên tập(?: viên)?|szerkesztő|toimitus)\s*:\s*[^.:]{3,50}|"
    r"(?:édité par|editado por) [^.,]{3,40}|편집\s*[:=]?\s*[가-힣]{2,4}|"
    r"(?:redaktionelle )?mitarbeit\s*:.*|(?:bericht|geschrieben) von .{3,80}\b(?:redigiert|geschrieben) von\b.*|"
    r"(?:reportage|récit|version française|rédigé par)\b.{2,80}\b(?:édité|rédigé|version française)\b.*|"
    r"(?:reportes?|reportaje|información|escrito) (?:de|por)\b.{2,80}\b(?:editado|edición|traducido) (?:por|de|en)\b.*|"
    r"(?:reportagem|redação) (?:de|por)\b.{2,80}\b(?:edição|texto|reportagem adicional) (?:de|por)\b.*|con (?:la )?colaboración de [^,.]{2,60}\.?"
)
_PIECES = "article|story|post|piece|column|essay|interview|op-ed|report|text|commentary|excerpt"
_APPEARED = (
    rf"(?:an? (?:(?:earlier|longer|shorter|shortened|similar|different|slightly different) )?version of )?(?:this|the) (?:{_PIECES})\b(?! of\b).{{0,30}}?\b(?:"
    r"(?:originally|first|previously) (?:appeared|ran)\b.*|appear(?:s|ed) (?:in|on) .{2,120}|"
    r"(?:was|were|is) (?:originally|first|previously) (?:published|posted) (?:in|on|by|at)\b\D*)|"
    r"(?:first|originally|previously) (?:published|appeared) (?:in|on|by|at)\b\D{2,80}|"
    r"(?:dieser|der) (?:artikel|text|beitrag|essay|kommentar)\b.{0,30}\b(?:erschien|ist|wurde)\b.{0,30}\b(?:zuerst|zunächst|ursprünglich|erstmals)\b.*|"
    r"(?:zuerst|ursprünglich|erstmals) (?:erschienen|veröffentlicht) (?:in|im|auf|bei)\b.*|"
    r"(?:cet article|ce texte|cette tribune)\b.{0,30}\b(?:(?:d['’]abord|initialement|à l['’]origine) (?:été )?(?:paru|publié)e?|(?:paru|publié)e? (?:d['’]abord|initialement|à l['’]origine|pour la première fois))\b.*|"
    r"est[ea] (?:artículo|texto|nota|columna|reportaje)\b.{0,30}\b(?:publicó|publicad[oa]|apareció) (?:originalmente|por primera vez|primero)\b.*|"
    r"(?:publicado|aparecido) originalmente (?:en|por|em|no|na)\b.*|"
    r"est[ea] (?:artigo|texto|matéria|reportagem) foi (?:originalmente )?publicad[oa] (?:originalmente|primeiro|inicialmente|em|no|na)\b\D*|"
    r"quest['’]?o? ?(?:articolo|testo)\b.{0,40}\b(?:pubblicato|apparso|uscito) (?:originariamente|originalmente|per la prima volta|in origine)\b.*|"
    r"dit (?:artikel|stuk|verhaal)\b.{0,20}\bverscheen (?:eerder|eerst|oorspronkelijk)\b.*|"
    r"(?:ten |powyższy )?(?:artykuł|tekst) (?:ukazał się|pochodzi z|został pierwotnie opublikowany)\b.*|"
    r"(?:artikeln|texten) publicerades (?:först|ursprungligen)\b.*|(?:artikkelen|saken) ble først publisert\b.*|artiklen (?:blev|er) først (?:bragt|publiceret|udgivet)\b.*|"
    r"bu (?:yazı|makale|haber)\b.{0,30}\bilk (?:olarak|kez)\b.{0,40}\byayı[mn]lan.*|"
    r"(?:впервые опубликовано|(?:эта )?(?:статья|текст|материал) (?:впервые )?(?:была? )?(?:впервые )?опубликован\w* (?:в|на)\b).*|"
    r"(?:この|本)記事は.{2,60}(?:掲載|転載|公開)(?:された|した)(?:もの|記事)(?:です|を).*|初出[:：].*|"
    r"(?:本文|原文)(?:首[发發]|原[载載]|最初[发發]表|刊[载載]|[转轉][载載])(?:于|於|自|在|：|:).*|이 (?:기사|글)[은는].{2,60}(?:실린|게재된|실렸던).*"
)
# As agencies ask of those who print them.
_UNTOUCHED = (
    r"(?:this|the) (?:story|report|article|copy) has not been (?:edited|modified)\b.{0,160}\b(?:staff|team|syndicated|agency|feed)\b.*|"
    r"(?:only|except for|barring|other than) the headline\b.{0,160}\b(?:staff|syndicated|agency|feed|edited)\b.*"
)
_TO_COME = (
    r"this is a (?:developing|breaking)(?: news)? story\b.*|(?:developing|breaking)(?: news)? story\W*|(?:this|our) (?:story|article|report|page) (?:is (?:developing|being updated)|will be updated)\b.*|"
    r"(?:please )?check back (?:here )?(?:later )?for (?:updates|more|the latest)\b.*|"
    r"(?:dieser|der) (?:artikel|text|beitrag) wird (?:laufend|fortlaufend|ständig|regelmäßig) (?:aktualisiert|ergänzt)\b.*|(?:mehr in kürze|(?:es folgen )?weitere informationen(?: folgen)?(?: in kürze)?)\W*|"
    r"plus d['’]informations à (?:suivre|venir)\b.*|(?:cet )?article en cours de (?:rédaction|mise à jour|actualisation)\b.*|cet article (?:est|sera) (?:régulièrement )?(?:mis à jour|actualisé)\b.*|"
    r"noticia en desarrollo\b.*|(?:habrá|en) ampliación\W*|esta (?:noticia|información|nota) (?:está en desarrollo|se (?:está (?:ampliando|actualizando)|actualizará))\b.*|"
    r"(?:(?:esta )?(?:matéria|reportagem|notícia) (?:está )?)?em atualização\W*|(?:(?:notizia|articolo) )?in aggiornamento\W*|seguono aggiornamenti\W*|"
    r"dit (?:artikel|bericht) wordt (?:aangevuld|bijgewerkt)\b.*|meer (?:informatie )?volgt\W*|(?:artikeln|texten) uppdateras\W*|(?:artiklen|historien|nyheden) opdateres\W*|saken oppdateres\W*|"
    r"(?:juttua|uutista) (?:päivitetään|täydennetään)\W*|(?:artykuł|tekst|materiał) (?:jest|będzie) (?:na bieżąco )?aktualizowany\W*|wkrótce więcej informacji\W*|"
    r"(?:článek|zprávu) (?:průběžně )?aktualizujeme\W*|podrobnosti připravujeme\W*|(?:cikkünk|hírünk) (?:folyamatosan )?frissül\W*|(?:știre|articol) în curs de actualizare\W*|"
    r"(?:новость|материал|текст) (?:дополняется|обновляется)\W*|(?:новина|матеріал) (?:доповнюється|оновлюється)\W*|(?:bu )?haber(?:imiz)? güncelleniyor\W*|ayrıntılar (?:geliyor|birazdan)\W*|"
    r"η είδηση (?:ενημερώνεται|ανανεώνεται)\W*|berita ini (?:sedang|akan) diperbarui\W*|(?:tin )?(?:đang|tiếp tục) (?:được )?cập nhật\W*|הידיעה מתעדכנת\W*|פרטים נוספים בהמשך\W*|"
    r"(?:इस |यह )?(?:खबर|ख़बर) (?:को )?(?:लगातार )?अपडेट (?:हो रही|की जा रही|किया जा रहा) है\W*|التفاصيل (?:بعد قليل|لاحقا|لاحقًا|لاحقاً)\W*|"
    r"(?:この記事は)?(?:随時更新|更新中|続報が入り次第).{0,16}|(?:持续|持續|不断|不斷)更新中\W*|(?:기사 )?(?:계속|추후) 업데이트.{0,10}"
)
# What stands below the last paragraph of agencies' stories.
_END = r"(?:end|ende|fin|son|完|终|終|了|끝)\W*"
_origin = when_needed(
    rf"(?:{_SOURCES}|{_WITH}|{_HELPED}|{_APPEARED}|{_UNTOUCHED}|{_TO_COME}|{_END})"
)
# What a line ends with that names its helpers first.
_CONTRIBUTED = (
    "contributed to this report", "contributed to this story", "contributed to this article",
    "contributed to this post", "contributed to this piece", "contributed reporting",
    "a contribué à cet article", "ont contribué à cet article", "contribuyó a este artículo",
    "contribuyeron a este artículo", "contribuyó con este reportaje", "ha contribuito a questo articolo",
    "contribuiu para esta reportagem", "droeg bij aan dit artikel", "droegen bij aan dit artikel",
)  # fmt: skip
_STOPS = " .)]"
# The first three characters of all in Latin letters that the pattern can match ("_" is a space); a
# test computes the list from it.
_OPENINGS = frozenset(
    opening.replace("_", " ")
    for opening in (
        "a_d a_e a_l a_s a_v add all an_ apa art ave avo ayr bar ber biê bre bro bu_ ce_ cet "
        "che cik com con der dev die dit edi em_ en_ end ers es_ esc est exc fin fir fon for "
        "fro fue fur ges hab his hír in_ inf izv jut kay kil käl läh mat mee meh met mit ngu "
        "not nyh onl ori oth our pen ple plu pod pow pre pub que red rep réc réd sak seg son "
        "sou sum sur sze tek ten tex the thi tin tiế toi tra urs uut ver vir wei wit wkr wri "
        "zdr zpr zue édi člá đan šal źró ști"
    ).split()
)
_LATIN = "\u0300"


def is_origin(lower: str, at: int) -> bool:
    """Tell whether a line, in lower case and from a place on, says where a story is from."""
    opening = lower[at : at + 3]
    if (opening in _OPENINGS or opening >= _LATIN) and _origin().fullmatch(lower, at):
        return True
    # One of these is in all that follows, and in few lines else.
    is_likely = "contribu" in lower or "droeg" in lower
    return is_likely and lower.rstrip(_STOPS).endswith(_CONTRIBUTED)
