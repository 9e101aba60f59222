"""Lines that stand between paragraphs and are not the story, in the world's big languages.

A line is judged whole: "Advertisement" alone is a label, "Advertisement spending fell" is
news. What is found here is only ever a short line; a paragraph is never dropped for a word.
"""

import re

from newsextract.extraction.calls import is_call
from newsextract.extraction.origins import is_origin
from newsextract.extraction.patterns import when_needed
from newsextract.extraction.text import folded

__all__ = ["line_label"]

_LONGEST_LINE = 220

_AD_WORDS = (
    "advertisement|advertisements|advertising|advert|ad|ads|sponsored|sponsored content|promoted|"
    "anzeige|werbung|reklame|publicité|publicidad|anuncio|publicidade|anúncio|pubblicità|annuncio|"
    "advertentie|reclame|annons|annonse|annonce|mainos|reklama|reklam|reclamă|hirdetés|διαφήμιση|"
    "реклама|publicitate|إعلان|اعلان|تبلیغات|آگهی|פרסומת|विज्ञापन|বিজ্ঞাপন|โฆษณา|quảng cáo|iklan|广告|廣告|広告|"
    "スポンサーリンク|광고|ප්‍රචාරණය|விளம்பரம்|ప్రకటన|जाहिरात|اشتہار|oglas|оглас|reklāma|reklaam|reklamë|"
    "რეკლამა|գովազդ|жарнама"
)
_CONTINUES = (
    r"(?:(?:the )?(?:story|article|text|report|content|post) continues?|continue reading|scroll(?: down)? to continue|"
    r"der artikel wird|weiter ?lesen nach|nach der (?:anzeige|werbung)|continúa (?:leyendo|después)|"
    r"continua após|la suite après|l'article continue|il contenuto prosegue|lees verder onder|"
    r"haberin devamı|продолжение после|artykuł dalej|dalsza część|artikel (?:unten )?weiterlesen|"
    r"(?:la noticia|el artículo|la nota) continúa (?:después|abajo|tras)|continua (?:a leggere )?dopo|"
    r"(?:het )?artikel gaat verder|продовження після|artikeln fortsätter|artikkelen fortsetter|artiklen fortsætter|"
    r"juttu jatkuu|článek pokračuje|η (?:είδηση|συνέχεια) (?:συνεχίζεται )?μετά|a cikk (?:a hirdetés után|lejjebb) folytatódik|"
    r"articolul continuă|artikel berlanjut|bài viết tiếp tục|يستمر (?:المقال|الخبر) بعد|ادامه مطلب پس از|הכתבה ממשיכה|"
    r"विज्ञापन के बाद|বিজ্ঞাপনের পর|기사는 광고|artikel wird (?:unten|nach)|(?:de )?tekst (?:gaat|loopt) (?:verder|door)|texten fortsätter|"
    r"(?:saken|teksten) fortsetter|(?:teksten|historien) fortsætter|(?:artikkeli|teksti) jatkuu|článok pokračuje|"
    r"(?:текстът|статията) продължава|(?:članak|tekst|vijest|vest) se nastavlja|nastavak (?:članka|teksta|vijesti|vesti)|članek se nadaljuje|"
    r"straipsnio tęsinys|raksta turpinājums|artikkel jätkub|yazının devamı|l['’]article se poursuit)"
)
_ALSO_READ = (
    r"also read|also see|read also|read more|read next|read this|see also|don['’]t miss|related(?: articles?| stor(?:y|ies)| news| coverage)?|"
    r"more on this|more from|recommended(?: for you)?|watch(?: also)?|you may also like|must read|"
    r"lesen sie (?:auch|hier|dazu|mehr)|lies auch|mehr lesen|weiterlesen|auch interessant|mehr zum thema|mehr dazu|das könnte sie auch interessieren|"
    r"à lire aussi|lire aussi|a lire aussi|voir aussi|lisez aussi|à lire également|sur le même sujet|"
    r"le[ae] también|leer también|le[ae] más|también (?:puedes? (?:leer|ver)|le[ae]|mir[ae])|puedes? (?:leer|ver)|también(?=:)|te puede interesar|le puede interesar|además|ver también|mira también|"
    r"leia também|leia mais|veja também|saiba mais|leia ainda|"
    r"leggi anche|leggi di più|potrebbe interessarti|vedi anche|"
    r"lees ook|lees meer|bekijk ook|läs också|läs även|läs mer|les også|les mer|læs også|lue myös|"
    r"czytaj (?:też|także|również|więcej)|przeczytaj (?:też|także|również)|zobacz (?:też|także|również)|čtěte také|přečtěte si|"
    r"читайте также|читайте также|читать также|по теме|читайте теж|читайте також|διαβάστε (?:επίσης|ακόμη)|citește și|olvassa el(?: ezt is)?|olvasta már|kapcsolódó cikk(?:ek|eink|ünk)?|"
    r"ayrıca (?:okuyun|bakınız)|ilgili haber(?:ler)?|bunu da oku(?:yun)?|čítajte (?:aj|tiež|viac)|prečítajte si(?: aj)?|"
    r"прочетете (?:още|също)|вижте (?:още|също)|още по темата|(?:pro)?čitajte (?:još|i)|(?:про)?читајте (?:још|и)|preberite (?:tudi|še)|"
    r"taip pat skaitykite|skaitykite (?:taip pat|daugiau)|lasi(?:et)? (?:arī|vēl)|loe (?:ka|veel|lisaks)|llegeix també|lexo (?:edhe|më shumë)|"
    r"həmçinin oxuyun|baca lagi|дивіться також|δείτε (?:επίσης|ακόμη)|ez is érdekelheti|vezi și|citiți și|"
    r"یہ بھی پڑھیں|مزید پڑھیں|மேலும் படிக்க|ఇది కూడా చదవండి|हे(?:ही)? वाचा|यो पनि पढ्नुहोस्|ข่าวที่เกี่ยวข้อง|"
    r"مواضيع ذات صلة|مطالب مرتبط|כתבות נוספות|함께 (?:읽으면|보면) 좋은 기사|合わせて読みたい|推薦閱讀|更多报道|更多報導|"
    r"اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|شاهد (?:أيضا|أيضًا|أيضاً)|بیشتر بخوانید|(?:همچنین )?بخوانید|קראו (?:גם|עוד)|"
    r"यह भी पढ़ें|संबंधित (?:खबरें|ख़बरें|समाचार)|ये भी पढ़ें|इसे भी पढ़ें|আরও পড়ুন|baca(?: juga)?|xem thêm|đọc thêm|อ่านเพิ่มเติม|อ่านข่าวเพิ่มเติม|"
    r"相关阅读|延伸阅读|相关新闻|相關新聞|延伸閱讀|推荐阅读|関連記事|あわせて読みたい|関連ニュース|관련기사|관련 기사|더 읽기"
)
_NOTES = (
    r"c\) ?\d{4}|copyright\b|all rights reserved|alle rechte vorbehalten|tous droits (?:\S+ ){0,5}réservés|"
    r"alle rechten voorbehouden|alle rettigheder forbeholdes|všechna práva vyhrazena|všetky práva vyhradené|minden jog fenntartva|"
    r"toate drepturile rezervate|sva prava (?:pridržana|zadržana)|(?:усі|всі) права захищен|всички права запазени|сва права задржана|"
    r"(?:tüm|her) hak(?:ları|kı) saklıdır|με επιφύλαξη παντός δικαιώματος|تمامی? حقوق|כל הזכויות שמורות|सर्वाधिकार सुरक्षित|"
    r"(?:انتهای|پایان) (?:پیام|خبر)[\W\d_]*$|転載(?:を)?禁|"
    r"todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|все права защищены|"
    r"(?:correction|clarification|editor['’]s note|corrections? and clarifications?|this (?:article|story) (?:was|has been) (?:amended|corrected|updated))\b|"
    r"korrektur(?:hinweis)?:|anmerkung der redaktion|in einer früheren (?:version|fassung)|"
    r"wszelkie prawa zastrzeżone|hak cipta\b|bản quyền (?:©|thuộc)|สงวนลิขสิทธิ์|版权所有|版權所有|جميع الحقوق محفوظة|کلیه حقوق|সর্বস্বত্ব|"
    r"责任编辑|責任編輯|（?编辑[:：]|無断転載|저작권자|무단 ?전재"
)
_CREDITS = (
    r"(?:(?:foto|image |picture )?credits?|crédit(?:s|os?)?|bild(?:rechte|quelle|nachweis)|photos?|photograph(?:s|y|er)?|pictures?|images?|foto(?:s|grafie|graf|grafía)?|bild(?:er)?|"
    r"(?:symbol|beitrags|titel|aufmacher|artikel|teaser|header|vorschau)bild(?:er)?|"
    r"imagen|imagem|photographie|crédit photo|фото|fotoğraf|صورة|تصوير|عکس|צילום|फोटो|तस्वीर|ภาพ|ảnh|写真|撮影|사진|"
    r"kuvat?|снимк[аи]|zdjęci[ae]|slika|nuotrauk\w+|ფოტო|լուսանկար\w*|تصویر|图|圖|图片(?:来源)?|圖片(?:來源)?|[题題首封头頭][图圖]|摄影|攝影|φωτο(?:γραφία)?|fotó|ছবি)\s*(?:[:：=/／・|©]|via\b|来自|來自)|fot\. |"
    r"(?:photo|video|image|picture)s? courtesy\b"
)
# A line that ends in its credit, without a full stop, stands under a picture.
_ends_in_credit = when_needed(
    r"(?:\b(?:photos?|fotos?|getty images)[)\]]?|"
    r"[(（\[](?:photos?|photograph|foto|bild|picture|image|imagen|фото|写真|撮影|사진)\b[^()（）\[\]]{2,60}[)）\]]|"
    r"[(（](?:[圖图]片?|[攝摄]影)\s?[/／:：][^()（）]{2,60}[)）]|[(（][^()（）]{2,16}[攝摄][)）])$"
)
_CREDIT_ENDS = ("photo", "photos", "foto", "fotos", "getty images", ")", "]", "）")
_LAST_OF_CREDITS = frozenset(ending[-1] for ending in _CREDIT_ENDS)
_ASKS = (
    r"(?:sign up|subscribe|follow us|join us|join our|click here|download (?:the|our) app|share this|tap here|comment below|leave a (?:comment|reply))\b|"
    r"(?:folgen sie uns|jetzt (?:abonnieren|anmelden)|newsletter (?:bestellen|abonnieren)|suivez[- ]nous|abonnez[- ]vous|inscrivez[- ]vous|"
    r"síguenos|suscríbe(?:te|se)|siga[- ]nos|assine|inscreva-se|seguici|iscriviti|abonneer|volg ons|följ oss|prenumerera|"
    r"подпис(?:ывайтесь|аться)|abone ol|takip edin|تابعونا|اشترك|หากคุณชอบ|ติดตามเรา)"
)

