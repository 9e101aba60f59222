"""What the line below a headline says, in the languages that most of the world's news is in.

The pages have no element with a name that tells anything, and a menu that looks like a name.
"""

import datetime as dt

import pytest

import newsextract

DAY = dt.date(2026, 11, 24)
STORIES = {
    "en": (
        "The town council voted on Tuesday night to close the old baths after engineers found "
        "rust in the roof. Residents said that they had been told only a week ago and that "
        "nobody had asked them. The council will meet again in December to decide what should "
        "become of the building."
    ),
    "de": (
        "Der Stadtrat hat am Dienstagabend beschlossen, das alte Schwimmbad zu schließen, "
        "nachdem Fachleute Rost im Dach gefunden hatten. Anwohner sagten, sie hätten erst vor "
        "einer Woche davon erfahren und niemand habe sie gefragt. Im Dezember wird der Rat "
        "wieder zusammenkommen und über das Gebäude entscheiden."
    ),
    "fr": (
        "Le conseil municipal a décidé mardi soir de fermer l'ancienne piscine après que des "
        "ingénieurs ont trouvé de la rouille dans le toit. Les habitants disent n'avoir été "
        "prévenus que la semaine dernière et que personne ne leur a rien demandé. Le conseil se "
        "réunira de nouveau en décembre pour décider de l'avenir du bâtiment."
    ),
    "es": (
        "El ayuntamiento decidió el martes por la noche cerrar la vieja piscina después de que "
        "los ingenieros encontraran óxido en el techo. Los vecinos dijeron que se enteraron hace "
        "solo una semana y que nadie les había preguntado. El pleno volverá a reunirse en "
        "diciembre para decidir qué hacer con el edificio."
    ),
    "it": (
        "Il consiglio comunale ha deciso martedì sera di chiudere la vecchia piscina dopo che "
        "gli ingegneri hanno trovato ruggine nel tetto. Gli abitanti dicono di averlo saputo "
        "solo una settimana fa e che nessuno li ha consultati. Il consiglio si riunirà di nuovo "
        "a dicembre per decidere che cosa fare dell'edificio."
    ),
    "pt": (
        "A câmara municipal decidiu na terça-feira à noite fechar a antiga piscina depois que "
        "engenheiros encontraram ferrugem no telhado. Os moradores disseram que só souberam há "
        "uma semana e que ninguém lhes perguntou nada. A câmara volta a reunir-se em dezembro "
        "para decidir o que fazer com o edifício."
    ),
    "nl": (
        "De gemeenteraad heeft dinsdagavond besloten het oude zwembad te sluiten nadat "
        "ingenieurs roest in het dak hadden gevonden. Bewoners zeggen dat zij het pas een week "
        "geleden hebben gehoord en dat niemand hun iets heeft gevraagd. De raad komt in december "
        "opnieuw bijeen om over het gebouw te beslissen."
    ),
    "sv": (
        "Kommunfullmäktige beslutade på tisdagskvällen att stänga det gamla badhuset sedan "
        "ingenjörer hittat rost i taket. Invånarna säger att de fick veta det först för en vecka "
        "sedan och att ingen har frågat dem. Fullmäktige möts igen i december för att besluta "
        "vad som ska hända med byggnaden."
    ),
    "da": (
        "Byrådet besluttede tirsdag aften at lukke den gamle svømmehal, efter at ingeniører "
        "havde fundet rust i taget. Beboerne siger, at de først hørte om det for en uge siden, "
        "og at ingen har spurgt dem. Byrådet mødes igen i december for at beslutte, hvad der "
        "skal ske med bygningen."
    ),
    "no": (
        "Kommunestyret vedtok tirsdag kveld å stenge den gamle svømmehallen etter at ingeniører "
        "hadde funnet rust i taket. Innbyggerne sier at de først fikk vite det for en uke siden, "
        "og at ingen har spurt dem. Kommunestyret møtes igjen i desember for å avgjøre hva som "
        "skal skje med bygningen."
    ),
    "fi": (
        "Kaupunginvaltuusto päätti tiistai-iltana sulkea vanhan uimahallin, kun insinöörit "
        "olivat löytäneet ruostetta katosta. Asukkaat sanovat kuulleensa asiasta vasta viikko "
        "sitten, eikä kukaan ollut kysynyt heiltä mitään. Valtuusto kokoontuu joulukuussa "
        "uudelleen päättämään rakennuksen kohtalosta."
    ),
    "pl": (
        "Rada miasta zdecydowała we wtorek wieczorem o zamknięciu starego basenu, gdy "
        "inżynierowie znaleźli rdzę w dachu. Mieszkańcy mówią, że dowiedzieli się o tym dopiero "
        "tydzień temu i nikt ich o nic nie pytał. Rada zbierze się ponownie w grudniu, aby "
        "zdecydować o losie budynku."
    ),
    "cs": (
        "Městská rada v úterý večer rozhodla o uzavření starého bazénu poté, co inženýři našli "
        "ve střeše rez. Obyvatelé říkají, že se to dozvěděli teprve před týdnem a nikdo se jich "
        "na nic neptal. Rada se znovu sejde v prosinci, aby rozhodla o osudu budovy."
    ),
    "sk": (
        "Mestská rada v utorok večer rozhodla o zatvorení starej plavárne po tom, čo inžinieri "
        "našli v streche hrdzu. Obyvatelia hovoria, že sa to dozvedeli len pred týždňom a nikto "
        "sa ich na nič nepýtal. Rada sa opäť stretne v decembri, aby rozhodla o osude budovy."
    ),
    "hu": (
        "A városi tanács kedd este úgy döntött, hogy bezárja a régi uszodát, miután mérnökök "
        "rozsdát találtak a tetőben. A lakók azt mondják, hogy csak egy hete értesültek erről, "
        "és senki sem kérdezte meg őket. A tanács decemberben ismét összeül, hogy döntsön az "
        "épület sorsáról."
    ),
    "ro": (
        "Consiliul local a decis marți seara să închidă vechiul bazin după ce inginerii au găsit "
        "rugină în acoperiș. Locuitorii spun că au aflat abia acum o săptămână și că nimeni nu "
        "i-a întrebat nimic. Consiliul se va reuni din nou în decembrie pentru a decide soarta "
        "clădirii."
    ),
    "ru": (
        "Городской совет во вторник вечером решил закрыть старый бассейн после того, как "
        "инженеры нашли в крыше ржавчину. Жители говорят, что узнали об этом только неделю назад "
        "и что их никто не спрашивал. Совет снова соберётся в декабре, чтобы решить судьбу "
        "здания."
    ),
    "uk": (
        "Міська рада у вівторок увечері вирішила закрити старий басейн після того, як інженери "
        "знайшли в даху іржу. Мешканці кажуть, що дізналися про це лише тиждень тому і що їх "
        "ніхто не питав. Рада знову збереться у грудні, щоб вирішити долю будівлі."
    ),
    "bg": (
        "Общинският съвет реши във вторник вечерта да затвори стария басейн, след като инженери "
        "откриха ръжда в покрива. Жителите казват, че са научили едва преди седмица и никой не "
        "ги е питал. Съветът ще се събере отново през декември, за да реши съдбата на сградата."
    ),
    "el": (
        "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη το βράδυ να κλείσει το παλιό κολυμβητήριο, "
        "αφού μηχανικοί βρήκαν σκουριά στη στέγη. Οι κάτοικοι λένε ότι το έμαθαν μόλις πριν από "
        "μια εβδομάδα και ότι κανείς δεν τους ρώτησε. Το συμβούλιο θα συνεδριάσει ξανά τον "
        "Δεκέμβριο."
    ),
    "tr": (
        "Belediye meclisi, mühendislerin çatıda pas bulmasının ardından salı akşamı eski yüzme "
        "havuzunu kapatma kararı aldı. Mahalle sakinleri bunu ancak bir hafta önce "
        "öğrendiklerini ve kimsenin kendilerine bir şey sormadığını söylüyor. Meclis, binanın "
        "geleceğine karar vermek için aralıkta yeniden toplanacak."
    ),
    "ar": (
        "قرر مجلس المدينة مساء الثلاثاء إغلاق المسبح القديم بعد أن عثر المهندسون على صدأ في "
        "السقف. وقال السكان إنهم علموا بالأمر قبل أسبوع فقط وإن أحدا لم يسألهم عن شيء. وسيجتمع "
        "المجلس مرة أخرى في ديسمبر لتقرير مصير المبنى."
    ),
    "fa": (
        "شورای شهر سه‌شنبه شب تصمیم گرفت استخر قدیمی را پس از آن‌که مهندسان در سقف زنگ‌زدگی پیدا "
        "کردند تعطیل کند. ساکنان می‌گویند تنها یک هفته پیش خبردار شدند و کسی از آن‌ها چیزی "
        "نپرسید. شورا در ماه دسامبر دوباره برای تصمیم‌گیری درباره ساختمان جلسه خواهد داشت."
    ),
    "he": (
        "מועצת העיר החליטה ביום שלישי בערב לסגור את בריכת השחייה הישנה לאחר שמהנדסים מצאו חלודה "
        "בגג. התושבים אומרים כי נודע להם על כך רק לפני שבוע וכי איש לא שאל אותם דבר. המועצה "
        "תתכנס שוב בדצמבר כדי להחליט מה יעלה בגורל הבניין."
    ),
    "hi": (
        "नगर परिषद ने मंगलवार रात को पुराना तरणताल बंद करने का निर्णय लिया, क्योंकि इंजीनियरों "
        "को छत में जंग मिली थी। निवासियों का कहना है कि उन्हें केवल एक सप्ताह पहले पता चला और "
        "किसी ने उनसे कुछ नहीं पूछा। परिषद दिसंबर में इमारत के भविष्य पर फिर से बैठक करेगी।"
    ),
    "bn": (
        "প্রকৌশলীরা ছাদে মরিচা খুঁজে পাওয়ার পর মঙ্গলবার রাতে নগর পরিষদ পুরোনো সাঁতারকেন্দ্রটি "
        "বন্ধ করার সিদ্ধান্ত নিয়েছে। বাসিন্দারা বলছেন, তাঁরা মাত্র এক সপ্তাহ আগে বিষয়টি "
        "জেনেছেন এবং কেউ তাঁদের কিছু জিজ্ঞাসা করেনি। ভবনটির ভবিষ্যৎ নিয়ে পরিষদ ডিসেম্বরে আবার "
        "বসবে।"
    ),
    "th": (
        "สภาเมืองมีมติเมื่อคืนวันอังคารให้ปิดสระว่ายน"
        "้ำเก่า หลังจากวิศวกรพบสนิมในหลังคา ชาวบ้านกล"
        "่าวว่าพวกเขาเพิ่งทราบเรื่องเมื่อสัปดาห์ที่แล"
        "้วและไม่มีใครถามความเห็นของพวกเขาเลย สภาจะปร"
        "ะชุมอีกครั้งในเดือนธันวาคมเพื่อตัดสินอนาคตขอ"
        "งอาคาร"
    ),
    "vi": (
        "Hội đồng thành phố tối thứ Ba đã quyết định đóng cửa bể bơi cũ sau khi các kỹ sư phát "
        "hiện gỉ sét trên mái. Người dân nói rằng họ chỉ được biết cách đây một tuần và không ai "
        "hỏi ý kiến họ. Hội đồng sẽ họp lại vào tháng Mười Hai để quyết định số phận của tòa "
        "nhà."
    ),
    "id": (
        "Dewan kota memutuskan pada Selasa malam untuk menutup kolam renang lama setelah para "
        "insinyur menemukan karat di atapnya. Warga mengatakan mereka baru mengetahuinya "
        "seminggu yang lalu dan tidak ada yang bertanya kepada mereka. Dewan akan bertemu lagi "
        "pada bulan Desember untuk memutuskan nasib bangunan itu."
    ),
    "ja": (
        "市議会は火曜日の夜、技術者が屋根に錆を見つけたことを受けて、古いプールを閉鎖することを決"
        "めた。住民らは一週間前に初めて知らされ、誰からも意見を聞かれなかったと話している。市議会"
        "は十二月に再び会合を開き、建物の今後を決める予定だ。"
    ),
    "zh": (
        "市议会周二晚上决定关闭老游泳馆，此前工程师在屋顶上发现了锈蚀。居民们说，他们一周前才得知"
        "此事，而且没有人征求过他们的意见。市议会将于十二月再次开会，决定这座建筑的未来。"
    ),
    "ko": (
        "시의회는 기술자들이 지붕에서 녹을 발견한 뒤 화요일 밤 낡은 수영장을 "
        "폐쇄하기로 결정했다. 주민들은 불과 일주일 전에야 이 사실을 알았으며 "
        "아무도 자신들에게  "
        "묻지 않았다고 말한다. 시의회는 12월에 다시 모여 건물의 앞날을 결정할 예정이다."
    ),
}
# Of each language a line, and whom it names; nobody where it is a date.
LINES = {
    "en": [
        ("By Tova Brandt", "Tova Brandt"),
        ("November 24, 2026", DAY),
        ("Tuesday 24 November 2026 09.30 GMT", DAY),
        ("Published: 24th Nov 2026", DAY),
        ("Tue 24 Nov 2026", DAY),
        ("24/11/2026", DAY),
        ("11/24/2026", DAY),
        ("2026.11.24", DAY),
    ],
    "de": [
        ("Von Tova Brandt", "Tova Brandt"),
        ("24. November 2026, 9:30 Uhr", DAY),
        ("24.11.2026 | 09:30", DAY),
        ("Dienstag, 24.11.26", DAY),
        ("Veröffentlicht am 24. Nov. 2026", DAY),
    ],
    "fr": [
        ("Par Tova Brandt", "Tova Brandt"),
        ("Publié le 24 novembre 2026 à 09h30", DAY),
        ("24/11/2026 à 09:30", DAY),
        ("mardi 24 novembre 2026", DAY),
        ("Mis en ligne le 24 nov. 2026", DAY),
    ],
    "es": [
        ("Por Tova Brandt", "Tova Brandt"),
        ("24 de noviembre de 2026", DAY),
        ("24 NOV 2026 - 09:30 CET", DAY),
        ("martes, 24 de noviembre del 2026", DAY),
        ("Publicado el 24/11/2026 a las 09:30", DAY),
    ],
    "it": [
        ("di Tova Brandt", "Tova Brandt"),
        ("24 novembre 2026", DAY),
        ("Pubblicato il 24 novembre 2026 alle 09:30", DAY),
        ("martedì 24 novembre 2026", DAY),
        ("24 Nov 2026", DAY),
    ],
    "pt": [
        ("Por Tova Brandt", "Tova Brandt"),
        ("24 de novembro de 2026", DAY),
        ("24/11/2026 09h30", DAY),
        ("Publicado em 24 de nov. de 2026 às 09:30", DAY),
        ("24 nov 2026", DAY),
    ],
    "nl": [
        ("Door Tova Brandt", "Tova Brandt"),
        ("24 november 2026 om 09:30", DAY),
        ("dinsdag 24 nov. 2026", DAY),
        ("Gepubliceerd op 24-11-2026", DAY),
    ],
    "sv": [
        ("Av Tova Brandt", "Tova Brandt"),
        ("Publicerad 24 november 2026 kl 09.30", DAY),
        ("tisdag 24 nov 2026", DAY),
        ("2026-11-24 09:30", DAY),
    ],
    "da": [
        ("Af Tova Brandt", "Tova Brandt"),
        ("24. november 2026 kl. 09.30", DAY),
        ("Udgivet 24. nov. 2026", DAY),
    ],
    "no": [
        ("Av Tova Brandt", "Tova Brandt"),
        ("Publisert 24. november 2026 kl. 09:30", DAY),
        ("24.11.2026", DAY),
    ],
    "fi": [
        ("Teksti: Tova Brandt", "Tova Brandt"),
        ("24.11.2026 klo 9.30", DAY),
        ("24. marraskuuta 2026", DAY),
        ("Julkaistu 24.11.2026", DAY),
    ],
    "pl": [
        ("Autor: Tova Brandt", "Tova Brandt"),
        ("24 listopada 2026, 09:30", DAY),
        ("24 lis 2026", DAY),
        ("Data publikacji: 24.11.2026 r.", DAY),
    ],
    "cs": [
        ("Autor: Tova Brandt", "Tova Brandt"),
        ("24. listopadu 2026", DAY),
        ("24. 11. 2026 9:30", DAY),
        ("úterý 24. listopadu 2026", DAY),
    ],
    "sk": [
        ("Autor: Tova Brandt", "Tova Brandt"),
        ("24. novembra 2026", DAY),
        ("24. nov 2026 o 9:30", DAY),
    ],
    "hu": [
        ("Szerző: Kovács Anna", "Kovács Anna"),
        ("2026. november 24., kedd", DAY),
        ("2026. 11. 24. 09:30", DAY),
        ("2026. nov. 24.", DAY),
    ],
    "ro": [
        ("Autor: Tova Brandt", "Tova Brandt"),
        ("24 noiembrie 2026, 09:30", DAY),
        ("Publicat: 24 nov. 2026", DAY),
        ("de Tova Brandt", "Tova Brandt"),
    ],
    "ru": [
        ("Автор: Анна Петрова", "Анна Петрова"),
        ("24 ноября 2026, 09:30", DAY),
        ("Вторник, 24 ноября 2026 г.", DAY),
        ("24.11.2026", DAY),
        ("Текст: Анна Петрова", "Анна Петрова"),
    ],
    "uk": [
        ("Автор: Олена Коваль", "Олена Коваль"),
        ("24 листопада 2026, 09:30", DAY),
        ("Опубліковано 24.11.2026", DAY),
    ],
    "bg": [
        ("Автор: Елена Иванова", "Елена Иванова"),
        ("24 ноември 2026 г.", DAY),
        ("24.11.2026 09:30", DAY),
    ],
    "el": [
        ("Της Άννας Παπαδοπούλου", "Άννας Παπαδοπούλου"),
        ("24 Νοεμβρίου 2026", DAY),
        ("Τρίτη, 24 Νοεμβρίου 2026, 09:30", DAY),
        ("24/11/2026", DAY),
    ],
    "tr": [
        ("Yazar: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("24 Kasım 2026 Salı", DAY),
        ("24.11.2026 - 09:30", DAY),
        ("Yayınlanma: 24 Kasım 2026 09:30", DAY),
    ],
    "ar": [
        ("بقلم: ليلى حداد", "ليلى حداد"),
        ("24 نوفمبر 2026", DAY),
        ("الثلاثاء 24 نوفمبر 2026", DAY),
        ("٢٤ نوفمبر ٢٠٢٦", DAY),
        ("24 تشرين الثاني 2026", DAY),
        ("كتبت ليلى حداد", "ليلى حداد"),
        ("نشر في 24/11/2026", DAY),
    ],
    "fa": [
        ("نویسنده: لیلا احمدی", "لیلا احمدی"),
        ("۳ آذر ۱۴۰۵", DAY),
        ("سه‌شنبه ۳ آذر ۱۴۰۵ - ۰۹:۳۰", DAY),
        ("۱۴۰۵/۰۹/۰۳", DAY),
    ],
    "he": [
        ("מאת: דנה לוי", "דנה לוי"),
        ("24 בנובמבר 2026", DAY),
        ("24.11.2026", DAY),
        ("פורסם ב-24/11/2026", DAY),
    ],
    "hi": [
        ("लेखक: अनीता शर्मा", "अनीता शर्मा"),
        ("24 नवंबर 2026", DAY),
        ("मंगलवार, 24 नवम्बर 2026", DAY),
        ("24 Nov 2026, 09:30 AM IST", DAY),
        ("द्वारा अनीता शर्मा", "अनीता शर्मा"),
    ],
    "bn": [
        ("লেখক: অনিতা রায়", "অনিতা রায়"),
        ("২৪ নভেম্বর ২০২৬", DAY),
        ("প্রকাশ: ২৪ নভেম্বর ২০২৬, ০৯:৩০", DAY),
    ],
    "th": [
        ("โดย สมหญิง ใจดี", "สมหญิง ใจดี"),
        ("24 พฤศจิกายน 2569", DAY),
        ("24 พ.ย. 2569", DAY),
        ("เผยแพร่: 24 พ.ย. 69 09:30", DAY),
        ("24 พฤศจิกายน 2026", DAY),
    ],
    "vi": [
        ("Tác giả: Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("Thứ ba, 24/11/2026, 09:30 (GMT+7)", DAY),
        ("24 tháng 11, 2026", DAY),
        ("Ngày 24 tháng 11 năm 2026", DAY),
    ],
    "id": [
        ("Oleh Siti Rahma", "Siti Rahma"),
        ("Penulis: Siti Rahma", "Siti Rahma"),
        ("Selasa, 24 November 2026 09:30 WIB", DAY),
        ("24 Nov 2026", DAY),
    ],
    "ja": [
        ("文・中村真子", "中村真子"),
        ("2026年11月24日 09時30分", DAY),
        ("2026/11/24 09:30", DAY),
        ("2026年11月24日(火)", DAY),
        ("令和8年11月24日", DAY),
        ("取材・文／中村真子", "中村真子"),
    ],
    "zh": [
        ("记者 王小明", "王小明"),
        ("2026年11月24日 09:30", DAY),
        ("作者：王小明", "王小明"),
        ("2026-11-24 09:30:00", DAY),
        ("発布时间：2026-11-24", DAY),
        ("文/王小明", "王小明"),
        ("本报记者 王小明", "王小明"),
    ],
    "ko": [
        ("김민지 기자", "김민지"),
        ("2026년 11월 24일", DAY),
        ("입력 2026.11.24 09:30", DAY),
        ("2026-11-24 오전 9:30", DAY),
        ("글 김민지", "김민지"),
        ("승인 2026.11.24 09:30", DAY),
    ],
}


def read(language, line):
    story = STORIES[language]
    return newsextract.extract(
        f"<html lang={language}><title>{story[:40]}</title><body>"
        "<div><a href=/>Larkhaven</a> <a href=/a>A</a> <a href=/b>B</a></div><div>"
        f"<h1>{story[:40]}</h1><div><span>{line}</span></div><p>{story}</p><p>{story}</p></div>"
    )


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [(language, *pair) for language, lines in LINES.items() for pair in lines],
)
def test_the_line_below_the_headline_tells_who_wrote_or_when(language, line, told):
    article = read(language, line)

    if told == DAY:
        assert article.date is not None
        assert (str(article.date)[:10], article.authors) == (str(DAY), ())
    else:
        assert article.authors == (told,)
    assert line not in article.body
    assert article.language == language
