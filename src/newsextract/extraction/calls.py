"""Lines that ask readers to do something for the site, in the world's big languages.

To follow it elsewhere, to take its newsletter or its app, to subscribe to read on, to share the page,
to report a mistake or to send what they know.
Each has to open with what is asked and to name what it is for, or be nothing else: "Follow us on
Telegram" is a call, "Follow the river to the mill" is a step of a walk. Languages whose verb comes
last have patterns of their own, which end with it.
"""

from newsextract.extraction.patterns import when_needed
from newsextract.extraction.text import has_other_script

__all__ = ["is_call"]

_PLACES = (
    "facebook|twitter|x|instagram|insta|telegram|whatsapp|youtube|linkedin|tiktok|threads|bluesky|mastodon|"
    "google|viber|line|discover"
)
_FOLLOW = (
    rf"(?:like|find|join) us on\b|follow us\b|join (?:our|the) (?:{_PLACES}|channel|group)\b|"
    r"(?:folgen sie|folgt|folge) uns\b|suivez[- ]nous|rejoignez[- ]nous sur|retrouvez[- ]nous sur|"
    r"sígue?nos\b|síganos|seguinos|siga[- ]nos|siga (?:a gente|nosso (?:canal|perfil))|seguici|volg ons|"
    r"śledź nas|obserwuj nas|polub nas|sledujte nás|följ oss|følg oss|følg os|seuraa meitä|"
    r"kövess(?:en|e|etek)? (?:minket|bennünket)|urmări[țţ]i[- ]ne|urmăre[șş]te-ne|"
    r"bizi\b.{0,80}\btakip ed(?:in|ebilirsiniz)|(?:e-)?bülten\S* (?:\S+ ){0,4}abone ol|ikuti kami|follow (?:akun|kami)|theo dõi chúng tôi|"
    rf"theo dõi .{{2,40}} trên (?:{_PLACES}|zalo)|ακολουθήστε (?:μας|το \S+ στο)|ακολούθησε μας|"
    r"(?:подписывайтесь|подпишитесь|подписаться) на (?:наш|нас|канал|телеграм)|читайте нас в\b|следите за нами|присоединяйтесь к нам|"
    r"(?:підписуйтеся|підписуйтесь|підпишіться) на (?:наш|нас|канал|телеграм)|читайте нас [ву]\b|стежте за нами|долучайтеся до нас|"
    r"تابع(?:ونا|نا|وا صفحتنا| صفحتنا)|انضم(?:وا)? إلى (?:قناتنا|مجموعتنا|صفحتنا)|اشترك(?:وا)? في قناتنا|"
    r"ما را (?:در|از) .{2,40} دنبال کنید|עקבו אחרי(?:נו)?|הצטרפו (?:אלינו|לערוץ|לקבוצ|לעמוד)|ติดตามเรา|กดติดตาม|"
    r"последвайте ни|присъединете се към (?:нас|канала)|pratite nas|пратите нас|spremljajte nas|sledite nam|sekite mus|sekojiet mums|jälgi meid|"
    r"mantente informad[oa] (?:en|con|por|a través de) nuestr|sig[au]e? (?:las |nuestras |más )?noticias .{0,40}\b(?:google|whatsapp|telegram|facebook)\b|"
    r"(?:choose|add|set|make|select) .{2,40} (?:as )?(?:an? |your )?preferred (?:news )?source\b|"
    r"(?:欢迎|歡迎|敬请|敬請|请|請)?(?:扫码|掃碼|长按|長按)?(?:关注|關注|追[蹤踪]|加入)(?:我们|我們|本[站报報刊]|.{0,16}(?:公众号|公眾號|微信号|频道|頻道|粉[丝絲][团團專])).{0,40}"
)
_VERBS = (
    "stay (?:informed|up to date|in the loop|connected)|bleiben sie (?:informiert|auf dem laufenden)|restez (?:informée?s?|au courant)|"
    "mantén(?:te|gase) (?:informad[oa]|al día)|fique (?:por dentro|informad[oa])|resta (?:aggiornat[oa]|informat[oa])|blijf op de hoogte|"
    "bądź na bieżąco|będziesz na bieżąco|будьте в курсе|håll dig uppdaterad|hold deg oppdatert|pysy ajan tasalla|buďte v obraze|"
    "sign ?up|subscribe|register|get|receive|join|melden? (?:sie sich|dich)|abonnieren?|erhalten sie|bestellen sie|"
    "inscrivez-vous|abonnez-vous|recevez|suscríbe(?:te|se)|suscríba(?:se|te)|reci[bv]e|reciba|apúntate|regístrate|"
    "assine|inscreva-se|receba|cadastre-se|subscreva|iscriviti|ricevi|abbonati|meld (?:je|u)|schrijf (?:je|u)|abonneer|ontvang|"
    "prenumerera|anmäl dig|meld deg|abonner|tilmeld|tilaa|zapisz się|subskrybuj|otrzymuj|"
    "подпишитесь|подписывайтесь|получайте|підпишіться|підписуйтесь|підписуйтеся|отримуйте|přihlaste se|odebírejte|"
    "abonează-te|abonați-vă|înscrie-te|iratkozz(?:on)? fel|iratkozz|εγγραφείτε|εγγραφή|γραφτείτε|"
    "prihláste sa|odoberajte|абонирайте се|запишете се|pretplatite se|prijavite se|naročite se|prenumeruokite|liitu|piesakies|"
    "berlangganan|daftar(?:kan)?|dapatkan|đăng ký|اشترك(?:وا)?|سجل(?:وا)?|הירשמו|הרשמו"
)
_LETTERS = (
    "newsletter|mailing list|in(?:to)? your inbox|email (?:alerts|updates)|boletín|boletines|boletim|nyhetsbrev|nyhedsbrev|uutiskir|"
    "nieuwsbrief|newslettera|рассылк|розсилк|zpravodaj|buletin|hírlev|ενημερωτικό δελτίο|نشرت|النشرة|ניוזלטר|bản tin|"
    "бюлетин|билтен|bilten|e-novic|naujienlaišk|uudiskir|jaunumu vēstul"
)
_APPS = (
    r"download (?:our|the) (?:free )?(?:\S+ ){0,3}app\b|get (?:our|the) (?:free )?(?:news |mobile )?app\b|"
    r"laden sie (?:sich )?(?:unsere|die) (?:\S+ )?app|télécharge[zr] (?:notre|l['’]) ?app|descarga(?:te)? (?:nuestra|la) (?:\S+ )?(?:app|aplicación)|"
    r"descargue nuestra|baixe (?:o )?(?:nosso|nossa)|baixe o app|scarica (?:la nostra|l['’]) ?app|download onze app|pobierz naszą aplikację|"
    r"скача(?:й|йте|ть) (?:наше )?(?:мобильное )?приложение|завантажуйте (?:наш )?(?:мобільний )?застосунок|uygulamamızı\b.{0,60}\bindirin|"
    r"حمّ?ل(?:وا)? (?:الآن )?تطبيق|הורידו את (?:ה)?(?:אפליקציה|יישומון)|unduh aplikasi kami|tải (?:ngay )?ứng dụng (?:của )?(?:chúng tôi|báo)|"
    r"ดาวน์โหลดแอป.{0,12}(?:ของเรา|ข่าว)|下[载載](?:我们|我們|本[站报報]).{0,16}(?:客户端|app|应用)"
)
_MORE = (
    r"subscribe (?:now|today)\b|for (?:all |more |the )?(?:the )?(?:latest|breaking|full|daily|more)\b.{0,80}\b(?:download|subscribe|follow us|sign up)\b|"
    r"(?:to reach|contact) (?:the|this|our) (?:reporters?|authors?|writers?|editors?|newsroom)\b.{0,60}@|"
    r"(?:kontakt zur redaktion|contactez (?:la rédaction|l['’]auteure?)|escriba a la redacción|связаться с редакцией|написать в редакцию)\b.{0,40}@|제보[는:]? .{0,40}$"
)
# Each with its question mark: "Have a story ready" may be advice.
_TIPS = (
    r"(?:(?:do you )?(?:have|got) (?:a|any|some) (?:news |confidential |story )?(?:tips?|story|stories|information)\b|"
    r"haben sie (?:einen hinweis|hinweise|informationen)\b|(?:vous )?avez(?:-vous)? (?:une information|des informations|des renseignements)\b|"
    r"(?:tiene[sn]?|tenés) (?:una historia|una pista|información|alguna información)\b|tem (?:uma (?:história|denúncia|sugestão)|informações)\b|"
    r"hai (?:una (?:notizia|storia|segnalazione)|informazioni)\b|heb(?:t u|\s?je) (?:een tip|nieuws)\b|har du (?:ett? )?(?:tips?|nyhetstips)\b|"
    r"masz (?:ciekawy |jakiś )?(?:temat|informacj\w+)\b|(?:у вас )?есть (?:новость|история|информация)\b|(?:маєте|є) (?:новину|новина|історія)\b"
    r").{0,60}\?.*"
)
_SUPPORT = (
    r"(?:please )?support (?:our|independent|quality|free|local) (?:\S+ ){0,2}journalism\b|unterstützen sie (?:unseren|unabhängigen|freien) \S*journalismus|"
    r"soutenez (?:un journalisme|une presse|notre journal\S*|la presse) (?:indépendante?\b)?|apoy[ae] (?:el|nuestro) periodismo|"
    r"apoie (?:o|nosso) jornalismo|(?:sostieni|sostenete) (?:il|la nostra) (?:giornalismo|informazione)|steun (?:onze|de)?\s?(?:onafhankelijke )?journalistiek|"
    r"wspieraj (?:niezależne|nasze) dziennikarstwo|podpořte nezávislou žurnalistiku|susține(?:ți)? (?:jurnalismul|presa)|"
    r"támogass\w* (?:a|az|bennünket|minket)\b.{0,30}újságírás|stöd (?:vår|oberoende|fri) journalistik|στηρίξτε την (?:ανεξάρτητη )?(?:δημοσιογραφία|ενημέρωση)|"
    r"поддержите (?:независимую журналистику|нас\b|наш\w* (?:работ|издани))|підтримайте (?:незалежну журналістику|нас\b)|bağımsız gazeteciliği destekle|"
    r"ادعموا? الصحافة|स्वतंत्र पत्रकारिता का समर्थन|支持(?:独立|獨立)(?:新闻|新聞|媒[体體])"
)
_SHARE = (
    rf"share(?: this)?(?: (?:article|story|post|page|news))?(?: (?:on|via|by) (?:{_PLACES}|e-?mail)\b.{{0,40}}| with (?:your |a )?friends?)?|(?:diesen )?(?:artikel|beitrag|seite) (?:teilen|weiterempfehlen)|"
    r"partager(?: (?:cet article|l['’]article|sur .{1,40}))?|compart(?:ir|e|a)(?: (?:esta|est[ea]|la|el) (?:noticia|nota|artículo|historia|entrada))?|"
    r"compartilhe(?: (?:esta|essa|est[ea]) (?:notícia|matéria|artigo|reportagem))?|compartilhar|partilh(?:ar|e)(?: (?:este )?artigo)?|"
    r"condividi(?: (?:questo|l['’]) ?articolo| su .{1,40})?|deel dit (?:artikel|bericht)|dela (?:artikeln|sidan)|del (?:artikkelen|artiklen|saken)|jaa (?:artikkeli|juttu)|"
    r"udostępnij(?: artykuł)?|sdílet(?: článek)?|sdílejte(?: článek)?|distribuie(?: (?:articolul|pe .{1,40}))?|(?:a )?cikk megosztása|oszd meg|"
    r"(?:bu )?haberi paylaş(?:ın)?|paylaş|bagikan(?: (?:artikel|berita)(?: ini)?)?|chia sẻ(?: bài viết)?|μοιραστείτε(?: το άρθρο| το)?|κοινοποίηση|"
    r"поделиться(?: (?:статьёй|статьей|новостью|материалом|с друзьями|в соцсетях))?|поділитися(?: (?:статтею|новиною))?|"
    r"شارك(?:وا)?(?: (?:هذا )?(?:المقال|الخبر|الموضوع))?|مشاركة(?: (?:الخبر|المقال))?|(?:به )?اشتراک[‌ -]?گذاری(?: (?:خبر|مطلب))?|"
    r"שתפו(?: את הכתבה)?|שיתוף(?: הכתבה)?|แชร์(?:ข่าว|บทความ)?(?:นี้)?|শেয়ার করুন|(?:(?:इस |यह )?(?:खबर|ख़बर|लेख) (?:को )?)?शेयर करें|"
    r"(?:分享|转发|轉發)(?:本文|此文|文章|(?:到|至).{1,12})?|(?:この)?記事を(?:シェア|共有)(?:する)?|기사 ?공유(?:하기)?"
)
# A question, or one that names keys or this text: "if you find a mistake" may be advice.
_MISTAKES = (
    r"(?:(?:have you )?(?:found|spotted|noticed|seen|see|spot) (?:a|an|any) (?:typo|mistake|error|spelling mistake)|"
    r"(?:haben sie (?:einen )?)?fehler (?:gefunden|entdeckt)|(?:(?:vous )?avez(?:-vous)? )?(?:repéré|vu|trouvé|remarqué) une (?:erreur|coquille|faute)|"
    r"(?:has|ha|han) (?:encontrado|visto|detectado) (?:un|algún) error|encontrou (?:um|algum) erro|hai (?:trovato|notato) un errore|"
    r"(?:taal)?fout(?:je)? (?:gezien|gevonden|gespot)|(?:har du )?(?:hittat|sett|upptäckt) (?:ett )?fel|(?:zauważył\w*|widzisz|znalazł\w*) (?:błąd|literówkę)|"
    r"našli jste (?:v (?:článku|textu) )?chybu|hibát (?:talált|vett észre)|(?:ați|ai) găsit o (?:eroare|greșeală)|hata (?:mı )?(?:buldunuz|gördünüz)|"
    r"βρήκατε (?:κάποιο )?λάθος|(?:нашли|заметили|обнаружили|увидели) (?:ошибку|опечатку)|(?:знайшли|помітили|побачили) (?:помилку|одрук)|"
    r"מצאתם טעות|(?:发现|發現)(?:错误|錯誤|错别字)).{0,40}[?;？].*|"
    r"(?:if you(?: have|['’]ve)? (?:found|spotted|noticed?|see|spot) (?:a|an|any) (?:typo|mistake|error|spelling mistake)|"
    r"(?:если (?:вы )?)?(?:нашли|заметили|обнаружили) (?:ошибку|опечатку)|(?:якщо (?:ви )?)?(?:знайшли|помітили) (?:помилку|одрук))\b"
    r".{0,60}\b(?:ctrl|this (?:article|story|page|post|text)|выделите|виділіть)\b.*|"
    r"report (?:a|an) (?:typo|mistake|error)\b.{0,40}|fehler melden|(?:我要)?(?:纠错|糾錯)"
)
# Not "for members": of a parliament, say. What follows asks to become one of them.
_RESERVED = (
    r"(?:this|the (?:full|rest of (?:this|the)))(?: (?:full|premium))? (?:article|story|content|post|report|column) is (?:only |exclusively |available |reserved |exclusive |accessible ){0,3}(?:for|to) "
    r"(?:our |paying |premium |registered |digital |paid |all ){0,3}(?:subscribers|members only|users only|registered users)\b|subscribers?[- ]only (?:content|article|story)\b|"
    r"dieser? (?:\S+ )?(?:artikel|beitrag|inhalt|text) (?:ist|steht) (?:nur |exklusiv |ausschließlich |leider ){1,2}(?:für |unseren |zahlende |registrierte |digital-|den ){0,3}(?:abonnent|mitglieder|registriert|angemeldet)|"
    r"(?:cet article|ce contenu|cette vidéo) est (?:un contenu )?(?:exclusivement |uniquement )?réservée? (?:exclusivement |uniquement )?(?:à nos|aux) (?:abonné|membres)\S*|(?:article|contenu) réservé aux abonn|"
    r"(?:est[ea] )?(?:artículo|contenido|noticia|nota) (?:es )?(?:solo|sólo|únicamente|exclusiv[oa]|disponible solo|reservad[oa])(?: disponible)? (?:para|a) (?:nuestros |los |usuarios )?(?:suscri[pb]tores|suscritos|registrados)\b|"
    r"(?:es[st][ea] )?(?:conteúdo|artigo|matéria|reportagem|notícia) (?:é )?exclusiv[oa] (?:para|de|a) (?:nossos |os )?assinantes|"
    r"(?:quest[oa] )?(?:articolo|contenuto) (?:è )?(?:riservato|disponibile solo|accessibile solo|visibile solo)(?: solo| esclusivamente)? (?:agli|per gli|ai|a) (?:nostri )?(?:abbonati|iscritti|utenti registrati)|"
    r"dit artikel is (?:alleen|exclusief|enkel|uitsluitend) (?:beschikbaar |toegankelijk )?voor (?:onze )?(?:abonnees|leden)|"
    r"(?:den här |denna )?artikeln? är (?:endast |bara |exklusiv |låst ){0,2}för (?:våra )?prenumeranter|"
    r"denne (?:saken|artikkelen|artikel|sak) er (?:kun |bare |forbeholdt |forbeholdt våre |forbeholdt vores )?(?:for )?(?:våre |vores )?abonnenter|"
    r"tämä (?:artikkeli|juttu|sisältö) on (?:tarkoitettu )?(?:vain )?tilaajille|"
    r"(?:ten )?(?:artykuł|treść) (?:jest )?(?:dostępn|przeznaczon)[yae] (?:jest )?(?:tylko|wyłącznie) dla (?:naszych )?(?:prenumeratorów|subskrybentów|zalogowanych)|"
    r"tento (?:článek|obsah) je (?:dostupný |určený? |exkluzivně )?(?:jen |pouze )?pro (?:naše )?(?:předplatitele|přihlášené)|"
    r"(?:ez )?a (?:cikk|tartalom) (?:csak|kizárólag) (?:az? )?(?:\S+ )?előfizető|"
    r"acest (?:articol|conținut|conţinut) este (?:disponibil )?(?:doar |numai |exclusiv ){1,2}(?:pentru )?abona|"
    r"bu (?:içerik|haber|yazı|makale) (?:sadece|yalnızca) (?:\S+ ){0,2}(?:abone|üye)\w*|"
    r"(?:artikel|konten|berita) ini (?:hanya|khusus|eksklusif)(?: tersedia)? (?:untuk|bagi) (?:\S+ )?(?:pelanggan|member)|"
    r"bài viết(?: này)? (?:chỉ )?dành (?:riêng )?cho (?:\S+ )?(?:thành viên|hội viên)|"
    r"(?:αυτό )?το (?:άρθρο|περιεχόμενο) είναι (?:διαθέσιμο )?(?:μόνο|αποκλειστικά) για (?:τους )?συνδρομητές|"
    r"(?:эт(?:от|а)|данн(?:ый|ая)|полный) (?:материал|контент|текст|статья) доступ(?:ен|на|но) только (?:\S+ )?(?:подписчик|зарегистрированн)|"
    r"(?:цей|ця|повний) (?:матеріал|контент|текст|стаття) доступн?(?:ий|а|е) (?:лише|тільки) (?:\S+ )?(?:передплатник|підписник)|"
    r"(?:هذا |هذه )(?:المقال|المحتوى|المقالة|المادة) (?:متاحة? |مخصصة? |حصرية? ){0,2}(?:فقط )?(?:للمشتركين|لمشتركينا)|"
    r"(?:הכתבה|התוכן|המאמר)(?: המלאה?)? (?:\S+ )?(?:רק )?למנויים|این (?:مطلب|مقاله|محتوا) (?:فقط|تنها) برای (?:مشترک|اعضا)|"
    r"(?:यह|ये) (?:लेख|खबर|ख़बर|स्टोरी) (?:केवल|सिर्फ|सिर्फ़) (?:\S+ )?(?:सब्सक्राइबर|सदस्य)|(?:เนื้อหา|บทความ)นี้(?:เฉพาะ|สำหรับ)(?:สมาชิก|ผู้สมัคร)|"
    r"(?:この|本)(?:記事|コンテンツ|ページ)は.{0,12}(?:会員|購読者|読者)(?:の方)?(?:のみ|限定|専用|だけ)|(?:有料|無料)?会員(?:限定|専用)(?:記事|の記事|コンテンツ|です)|"
    r"(?:이|본) ?(?:기사|콘텐츠|글)[은는] .{0,14}(?:회원|구독자)(?:만|에게만| ?전용)|"
    r"(?:本文|此文|本篇|此[内內]容|本[内內]容)(?:[为為是]|[仅僅只][限供]?).{0,8}(?:[会會][员員]|[订訂][阅閱]者|付[费費])(?:[专專][享属屬]|[内內]容|可[见見]|[阅閱][读讀])"
)
_call = when_needed(
    rf"(?:{_FOLLOW}|{_APPS}|{_MORE}|{_SUPPORT}|{_RESERVED}|(?:{_VERBS})\b.{{0,100}}(?:{_LETTERS})|"
    rf"(?:สมัคร(?:รับ)?|订阅|訂閱).{{0,30}}(?:จดหมายข่าว|电子报|電子報|新闻信|新聞信|newsletter)).*|"
    rf"(?:{_SHARE})[\W_]*|{_MISTAKES}|{_TIPS}"
)
# Their verb stands at the end.
_at_end = when_needed(
    r"(?:公式(?:アカウント|サイト|x|twitter|facebook|instagram|line|youtube)|(?:x|line|インスタグラム)公式|ニュースレター|メールマガジン|メルマガ).{0,40}"
    r"(?:フォロー|登録|購読|受け取り?)(?:する|しよう|しましょう|ましょう|して(?:ください|下さい|ね)?|をお願いします|はこちら(?:から)?)?[\W_]*$|"
    r"(?:네이버|카카오톡|유튜브|페이스북|인스타그램|텔레그램|뉴스레터|채널).{0,30}(?:구독|추가|팔로우)(?:하세요|해 ?주세요|하기|하고\b.{0,40})[\W_]*$|"
    r"(?:हमें|हमारे|हमारा|हमारी|खबरों|ख़बरों|समाचार|न्यूज़).{0,80}(?:(?:फॉलो|फ़ॉलो|लाइक|सब्सक्राइब|जॉइन|ज्वाइन|डाउनलोड|साइन अप|रजिस्टर) (?:करें|कीजिए)|से जुड़ें|सदस्यता लें).{0,60}$|"
    r"(?:আমাদের|খবর).{0,60}(?:(?:ফলো|লাইক|সাবস্ক্রাইব|ডাউনলোড|অনুসরণ) করুন|নাম লেখান)(?:.{0,60})$|"
    r"\bbizi\b.{0,60}\btakip ed(?:in|ebilirsiniz)[\W_]*$|"
    r"(?:line|x|instagram|youtube|アプリ)(?:で|も|を).{0,10}(?:チェック|配信中|友だち追加)(?:する|しよう|を|してください)?[\W_]*$|"
    r"(?:خبرنامه|کانال).{0,40}(?:عضو شوید|مشترک شوید|بپیوندید)(?:.{0,60})$"
)
# The first three characters of all in Latin letters that the first pattern can match ("_" is a
# space); a test computes the list from it.
_OPENINGS = frozenset(
    opening.replace("_", " ")
    for opening in (
        "a_c a_t abb abo ace add ai_ anm apo apú art ass ave ați bag bai bağ bei ber bes biz "
        "ble bli bu_ buď bài bül bąd będ cad ce_ cet chi cho cik com con daf dap dee del den "
        "des die dis dit do_ dow e-b enc erh esc ess est ez_ feh fin fiq fol for fou föl føl "
        "get got ha_ hab hai han har has hat hav heb hib hit hol hål if_ iku ins ira isc jaa "
        "joi jäl kon köv lad lii lik mak man mas mat mel nar naš not obs ode odo ont osz otr "
        "par pay pie ple pob pod pol pra pre pri pys při que rec reg rej rem rep res ret ric "
        "sca sch sdí see seg sei sek sel set seu sha sig sle sos sou spo spr sta ste stö sub "
        "sui sup sus síg taa tem ten the thi tie til to_ tre tro tám täm tél tải udo und unt "
        "upp urm uyg vol vou vu_ wid wsp zap zau zna îns đăn śle"
    ).split()
)
_LATIN = "\u0300"


def is_call(lower: str, at: int) -> bool:
    """Tell whether a line, in lower case and from a place on, asks readers to do such a thing."""
    opening = lower[at : at + 3]
    if (opening in _OPENINGS or opening >= _LATIN) and _call().fullmatch(lower, at):
        return True
    may_end_so = has_other_script(lower) or "takip ed" in lower
    return may_end_so and _at_end().search(lower, at) is not None