_COMMENTS = (
    r"(?:\d+ )?(?:(?:show|view|read|all|add a|post a|leave a|write a|reader|readers['’]) ?)?(?:"
    r"comments?|discussion|join the (?:conversation|discussion)|have your say|leave a reply|what do you think|"
    r"kommentare?|kommentar schreiben|leserkommentare|leserbriefe|diskussion|commentaires?|réagir|laisser un commentaire|"
    r"comentarios?|deja un comentario|deja una respuesta|comentários?|deixe um comentário|deixe uma resposta|commenti|"
    r"lascia un commento|reacties|plaats een reactie|kommentarer|komentarze|dodaj komentarz|komentáře|hozzászólások|"
    r"комментарии|комментарий|оставить комментарий|коментарі|yorumlar|yorum yap|تعليقات|التعليقات|دیدگاه(?:‌ها)?|نظرات|תגובות|"
    r"टिप्पणियाँ|टिप्पणी(?: करें)?|মন্তব্য(?: করুন)?|(?:แสดง)?ความคิดเห็น|(?:gửi |viết )?bình luận|(?:tulis )?komentar|"
    r"(?:залишити|додати) коментар|(?:أضف|اترك) تعليق(?:ا|ًا|اً)?|(?:ارسال|ثبت) نظر|(?:הוסף|הוספת|כתוב) תגובה|skriv (?:en )?kommentar|kommentera|"
    r"kommentit|kommentoi|(?:αφήστε|προσθέστε) (?:ένα )?σχόλιο|σχόλια|přidat komentář|(?:lasă|adaugă) un comentariu|comentarii|szóljon hozzá|kommentek|"
    r"(?:发表|發表|我要|网友|網友|写)?(?:评论|評論)|留言|コメント(?:を(?:書く|投稿|する)|する)?|댓글(?: ?(?:쓰기|달기|남기기|작성))?)[\W\d_]*"
)
_LEAD_IN = re.compile(r"[\W_]*")
# These read a line from its first letter on; what stands before it (bullets, dashes) is cut off
# first, so that no two parts of a pattern can share it. They are given lower-case text: a pattern
# that ignores case has to try each of its words in full.
_WHOLE_LINE = re.compile(
    rf"(?P<advertisement>(?:{_AD_WORDS})(?:[\W_]*|[\W_]+(?:{_CONTINUES}|scroll|continue|below|after)\b.{{0,60}})|"
    rf"(?:{_CONTINUES}\b|เนื้อหาต่อจากโฆษณา|广告后继续|廣告後繼續|記事は広告の後).{{0,60}})|"
    rf"(?P<related>(?:{_ALSO_READ})\s*(?:[:：|»>›–—-].*|[.…]*))|"
    rf"(?P<comments>{_COMMENTS})|"
    rf"(?P<caption>(?:{_CREDITS}).*)|"
    r"(?P<byline>[가-힣]{2,4}\s*(?:선임|수습)?\s*(?:기자|특파원)(?:\s+\S+@\S+)?)|"
    rf"(?P<note>(?:{_NOTES}).*)"
)
# The first three characters of every line in Latin letters that the patterns can match ("_" is
# a space; digits and other scripts are always looked at). Four lines in five stop here, at a
# tenth of the time; tests compute the list from the patterns.
_OPENINGS = frozenset(
    opening.replace("_", " ")
    for opening in (
        "a_c a_l abo ad ada add ade ads adv all als anm ann anu anz anú art ass auc auf ayr "
        "bac bei bek bil bun bài bìn bản c)_ cit cla cli com con cop cor cre cré czy dal das "
        "de_ dei dej der dis dod don dow edi el_ ez_ fol fot föl gửi hab hak hav hea her het "
        "hir his hoz həm ikl il_ ilg ima in_ ins isc jet joi jut kap kom kor kuv l'a la_ lai "
        "las le_ lea lee leg lei les lex lie lir lis lle loe lue läs læs l’a mai meh min mir "
        "mor mus nac nas new nuo ogl olv pho pic pla pos pot pre pro prz pub pue pře při quả "
        "rak rea rec rek rel rep réa sai sak scr see seg sha sho sig ska skr sli spo sto str "
        "sub sui sur sus sva sym szó síg tai tak tam tap te_ tea tek tex the thi tit toa tod "
        "tou tul tut tüm ved vej ver ves vez vid vie vij viế voi vol vor vše wat wei wer wha "
        "wri wsz xem yaz yor you zdj zob à_l čit čla člá čtě čít đọc"
    ).split()
)
# After these two anything may come.
_SHORT_OPENINGS = ("ad", "c)")
_AFTER_DIGITS, _LATIN = ":", "\u0300"
_LONGEST_COMMENTS_LINE = 40
_LONGEST_CREDIT = 80
_if_linked = when_needed(rf"(?P<related>(?:{_ALSO_READ})\b.*)|(?P<subscribe>(?:{_ASKS}).*)")


