"""What walls and error pages say, in the world's big languages.

Each table has a pattern for each language, which is matched against a whole line (a part of the
title, a heading, a button, a sentence) in lower case, so that a headline which only has the words
in it is none.
"""

import re
from collections.abc import Callable

from newsextract.extraction.patterns import when_needed

__all__ = ["is_accept", "is_bot_title", "is_error_line", "is_login_line", "speaks_of_consent",
           "speaks_of_cookies", "speaks_of_javascript"]  # fmt: skip

_LONGEST_LINE = 160

_NOT_FOUND = {
    "en": r"(?:(?:this|the|that|your) )?(?:requested )?(?:page|url|article|story|content|document|file|link|post|resource|address)(?: (?:that )?(?:you(?:'re| are| were|'ve| have)?|we) .{0,40}?)? (?:not found|(?:was|is)(?: not|n't) (?:found|available|here)|(?:is |are )?(?:no longer (?:available|exists?|here)|unavailable|missing|gone)|(?:has|may have|might have|was|could have)(?: been)? (?:re)?(?:moved|deleted).*|(?:could|can)(?: ?not|n't|'t) be (?:found|displayed|reached|loaded)|(?:does|do)(?: not|n't) exist)|not found|nothing (?:was )?found(?: here)?|(?:we )?(?:can't|cannot|can not|couldn't|could not|were unable to)(?: seem to)? (?:find|locate) (?:the|that|this) .{0,50}|(?:internal )?server error|service (?:temporarily )?unavailable|bad gateway|gateway time-?out|access denied|forbidden|(?:site )?(?:under|down for) maintenance|we'll be (?:right )?back|something (?:went|has gone) wrong|an? (?:\w+ )?error (?:has )?occurred",
    "es": r"(?:la |esta )?(?:página|noticia|nota) (?:que .{0,40}? |solicitada )?(?:no (?:se )?(?:ha sido |ha |fue |pudo ser )?(?:encontrad[ao]|encontró|encuentra(?: disponible)?|existe|disponible|está disponible)|ya no (?:existe|está disponible))|contenido no (?:encontrado|disponible)|no encontrad[ao]|algo (?:ha )?(?:salió|salido|fue) mal|(?:se )?(?:ha producido|produjo|ha ocurrido|ocurrió) un error|error interno del servidor|(?:sitio )?en mantenimiento",
    "fr": r"(?:la |cette |l['’])?(?:page|article)(?: que .{0,40}?)?(?: demandée?)? (?:est )?(?:introuvable|non trouvée?|n['’]existe (?:pas|plus)|n['’]est (?:pas|plus) disponible|n['’]a (?:pas )?(?:été|pu être) (?:trouvée?|supprimée?)|indisponible)|contenu introuvable|une erreur (?:s['’]est produite|est survenue)|erreur interne(?: du serveur)?|service (?:temporairement )?indisponible|(?:site )?en maintenance",
    "de": r"(?:(?:die|diese|der|dieser) )?(?:von ihnen )?(?:(?:angeforderte|gesuchte|aufgerufene|gewünschte) )?(?:seite|artikel|url|inhalt)(?:,? d(?:ie|en) (?:sie|du) .{0,40}?)? (?:(?:wurde|konnte|kann) )?(?:leider )?(?:nicht gefunden(?: werden)?|existiert (?:leider )?nicht(?: mehr)?|ist (?:leider )?nicht (?:mehr )?(?:verfügbar|vorhanden|erreichbar)|nicht (?:mehr )?(?:verfügbar|vorhanden))|diese seite gibt es (?:leider )?nicht(?: mehr)?|nicht gefunden|(?:da|hier)? ?(?:ist|lief|ging) etwas schief(?:gelaufen|gegangen)?|es ist ein (?:\w+ )?fehler aufgetreten|interner serverfehler|wartungsarbeiten",
    "pt": r"(?:a |esta )?(?:página|notícia)(?: que .{0,40}?)?(?: solicitada)? (?:não (?:foi |pôde ser |pode ser )?(?:encontrada|localizada)|não existe(?: mais)?|não está (?:mais )?disponível|inexistente|indisponível)|conteúdo não (?:encontrado|disponível)|não encontrad[ao]|algo deu errado|algo correu mal|ocorreu um erro|erro interno do servidor|(?:site )?em manutenção",
    "it": r"(?:la |questa )?(?:pagina|notizia)(?: che .{0,40}?)?(?: richiesta| cercata)? (?:non (?:è stata )?trovata|non esiste(?: più)?|non è (?:più )?disponibile|inesistente|non disponibile)|contenuto non (?:trovato|disponibile)|qualcosa è andato storto|si è verificato un errore|errore interno del server|(?:sito )?in manutenzione",
    "nl": r"(?:de |deze )?(?:opgevraagde |gevraagde )?pagina(?: die .{0,30}?)? (?:(?:kon|kan|is|werd) )?(?:helaas )?(?:niet (?:worden )?gevonden(?: worden)?|bestaat (?:helaas )?niet(?: meer)?|niet (?:meer )?beschikbaar)|er (?:is|ging) iets (?:misgegaan|mis|fout(?: gegaan)?)|er is een fout opgetreden",
    "sv": r"sidan(?: (?:som )?du .{0,20}?)? (?:kunde inte hittas|hittades inte|finns inte(?: längre)?|kan inte hittas|saknas)|(?:vi )?kan inte hitta sidan|något gick fel|ett fel (?:har )?(?:inträffa[dt]e?|uppst(?:ått|od))",
    "da, nb": r"(?:siden|artik(?:e|ke)len)(?: du .{0,20}?)? (?:(?:blev|ble|kunne|er) )?(?:ikke (?:fundet|funnet|findes)|findes ikke(?: længere)?|finnes ikke(?: lenger)?|eksisterer ikke)|(?:noget|noe) (?:gik|gikk) galt|der (?:er sket|opstod) en fejl|det (?:har )?oppst(?:o|ått) en feil",
    "fi": r"(?:hakemaasi |etsimääsi )?(?:sivua|artikkelia) ei (?:löytynyt|löydy|ole(?: olemassa)?)|(?:jokin|jotain) meni (?:vikaan|pieleen)|tapahtui virhe",
    "pl": r"(?:(?:szukana|podana|żądana|ta|taka) )?(?:strona|podstrona)(?:,? której .{0,20}?)? (?:nie (?:została )?(?:znaleziona|odnaleziona)|nie istnieje|nie jest dostępna)|nie znaleziono (?:takiej )?strony|nie ma takiej strony|coś poszło nie tak|wystąpił (?:\w+ )?błąd|przerwa techniczna",
    "cs, sk": r"(?:(?:požadovan[áú]|hledan[áú]|t[aá]to) )?str[áa]nka (?:nebyla nalezena|nebola nájdená|neexistuje|nenalezena|nenájdená|se nepodařilo najít)|něco se (?:pokazilo|nepovedlo)|niečo sa pokazilo|(?:došlo k chybě|nastala chyba)",
    "ro": r"pagina(?: (?:căutată|solicitată|pe care .{0,20}?))? (?:nu (?:a fost|a putut fi) găsită|nu (?:există|este disponibilă)|inexistentă)|ceva nu a (?:mers|funcționat) (?:bine)?|a apărut o eroare",
    "hu": r"(?:a |az )?(?:keresett |kért )?oldal nem (?:található|létezik)|valami (?:hiba történt|elromlott)|hiba történt",
    "el": r"η σελίδα(?: που .{0,20}?)? δεν (?:βρέθηκε|υπάρχει|είναι διαθέσιμη)|κάτι πήγε (?:στραβά|λάθος)|παρουσιάστηκε (?:κάποιο )?σφάλμα",
    "ru": r"(?:(?:запрашиваемая|запрошенная|данная|эта|такая|искомая) )?(?:вами )?(?:страница|статья)(?:,? котор.{0,30}?)? (?:не (?:найдена|существует)|была удалена|удалена|недоступна)|(?:материал|документ) не найден|такой страницы (?:нет|не существует)|что-то пошло не так|произошла ошибка|внутренняя ошибка сервера|(?:сайт|сервис) временно недоступен",
    "uk": r"(?:таку |цю |запитану )?сторінк[уа] не (?:знайдено|знайдена|існує)|такої сторінки (?:немає|не існує)|щось пішло не так|сталася помилка|сайт тимчасово недоступний",
    "tr": r"(?:(?:aradığınız|istediğiniz|bu) )?(?:sayfa|içerik|haber) (?:bulunamadı|bulunamıyor|mevcut değil|kaldırılmış|yok)|bir şeyler ters gitti|bir (?:hata|sorun) oluştu|sunucu hatası",
    "id, ms": r"(?:maaf,? )?(?:halaman|artikel)(?: (?:yang .{0,20}?|ini|tersebut))? (?:tidak (?:ditemukan|tersedia|ada|dapat ditemukan)|sudah tidak ada|tidak dijumpai)|terjadi kesalahan|ada yang (?:tidak beres|salah)",
    "vi": r"không tìm thấy (?:trang|nội dung|bài viết).{0,30}|trang (?:bạn .{0,25}? )?(?:không tồn tại|không tìm thấy|đã bị xóa)|(?:đã )?(?:có lỗi xảy ra|xảy ra lỗi)",
    "zh": r"(?:您|你)?所?(?:访问|訪問|请求|請求|查找|尋找|要找|查看)?的?(?:页面|頁面|网页|網頁|文章|内容|內容)(?:不存在|未找到|找不到|(?:已|被|已被)(?:删除|刪除|移除)|已失效|不见了).{0,25}|(?:找不到|未找到|无法找到|無法找到).{0,12}(?:页面|頁面|网页|網頁).{0,10}|出[错錯]了|发生错误|發生錯誤|服务器(?:内部)?错误|系统(?:繁忙|维护).{0,15}",
    "ja": r"(?:お探しの|(?:ご)?指定(?:された|の)|アクセスしようとした)?(?:ページ|記事|url)(?:が|は)?(?:見つかりません|みつかりません|存在しません|存在しないか|ありません|削除されま|表示できません).{0,30}|(?:サーバー?)?エラーが発生.{0,20}|サーバーエラー|(?:ただいま)?メンテナンス中.{0,20}",
    "ko": r"(?:(?:요청하신|찾으시는|해당|이) )?(?:페이지|기사)(?:를|가|을|는)? ?(?:찾을 수 없습니다|존재하지 않.{0,10}|삭제되었.{0,25}|없습니다)|존재하지 않는 (?:페이지|기사).{0,6}|(?:오류|문제)가 발생했습니다|서비스 점검.{0,15}",
    "ar": r"(?:هذه )?(?:الصفحة|المقالة)(?: (?:المطلوبة|التي .{0,20}?))? (?:غير (?:موجودة|متوفرة|متاحة)|لم يتم العثور عليها)|لم (?:يتم العثور|نعثر) على (?:هذه )?الصفحة.{0,25}|حدث خطأ(?: ما)?",
    "fa": r"(?:صفحه|مطلب|خبر)(?:[\u200c ]?(?:ای که|مورد نظر).{0,30}?)? (?:یافت نشد|پیدا نشد|وجود ندارد|موجود نیست)|خطایی رخ (?:داد|داده است)|مشکلی پیش آمد.{0,10}",
    "he": r"(?:הדף|העמוד)(?: (?:המבוקש|שחיפשת|שביקשת))? (?:לא (?:נמצא|קיים)|אינו (?:קיים|זמין))|משהו השתבש|אירעה שגיאה",
    "hi": r"(?:यह |आप .{0,20}? )?(?:पेज|पृष्ठ|पन्ना)(?: .{0,20}?)? (?:नहीं मिला|मौजूद नहीं है|उपलब्ध नहीं है)|कुछ (?:गलत|गड़बड़) (?:हो गया|हुआ|हो गई)(?: है)?",
    "bn": r"(?:পৃষ্ঠাটি|পাতাটি) (?:খুঁজে )?পাওয়া যায়নি",
    "th": r"ไม่พบหน้า.{0,30}|เกิดข้อผิดพลาด.{0,20}",
}  # fmt: skip
# What stands around such a line: codes, the word for an error, and how one says sorry.
_PUNCTUATION = r"\s!-&(-/:-@\[-`{-~¡¿…–—‘’“”„«»‹›·•。！？：，、؟،।"
_AROUND = (
    r"(?:\b(?:http|status|code|error|erreur|fehler|fehlermeldung|errore|erro|fout|fel|fejl|feil|virhe|błąd|chyba|"
    r"eroare|hiba|σφάλμα|ошибка|помилка|hata|kesalahan|lỗi|oops|ooops|whoops|uh[ -]oh|hmm+|sorry|we're sorry|"
    r"we are sorry|hoppla|ups|oups|désolés?|nous sommes désolés|lo sentimos|¡?vaya|ops|desculpe|"
    r"spiacenti|siamo spiacenti|ci dispiace|helaas|hoppsan|beklager|hups|przepraszamy|omlouváme se|упс|ой|извините|вибачте|üzgünüz|maaf|"
    r"rất tiếc|es tut uns leid|tut uns leid|entschuldigung)\b|[错錯][误誤]|エラー|오류|خطأ|خطا(?:ی)?|שגיאה|त्रुटि|抱歉|很抱歉|对不起|申し訳(?:ありません|ございません)(?:が)?|죄송합니다|"
    r"عذرا[ً]?|متأسفیم|क्षमा करें|ขออภัย|\b(?:40[0134]|410|50[0234])\b|[" + _PUNCTUATION + "])+"
)  # fmt: skip
_BOT_TITLES = {
    "en": r"just a moment|one moment,? please|checking your browser.*|(?:please )?verify (?:that )?you are (?:a )?human.*|verifying you are human.*|are you a robot|security (?:check|verification|checkpoint)|human verification|(?:browser|robot|captcha) (?:check|verification|challenge)|attention required|pardon our interruption|making sure you're not a bot|please wait while we .{0,40}|unusual traffic.*|captcha",
    "es": r"un momento|verificación de seguridad|verifica que eres (?:un )?humano|comprobando (?:tu|su) navegador.*",
    "fr": r"un instant|vérification de sécurité|vérifiez que vous êtes (?:un )?humain.*|vérification de votre navigateur.*",
    "de": r"(?:nur )?einen moment(?: bitte)?|sicherheits(?:überprüfung|prüfung|abfrage)|bestätigen sie, dass sie ein mensch sind.*|ihr browser wird überprüft.*",
    "pt": r"(?:só )?um momento|verificação de segurança|verifique se você é humano.*|verificando (?:o )?seu navegador.*",
    "it": r"(?:solo )?un momento|verifica di sicurezza|verifica di essere umano.*|controllo del browser.*",
    "nl": r"een (?:ogenblik|moment)(?: geduld)?(?: alstublieft)?|beveiligingscontrole",
    "sv, da, nb": r"(?:ett|et) (?:ögonblick|øjeblik|øyeblikk)|säkerhetskontroll|sikkerhets(?:kontroll|tjek)",
    "pl": r"(?:chwileczkę|cierpliwości|jeszcze chwila)|weryfikacja (?:bezpieczeństwa|przeglądarki)",
    "ru": r"(?:один|одну) (?:момент|минуту)|проверка (?:безопасности|браузера|вашего браузера).*|вы не робот|подтвердите, что вы (?:не робот|человек).*|подтвердите, что запросы отправляли вы.*",
    "uk": r"зачекайте|перевірка (?:безпеки|браузера)|ви не робот",
    "tr": r"(?:bir dakika|bir an)(?: lütfen)?|güvenlik (?:kontrolü|doğrulaması)|insan olduğunuzu doğrulayın.*",
    "id": r"tunggu sebentar|pemeriksaan keamanan|verifikasi (?:keamanan|bahwa anda manusia).*",
    "vi": r"(?:chờ|vui lòng đợi) một chút|(?:kiểm tra|xác minh) (?:bảo mật|an ninh|bạn là con người).*",
    "zh": r"请稍[候等]|請稍[候等]|安全(?:验证|驗證|检查|檢查|检测)|(?:人机|人機)(?:验证|驗證)|验证码|驗證碼|访问验证",
    "ja": r"(?:しばらく|少々)お待ち(?:ください|下さい)|セキュリティ(?:チェック|確認|検証)|人間であることを確認.*|ロボットではありません.*",
    "ko": r"잠시만 (?:기다리십시오|기다려 ?주세요)|보안 (?:확인|검사|문자).*|사람인지 확인.*",
    "ar": r"لحظة(?: من فضلك)?|(?:التحقق|فحص) (?:الأمني|الأمان|من الأمان).*|تحقق من أنك إنسان.*",
    "fa": r"(?:لطفا[ً]? )?(?:کمی )?صبر کنید|یک لحظه|بررسی امنیتی.*|تأیید کنید که انسان هستید.*",
    "hi": r"एक क्षण|कृपया प्रतीक्षा करें|सुरक्षा जाँच",
    "he": r"רק רגע|בדיקת אבטחה",
}  # fmt: skip
_LOGIN = {
    "en": r"(?:please )?(?:log|sign)[ -]?in(?:to (?:your|my) account)?|(?:member|subscriber|user|account) (?:log|sign)[ -]?in|(?:log|sign)[ -]?in (?:to|or|and|for|with|required|page)\b.*|(?:you (?:must|need to|have to)|please) (?:be )?(?:log|sign)(?:ged|ed)?[ -]?in\b.*|register (?:for free )?to (?:continue|read)\b.*|welcome back",
    "es": r"inici(?:a|ar|e|o de) (?:tu )?sesión\b.*|acceso (?:de )?(?:usuarios|suscriptores)|accede(?:r)?(?: a tu cuenta)?|identifícate\b.*|ingresa(?:r)? a tu cuenta",
    "fr": r"(?:se )?connecter\b.*|connectez-vous\b.*|connexion(?: à .{0,30})?|identifiez-vous\b.*|s['’]identifier",
    "de": r"anmeld(?:en|ung)(?: (?:bei|für abonnenten).{0,30})?|(?:bitte )?melden sie sich (?:bitte )?an\b.*|(?:bitte )?melde dich (?:bitte )?an\b.*|(?:bitte )?einloggen\b.*|login|sie müssen (?:sich anmelden|angemeldet sein)\b.*",
    "pt": r"(?:faça|fazer|efetue) (?:o |seu )?login\b.*|entrar(?: na (?:sua )?conta)?|inici(?:ar|e) (?:a )?sessão\b.*|acesse (?:a )?sua conta|identifique-se\b.*",
    "it": r"accedi\b.*|accesso (?:utenti|abbonati)|effettua (?:il login|l['’]accesso)\b.*",
    "nl": r"(?:log in|inloggen|aanmelden|meld je aan)\b.*",
    "sv, da, nb": r"logga in\b.*|inloggning|log(?:g)? (?:ind|inn|på)\b.*|innlogging",
    "fi": r"kirjaudu(?: sisään)?\b.*|kirjautuminen",
    "pl": r"zaloguj(?: się)?\b.*|logowanie",
    "cs, sk": r"přihl(?:ásit se|ášení|aste se)\b.*|prihl(?:ásiť sa|ásenie|áste sa)\b.*",
    "ro": r"autentificare\b.*|conectează-te\b.*|intră în cont\b.*",
    "hu": r"bejelentkezés\b.*|jelentkezz(?:en)? be\b.*|belépés",
    "el": r"σύνδεση\b.*|συνδεθείτε\b.*|είσοδος(?: μελών)?",
    "ru": r"вход(?: (?:на|в) .{0,30})?|войти\b.*|войдите\b.*|авторизация|авторизуйтесь\b.*",
    "uk": r"вхід(?: (?:на|в|до) .{0,30})?|увійти\b.*|увійдіть\b.*|авторизація|авторизуйтес[ья]\b.*",
    "tr": r"(?:üye )?giriş(?: yap(?:ın|ınız)?)?|oturum aç(?:ın)?\b.*|devam etmek için giriş yapın\b.*",
    "id, ms": r"(?:silakan )?(?:masuk|login|log masuk)(?: (?:ke|untuk) .*)?",
    "vi": r"(?:vui lòng )?đăng nhập\b.*",
    "zh": r"(?:请|請)?先?(?:用户|用戶|会员|會員|账号|帳號|賬號)?(?:登录|登錄|登入|登陆)(?:后|後|以|您|账|帳|即).{0,25}|(?:请|請)?先?(?:用户|用戶|会员|會員|账号|帳號|賬號)?(?:登录|登錄|登入|登陆)(?:/.{0,8})?",
    "ja": r"(?:会員)?(?:ログイン|サインイン)(?:して|すると|が必要|画面|ページ|してください).{0,30}|(?:会員)?(?:ログイン|サインイン)|.{0,20}ログインしてください",
    "ko": r"로그인(?:이 필요|하세요|하시|해 ?주세요|하고|하면).{0,25}|로그인",
    "ar": r"(?:الرجاء |يرجى )?(?:تسجيل الدخول|سج[ّ]?ل الدخول|سجل دخولك)\b.*",
    "fa": r"(?:لطفا[ً]? )?(?:ورود(?: به .{0,25})?|وارد (?:شوید|حساب).*)|برای (?:ادامه|خواندن).{0,20}وارد شوید.*",
    "he": r"(?:התחברות|כניסה (?:למנויים|למערכת|לחשבון)|התחברו|יש להתחבר)\b.*",
    "hi": r"(?:कृपया )?(?:लॉग ?इन|लॉगिन|साइन इन)(?: करें.*| कीजिए.*)?",
    "th": r"(?:กรุณา)?(?:เข้าสู่ระบบ|ลงชื่อเข้าใช้).{0,20}",
}  # fmt: skip
_ACCEPT = {
    "en": r"(?:yes,? )?(?:i )?(?:accept|agree|allow|consent)(?: (?:and|&) (?:continue|close|proceed))?(?: to)?(?: all)?(?: cookies)?",
    "es": r"acept(?:ar|o)(?: (?:y continuar|y cerrar|todo|todas|todas las cookies|cookies))?|consentir|estoy de acuerdo",
    "fr": r"(?:tout )?accepter(?: (?:et continuer|et fermer|tout|les cookies|tous les cookies))?|j['’]accepte(?: tout)?|consentir",
    "de": r"(?:alle(?:n|s)? )?(?:cookies )?(?:akzeptieren|zustimmen|annehmen|erlauben)(?: (?:und|&) (?:weiter|fortfahren|schließen|weiterlesen))?|einverstanden|ich (?:stimme zu|akzeptiere)|einwilligen(?: und weiter)?",
    "pt": r"aceit(?:ar|o)(?: (?:e continuar|e fechar|tudo|todos|todos os cookies|cookies))?|concord(?:ar|o)(?: e (?:continuar|fechar))?",
    "it": r"accett[ao](?: (?:e (?:continua|chiudi|prosegui)|tutto|tutti|tutti i cookie))?|acconsent[io]",
    "nl": r"(?:alles |alle cookies |cookies )?(?:accepteren|toestaan)|akkoord(?: gaan)?|ja, ik (?:accepteer|ga akkoord)|accepteer(?: alles| alle cookies)?",
    "sv": r"(?:acceptera|godkänn|tillåt)(?: alla)?(?: (?:cookies|kakor))?|jag (?:godkänner|samtycker|accepterar)",
    "da, nb": r"(?:accept[eé]r|godkend|tillad|godta|godkjenn|aksepter|tillat)(?: alle)?(?: (?:cookies|informasjonskapsler))?|jeg (?:samtykker|accepterer|godtar)",
    "fi": r"(?:hyväksy|salli)(?: kaikki)?(?: evästeet)?|hyväksyn",
    "pl": r"(?:akceptuj(?:ę)?|zaakceptuj)(?: (?:wszystko|wszystkie|i przejdź do serwisu|i zamknij))?|zgadzam się|przejdź do serwisu",
    "cs, sk": r"(?:přijmout|prijať|povolit|povoliť)(?: (?:vše|všechny|všetko|všetky))?(?: cookies)?|souhlasím|súhlasím|přijímám",
    "ro": r"accept(?:ă)?(?: (?:tot|toate))?|sunt de acord",
    "hu": r"(?:összes )?elfogad(?:om|ás)?(?:a)?(?: mindet)?|hozzájárulok",
    "el": r"αποδοχή(?: όλων)?|αποδέχομαι|συμφωνώ",
    "ru": r"принять(?: (?:все|и продолжить|и закрыть))?|принимаю|согласен|соглашаюсь|согласиться",
    "uk": r"прийняти(?: (?:все|всі|усі|та продовжити))?|приймаю|погоджуюс[ья]|згоден",
    "tr": r"(?:tümünü |hepsini )?kabul (?:et|ediyorum)|onaylıyorum",
    "id, ms": r"(?:saya )?(?:terima|setuju)(?: semua)?(?: dan lanjutkan)?",
    "vi": r"(?:chấp nhận|đồng ý)(?: tất cả| và tiếp tục)?|tôi đồng ý",
    "zh": r"(?:我)?(?:全部)?(?:接受|同意)(?:全部|所有|并继续|並繼續|所有.{0,6})?",
    "ja": r"(?:すべて|全て)?(?:に|を)?(?:同意(?:する|して続ける|します)?|許可する?|承諾(?:する)?|受け入れる)",
    "ko": r"(?:모두 |전체 )?(?:동의|수락|허용)(?:합니다|함|하고 계속|하기)?",
    "ar": r"(?:أنا )?(?:موافق|أوافق|قبول|اقبل|السماح)(?: (?:الكل|على الكل|ومتابعة|والمتابعة))?",
    "fa": r"(?:پذیرش|قبول|می[\u200c ]?پذیرم|موافقم)(?: همه)?",
    "he": r"(?:אני )?(?:מסכי(?:ם|מה)|מאשרת?|אישור|קבל)(?: (?:הכול|הכל))?",
    "hi": r"(?:सभी )?(?:स्वीकार(?: करें)?|सहमत(?: हूँ)?)",
    "th": r"(?:ยอมรับ|ยินยอม)(?:ทั้งหมด)?",
}  # fmt: skip
# How those who ask for consent speak, of themselves and to the reader.
_ASKING = {
    "en": r"we (?:and our (?:\S+ )?(?:partners|vendors)|use cookies|value your privacy|need your consent|ask for your)|our (?:\d+ )?(?:advertising )?partners|your (?:privacy|consent)\b|by (?:clicking|selecting|pressing)",
    "es": r"nuestros (?:\d+ )?socios|(?:utilizamos|usamos) (?:\w+ )?cookies|[st]u (?:privacidad|consentimiento)|al hacer clic",
    "fr": r"nos (?:\d+ )?partenaires|nous utilisons (?:des |\w+ )?cookies|votre (?:vie privée|consentement)|en cliquant",
    "de": r"unsere[rn]? (?:\d+ )?(?:werbe)?partnern?\b|wir (?:verwenden|nutzen|setzen) (?:\S+ )?cookies|(?:ihre|deine)r? (?:einwilligung|zustimmung|privatsphäre|daten)\b|mit (?:einem )?klick auf|(?:weiterlesen|weiter) mit werbung|mit werbung (?:weiter)?lesen",
    "pt": r"noss(?:os|as) (?:\d+ )?(?:parceir[oa]s)|(?:utilizamos|usamos) (?:\w+ )?cookies|(?:sua|tua) privacidade|(?:seu|teu) consentimento|ao clicar",
    "it": r"nostri (?:\d+ )?(?:partner|fornitori)|(?:utilizziamo|usiamo) (?:i )?cookie|tu[ao] (?:privacy|consenso)|(?:cliccando|facendo clic)",
    "nl": r"onze (?:\d+ )?partners|(?:wij|we) gebruiken (?:\w+ )?cookies|(?:jouw|je|uw) (?:privacy|toestemming)|door op .{0,30} te klikken",
    "sv": r"våra (?:\d+ )?(?:partner|samarbetspartner)|vi använder (?:\w+ )?(?:cookies|kakor)|ditt samtycke|din integritet|genom att klicka",
    "da, nb": r"(?:vores|våre) (?:\d+ )?(?:samarbejds|samarbeids)?partnere?|vi (?:bruger|bruker) (?:\w+ )?(?:cookies|informasjonskapsler)|ditt? samtykke|dit privatliv|ditt personvern|ved (?:at klikke|å klikke)",
    "fi": r"kumppanimme|käytämme evästeitä|suostumuksesi|suostumustasi|yksityisyytesi",
    "pl": r"nasi (?:\w+ )?partnerzy|nasz(?:ych|ymi) (?:\w+ )?partner(?:ów|ami)|(?:używamy|wykorzystujemy) (?:\w+ )?(?:cookie|plik)|twoj(?:a|ą|ej) (?:prywatnoś|zgod)|klikając",
    "cs, sk": r"naši(?:ch|mi)? partne|našich partnerov|používáme (?:\w+ )?cookie|používame (?:\w+ )?cookie|váš souhlas|vaš[ií] souhlas|vaše soukromí|váš súhlas|kliknut[ií]m",
    "ro": r"partenerii noștri|(?:folosim|utilizăm) cookie|consimțământul (?:tău|dumneavoastră)|confidențialitatea (?:ta|dumneavoastră)",
    "hu": r"partnereink|sütiket használunk|az ön (?:hozzájárulás|adatvédelm)|a kattintással",
    "el": r"συνεργάτες μας|χρησιμοποιούμε cookies|(?:συγκατάθεσή|απόρρητό) σας|κάνοντας κλικ",
    "ru": r"наши(?:ми|х)? партн[её]р|мы используем (?:\S+ )?(?:cookie|куки)|ваше(?:го)? согласи|вашей конфиденциальности|нажимая",
    "uk": r"наші(?:ми|х)? партнер|ми використовуємо (?:\S+ )?(?:cookie|кукі)|ваш(?:у|ої|а) згод|натискаючи",
    "tr": r"(?:iş )?ortaklarımız|çerez(?:ler)? kullan(?:ıyoruz|maktayız)|gizliliğiniz|onayınız|rızanız|tıklayarak",
    "id, ms": r"mitra kami|kami menggunakan (?:cookie|kuki)|privasi anda|persetujuan anda|dengan mengeklik",
    "vi": r"đối tác của chúng tôi|chúng tôi sử dụng cookie|quyền riêng tư của bạn|sự đồng ý của bạn|bằng cách nhấp",
    "zh": r"我们(?:和|及)?(?:我们)?的?(?:合作伙伴|使用|会使用)|我們(?:和|及)?(?:我們)?的?(?:合作夥伴|使用|會使用)|您的(?:隐私|隱私|同意)|(?:点击|點擊)[「“\"]",
    "ja": r"(?:当社|弊社|当サイト)(?:は|では|と|および|及び)|お客様の(?:同意|プライバシー)|クリック(?:する|いただく)(?:ことで|と)|ご同意",
    "ko": r"당사(?:와|는|및)|파트너(?:는|와)|(?:귀하|고객님|회원님)의 (?:동의|개인정보)|쿠키를 사용(?:합니다|하고)|클릭하면",
    "ar": r"شركا(?:ؤنا|ئنا|ءنا)|نستخدم ملفات تعريف|موافقتك|خصوصيتك|بالنقر",
    "fa": r"شرکای (?:ما|تجاری ما)|از کوکی[\u200c ]?ها استفاده می|رضایت شما|حریم خصوصی شما|با کلیک",
    "he": r"השותפים שלנו|אנו משתמשים בעוגיות|הסכמתך|הפרטיות שלך|בלחיצה על",
    "hi": r"हमारे (?:पार्टनर|साझेदार|भागीदार)|हम कुकी|आपकी (?:सहमति|गोपनीयता|निजता)|क्लिक करके",
    "th": r"พันธมิตรของเรา|เราใช้คุกกี้|ความเป็นส่วนตัวของคุณ|ความยินยอมของคุณ",
}  # fmt: skip
_COOKIES = (
    r"cookie|consent|privac|gdpr|rgpd|dsgvo|datenschutz|privatsphäre|zustimm|einwillig|personenbezogen|endgerät|(?:personal|user) data|your device|"
    r"before you continue|tracking|vie privée|confidentialité|données personnelles|partenaires|consent|privacid|datos personales|dados pessoais|"
    r"dati personali|consenso|toestemming|persoonsgegevens|samtyck|samtykke|integritet|personvern|privatliv|kakor|informasjonskapsler|eväste|suostumu|yksityisyy|"
    r"prywatno|zgod[aęy]|ciasteczk|soukrom|souhlas|súkrom|súhlas|confidenți|consimță|adatvédel|hozzájárul|süti|απόρρητ|συγκατάθεση|"
    r"куки|конфиденциальн|согласи|персональных данных|приватн|згод[аиу]|кукі|çerez|gizlilik|kişisel veri|privasi|persetujuan|kuki|riêng tư|đồng ý|"
    r"隐私|隱私|同意|个人数据|個人資料|クッキー|プライバシー|個人データ|쿠키|개인정보|동의|ملفات تعريف الارتباط|كوكيز|خصوصي|موافق|کوکی|حریم خصوصی|رضایت|עוגיות|פרטיות|הסכמה|कुकी|गोपनीयता|सहमति|คุกกี้|ความเป็นส่วนตัว|ความยินยอม"
)  # fmt: skip
_JAVASCRIPT = r"java ?script|\bjs\b|جاوا ?اسکریپت|جافا ?سكر[يی]بت|자바 ?스크립트|ジャバスクリプト|जावा ?स्क्रिप्ट|джава-?скрипт"


