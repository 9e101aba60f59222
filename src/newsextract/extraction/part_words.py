"""What links between the parts of a story say, in the world's big languages.

Each is a pattern for a whole label, in lower case and without marks around it.
"""

__all__ = ["NEXT", "PAGE_WORDS", "PREVIOUS", "WHOLE"]

# What languages call a page, in addresses and on pages.
PAGE_WORDS = (
    "pages?|seite|página|pagina|pág|sidan?|side|sivu|strona|strana|stránka|oldal|sayfa|"
    "страница|стр|сторінка|σελίδα|halaman|trang|صفحة|الصفحة|صفحه|عمود|पृष्ठ|पेज|পৃষ্ঠা|หน้า|页|頁|ページ|페이지"
)
NEXT = (
    "next|next page|continue|continue reading|continued|read on|weiter|weiterlesen|nächste|nächste seite|zur nächsten seite|"
    "suivant|suivante|page suivante|la suite|lire la suite|siguiente|página siguiente|siguiente página|continuar|"
    "próxima|próximo|próxima página|seguinte|página seguinte|successiva|successivo|pagina successiva|avanti|prossima|continua|"
    "volgende|volgende pagina|verder|nästa|nästa sida|neste|neste side|næste|næste side|seuraava|seuraava sivu|"
    "następna|następny|następna strona|dalej|další|další strana|ďalšia|következő|következő oldal|pagina următoare|următoarea|"
    "επόμενη|επόμενη σελίδα|следующая|следующая страница|далее|вперед|дальше|наступна|наступна сторінка|далі|следваща|"
    "sonraki|sonraki sayfa|ileri|التالي|التالية|الصفحة التالية|بعدی|صفحه بعد|صفحه بعدی|הבא|העמוד הבא|לעמוד הבא|"
    "अगला|अगला पेज|अगला पृष्ठ|आगे पढ़ें|পরবর্তী|পরবর্তী পৃষ্ঠা|ถัดไป|หน้าถัดไป|หน้าต่อไป|tiếp|trang sau|tiếp theo|"
    "berikutnya|selanjutnya|halaman berikutnya|halaman selanjutnya|"
    "下一页|下页|下一頁|下頁|次へ|次のページ|次ページ|次のページへ|다음|다음 페이지|다음페이지"
)
PREVIOUS = (
    "previous|previous page|prev|back|zurück|vorige|vorherige seite|précédent|précédente|page précédente|anterior|página anterior|"
    "precedente|pagina precedente|indietro|vorige pagina|föregående|forrige|forrige side|edellinen|poprzednia|poprzednia strona|"
    "předchozí|előző|предыдущая|назад|попередня|önceki|önceki sayfa|السابق|السابقة|الصفحة السابقة|قبلی|صفحه قبل|הקודם|"
    "पिछला|পূর্ববর্তী|ก่อนหน้า|หน้าก่อนหน้า|trang trước|sebelumnya|上一页|上页|上一頁|前へ|前のページ|前ページ|이전|이전 페이지"
)
WHOLE = (
    "(?:view|read|show|see|print)?(?: (?:as|on|in|the))?(?: a)? ?(?:single page|one page|full (?:article|story|text)|all(?: pages)?)|"
    "single[- ]page(?: view)?|print(?: (?:version|view|this|article|page))?|printer[- ]friendly(?: version)?|"
    "auf einer seite(?: lesen| anzeigen)?|(?:artikel|alles) auf einer seite(?: lesen)?|komplettansicht|ganzen artikel lesen|drucken|druckversion|"
    "(?:lire |afficher |voir )?(?:sur|en) une(?: seule)? page|imprimer|version imprimable|"
    "(?:ver|leer) (?:todo )?en una(?: sola)? página|ver todo|imprimir|versión para imprimir|"
    "ver tudo|ler em uma (?:só|única) página|versão para impressão|leggi (?:tutto )?(?:in|su) (?:una|un'unica) pagina|stampa|"
    "(?:lees )?op één pagina|afdrukken|visa på en sida|skriv ut|vis på én side|udskriv|tulosta|"
    "(?:pokaż |czytaj )?na jednej stronie|drukuj|na jedné stránce|vytisknout|egy oldalon|nyomtatás|"
    "(?:читать |показать )?(?:на одной странице|одной страницей|целиком|полностью)|версия для печати|на одній сторінці|версія для друку|"
    "tek sayfada(?: oku| göster)?|yazdır|عرض الكل|في صفحة واحدة|طباعة|در یک صفحه|چاپ|בעמוד אחד|הדפסה|גרסה להדפסה|"
    "एक पेज पर|प्रिंट|একসাথে|প্রিন্ট|อ่านทั้งหมด|พิมพ์|xem (?:tất cả|trên một trang)|in bài|"
    "(?:lihat |baca |tampilkan )?(?:semua|selengkapnya|semua halaman)|show all|cetak|"
    "全文阅读|阅读全文|查看全文|余下全文|显示全文|全文|打印|閱讀全文|列印|全文を(?:読む|表示)|1ページで(?:読む|表示)|印刷|전체 ?보기|한 페이지로 보기|인쇄"
)