def line_label(text: str, *, linked: bool) -> str | None:
    """Return what a line is that is not part of the story, or None.

    That is `advertisement`, `related`, `note`, `call` (to follow the site, to share the page …),
    `subscribe`, `caption` (or a picture's credit), `byline` or `comments` (the heading of the
    readers' comments); `linked` tells that the line is a link for the most part.
    """
    if len(text) > _LONGEST_LINE:
        return None
    skipped = 0
    if not text[:1].isalnum():
        start = _LEAD_IN.match(text)
        skipped = start.end() if start else 0
        if "©" in text[:skipped] or "ⓒ" in text[:skipped]:
            return "note"
    lower = folded(text)
    label = None
    opening = lower[skipped : skipped + 3]
    if (
        opening in _OPENINGS
        or opening >= _LATIN
        or opening < _AFTER_DIGITS
        or opening[:2] in _SHORT_OPENINGS
    ):
        found = _WHOLE_LINE.fullmatch(lower, skipped)
        label = found.lastgroup if found else None
        if label == "comments" and len(text) > _LONGEST_COMMENTS_LINE:
            label = None
        if label is None and linked:
            found = _if_linked().fullmatch(lower, skipped)
            label = found.lastgroup if found else None
    return label or _other_label(lower, skipped)


def _other_label(lower: str, at: int) -> str | None:
    if is_call(lower, at):
        return "call"
    if is_origin(lower, at):
        return "note"
    if lower[-1:] in _LAST_OF_CREDITS and lower.endswith(_CREDIT_ENDS):
        return "caption" if _ends_in_credit().search(lower[-_LONGEST_CREDIT:]) else None
    return None