# "… or has been moved".
_OR = "(?:,? (?:or|o|ou|oder|of|eller|lub|albo|nebo|alebo|sau|vagy|ή|или|або|veya|atau|hoặc|أو|یا|या) .*)?"
_CODE = re.compile(r"\b(?:40[0134]|410|50[0234])\b")
_EDGES = re.compile(f"^[{_PUNCTUATION}]+|[{_PUNCTUATION}]+$")


def _any_of(table: dict[str, str]) -> str:
    return "(?:" + "|".join(table.values()) + ")"


# All of them take as long as ten pages.
_before_error = when_needed(f"^{_AROUND}")
# It is looked for from the end of a line back; longer ones are none.
_behind_error = when_needed(rf"(?=.{{0,{_LONGEST_LINE}}}+$){_AROUND}$")
_SAID = _any_of(_NOT_FOUND)
_error = when_needed(f"{_SAID}(?:[{_PUNCTUATION}]+{_SAID})?{_OR}")
_login, _bot_title = when_needed(_any_of(_LOGIN)), when_needed(_any_of(_BOT_TITLES))
_accept, _asking = when_needed(_any_of(_ACCEPT)), when_needed(_any_of(_ASKING))
_cookies, _javascript = when_needed(_COOKIES), when_needed(_JAVASCRIPT)


