"""Words that say what a date is of, in the languages most of the world's news is in.

They are looked for in lower-case text: to ignore case takes ten times as long.
"""

import re

__all__ = ["CALLED_DATE", "CHANGED", "JOINED", "RELEASED", "THIS_STORY"]

# What announces a change, stem by stem, and what announces a publication.
CHANGED = re.compile(
    r"updat|modif|last edit|revised|actuali[sz]|atuali[sz]|aggiornat|aktualis|aktualiz|geändert|"
    r"stand\b|letzte änderung|mis à jour|bijgewerkt|gewijzigd|uppdater|oppdater|opdater|päivitetty|"
    r"обновл|изменен|güncel|تحديث|به‌روز|بروزرسانی|עודכן|अपडेट|更新|改定|수정|업데이트|อัปเดต|"
    r"cập nhật|diperbarui|оновлен|обновен|frissít|ενημερώθηκε|ažurir|atnaujin|uuenda|আপডেট|"
    r"হালনাগাদ|kemas kini"
)
RELEASED = re.compile(
    # Not advertisements ("Publicidad", "Publicité"), nor what is public.
    r"publi(?<!republi)(?!c(?:id|it|s?\b))|posted|created|issued|veröffentlicht|erstellt|erschienen|"
    r"pubblicat|geplaatst|skapad|опублик|yayın|نشر|منتشر|פורסם|प्रकाशित|发布|發布|公開|掲載|입력|등록|"
    r"เผยแพร่|đăng|terbit|dodano|vydáno|julkaistu|опублік|оприлюдн|megjelen|zverejnen|δημοσιεύ|"
    r"objavljen|objavil|paskelb|avaldatud|প্রকাশ|siarkan"
)
# How a page speaks of the story on it, as templates of WordPress do in the language of the site.
THIS_STORY = re.compile(
    r"this (?:entry|post|article|story|page)|dieser (?:beitrag|artikel|eintrag)|cet article|"
    r"cette entrée|ce billet|esta entrada|este artículo|esta nota|este artigo|esta publicação|"
    r"este post|questo articolo|questa voce|questo post|dit (?:bericht|artikel)|det här inlägget|"
    r"denna artikel|dette indlæg|denne artikel|dette innlegg|ten (?:wpis|artykuł)|"
    r"tento (?:příspěvek|článek)|(?:эта )?(?:запись|статья)|bu (?:yazı|haber|makale)|"
    r"ez a (?:bejegyzés|cikk)|tämä (?:artikkeli|kirjoitus)|acest articol|هذه? (?:المقال|التدوين)|"
    r"この(?:記事|投稿|エントリー)|本文|이 (?:글|기사)"
)
# What a date is called where it is called nothing else.
CALLED_DATE = re.compile(
    r"(?:date|datum|fecha|data|dato|dátum|päivämäärä|tarih|дата|ημερομηνία|التاريخ|تاريخ|تاریخ|"
    r"תאריך|दिनांक|तारीख|日期|日付|날짜|tanggal)\s*[:：]?\s*(?=\d|$)"
)
# When the writer of a post became a member of the forum.
JOINED = re.compile(
    r"joined|member since|registered|mitglied seit|dabei seit|registriert|miembro desde|registrado|"
    r"membro desde|inscrit|membre depuis|iscritt|membro dal|lid sinds|geregistreerd|"
    r"medlem (?:sedan|siden)|registrerad|liittynyt|dołączył|zarejestrowany|"
    r"registrován|зарегистрирован|регистрация|"
    r"katılım|kayıt tarihi|تاريخ التسجيل|注册|註冊|加入|登録日|가입"
)