def is_error_line(line: str) -> bool:
    """Tell whether a line says that there is no such page or that something went wrong."""
    if len(line) > _LONGEST_LINE:
        return False
    line = _bare(line)
    rest = _before_error().sub("", line)
    if not rest:
        return _CODE.search(line) is not None
    error = _error()
    return bool(error.fullmatch(rest) or error.fullmatch(_behind_error().sub("", rest)))


def is_login_line(line: str) -> bool:
    """Tell whether a line asks the reader to sign in."""
    return _is_one_of(_login, line)


# What a text is about is said by then; a page may be one block of megabytes.
_BEGINNING = 4_000


def is_bot_title(line: str) -> bool:
    """Tell whether a title is that of a bot check."""
    return _is_one_of(_bot_title, line)


def is_accept(label: str) -> bool:
    """Tell whether this is a button that gives consent."""
    return _is_one_of(_accept, label)


def speaks_of_consent(text: str) -> bool:
    """Tell whether a text is by somebody who asks for consent."""
    return _asking().search(_plain(text[:_BEGINNING])) is not None


def speaks_of_cookies(text: str) -> bool:
    """Tell whether a text is about cookies, privacy or consent."""
    return _cookies().search(_plain(text[:_BEGINNING])) is not None


def speaks_of_javascript(text: str) -> bool:
    """Tell whether a text is about JavaScript."""
    return _javascript().search(_plain(text[:_BEGINNING])) is not None


def _is_one_of(phrases: Callable[[], re.Pattern[str]], line: str) -> bool:
    return len(line) <= _LONGEST_LINE and phrases().fullmatch(_bare(line)) is not None


def _plain(text: str) -> str:
    # The dot of a Turkish capital I becomes a mark of its own.
    return " ".join(text.lower().replace("i\u0307", "i").replace("’", "'").split())


def _bare(line: str) -> str:
    return _EDGES.sub("", _plain(line))
