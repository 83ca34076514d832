import { beginsWithDigit } from '../dates/date-tokens.ts'
import { isElapsedTime } from './elapsed-time.ts'
import { firstWordIn, firstWords, isSpaceless, lastWordIn, phrases, words, wordsIn } from './line-words.ts'

const longest = 100

/**
 * Is the line not the article but what a page puts around it: buttons to share, the time to read, the number of comments, "Advertisement", links to
 * other stories, sign-ups? A line is it as a whole: a sentence that holds such a word is text.
 */
export function isFurniture(line: string): boolean {
  if (line.length > longest) return false
  if (isSpaceless(line) && together.test(line.replace(/[\s:：・·]/gu, ''))) return true
  const first = firstWordIn(line)
  if (isElapsedTime(line)) return true
  if (!beginnings.has(first) && !beginsWithDigit(first) && !lastSigns.has(lastWordIn(line))) return false
  if (leadBegins.has(first) && leads.some(lead => lead.test(line))) return true
  if (labelBegins.has(first) && labels.has(wordsIn(line).join(' '))) return true
  if ((signs.has(first) || lastSigns.has(lastWordIn(line))) && isSignUp(line)) return true
  if (buttonWords.has(first) && isButton(line)) return true
  return (countBegins.has(first) || beginsWithDigit(first)) && isCount(line)
}

/** A notice that a page lays over all else, and links for who hears it read. */
const consent = words(
  'accept agree consent use uses using zustimmen akzeptieren akzeptiere verwenden verwendet nutzen nutzt utilise utilisons utilisent accepter acceptez utilizamos utiliza usamos usa aceptar acepta aceitar aceita utilizziamo utilizza usiamo accetta accettare gebruiken gebruikt accepteren använder accepterar bruker bruger używamy używa akceptuję používáme ' +
    'используем использует принять використовуємо kullanıyoruz kullanır kabul χρησιμοποιούμε χρησιμοποιεί αποδοχή نستخدم يستخدم',
)
const skips = phrases(
  'skip to content, skip to main content, skip navigation, zum inhalt springen, zum inhalt, zum hauptinhalt springen, aller au contenu, aller au contenu principal, ir al contenido, saltar al contenido, ir al contenido principal',
  'pular para o conteúdo, ir para o conteúdo, saltar para o conteúdo, vai al contenuto, salta al contenuto, ga naar inhoud, ga naar de inhoud, hoppa till innehåll, hopp til innhold, siirry sisältöön, przejdź do treści, přejít k obsahu, ugrás a tartalomhoz, sari la conținut',
  'перейти к содержимому, перейти к содержанию, перейти до вмісту, içeriğe geç, μετάβαση στο περιεχόμενο, تخطى إلى المحتوى, التجاوز إلى المحتوى, رفتن به محتوا, דלג לתוכן, सामग्री पर जाएं, 跳至内容, 跳到内容, コンテンツへスキップ, 본문 바로가기, lewati ke konten, chuyển đến nội dung',
)

/** Does a page show the line above all else, whatever its article is: a notice of cookies that asks for consent, a link to skip what is repeated? */
export function isOverlaid(line: string): boolean {
  if (line.length > 400) return false
  if (line.length <= longest && skips.has(wordsIn(line).join(' '))) return true
  if (!/cookie|куки/i.test(line)) return false
  return /[.!]/.test(line) && wordsIn(line).some(word => consent.has(word))
}

/** Is the line the name of a network? Beside others it is a button. */
export function isNetwork(line: string): boolean {
  return line.length <= 12 && networks.has(firstWordIn(line)) && wordsIn(line).length === 1
}

/** Does the line head the readers' comments? What stands below is not the article. */
export function headsComments(line: string): boolean {
  return commentHeads.has(headingIn(line))
}

/** Does the line head the readers' comments, or a list of other stories? */
export function isEnd(line: string): boolean {
  if (line.length > 60) return false
  const heading = beginsWithDigit(line) ? line.replace(/^\p{Nd}+ /u, '') : line
  return endBegins.has(firstWordIn(heading)) && ends.has(headingIn(line))
}

/** Without the number of comments, `Kommentare (12)`, `コメント12件`. */
function headingIn(line: string): string {
  return wordsIn(line.replace(/[(（]?\p{Nd}{1,6}[)）]?(?:件|条|條|則|개)?の?/gu, ' ')).join(' ')
}

const labels = phrases(
  'share, share this, share this article, share article, tweet, advertisement, advertising, ad, sponsored, sponsored content, article continues below, article continues below advertisement, story continues below advertisement, continue reading, read more, copy link, link copied, print, print this article, listen to this article, save for later, skip to content, back to top, leave a comment, add a comment, post a comment, view comments, show comments, no comments, no comments yet, be the first to comment, join the discussion, join the conversation, listen to article, listen, save, save article, email this, email this article, subscribe, sign up, log in',
  'anzeige, werbung, weiterlesen, mehr lesen, link kopieren, drucken, seite drucken, artikel drucken, kommentar schreiben, kommentare anzeigen, keine kommentare, teilen, per e-mail versenden, per e-mail senden, per mail versenden, merken, vorlesen, zur merkliste, artikel merken, artikel teilen, diesen artikel teilen, beitrag teilen, diesen beitrag teilen, seite teilen, zur startseite, artikel anhören, lade weitere inhalte, bild anzeigen',
  'publicité, lire plus, lire la suite, copier le lien, imprimer, lire aussi, réagir, réagir à cet article, aucun commentaire, pas de commentaire, laisser un commentaire, ajouter un commentaire, envoyer par e-mail, enregistrer, partager, partager cet article, commenter, la suite après cette publicité, écouter cet article',
  'publicidad, anuncio, leer más, seguir leyendo, copiar enlace, imprimir, compartir, compartir este artículo, comentar, deja un comentario, deje un comentario, dejar un comentario, sin comentarios, no hay comentarios, enviar por correo, guardar, escuchar, escuchar este artículo, ver comentarios',
  'publicidade, continua após a publicidade, leia mais, ler mais, continue lendo, copiar link, compartilhar, partilhar, compartilhe, deixe um comentário, deixe o seu comentário, sem comentários, nenhum comentário, enviar por e-mail, ouvir este artigo, nessun commento, lascia un commento, invia per e-mail, salva, pubblicità, leggi tutto, continua a leggere, copia link, stampa, condividi, commenta, ascolta questo articolo',
  'advertentie, lees meer, lees verder, kopieer link, afdrukken, delen, deel dit artikel, reageer, geen reacties, plaats een reactie, laat een reactie achter, opslaan, inga kommentarer, skriv en kommentar, lämna en kommentar, spara, ingen kommentarer, annons, läs mer, kopiera länk, skriv ut, dela, dela artikeln, annonce, læs mere, kopier link, udskriv, del, del artiklen, reklame, les mer, kopier lenke, del artikkelen',
  'reklama, czytaj więcej, czytaj dalej, kopiuj link, drukuj, udostępnij, skomentuj, brak komentarzy, dodaj komentarz, zapisz, žádné komentáře, přidat komentář, nincs hozzászólás, dalsza część tekstu pod reklamą, číst dále, sdílet, hirdetés',
  'реклама, читать далее, читать дальше, скопировать ссылку, распечатать, поделиться, комментировать, нет комментариев, комментариев нет, оставить комментарий, добавить комментарий, немає коментарів, залишити коментар, сохранить, читати далі, скопіювати посилання, поділитися, поширити, роздрукувати',
  'reklam, devamını oku, devamı, bağlantıyı kopyala, linki kopyala, yazdır, paylaş, yorum yap, yorum yok, yorum yaz, kaydet, κανένα σχόλιο, αφήστε σχόλιο, δεν υπάρχουν σχόλια, διαφήμιση, διαβάστε περισσότερα, αντιγραφή συνδέσμου, εκτύπωση, κοινοποίηση, μοιραστείτε',
  'إعلان, اعلان, إعلانات, اقرأ المزيد, نسخ الرابط, طباعة, مشاركة, شارك, شارك المقال, لا توجد تعليقات, أضف تعليقا, اترك تعليقا, أضف تعليقك, استمع, نظر بدهید, בלי תגובות, אין תגובות, הוסף תגובה, הוסיפו תגובה, آگهی, تبلیغات, ادامه مطلب, بیشتر بخوانید, کپی لینک, چاپ, اشتراک گذاری, اشتراک‌گذاری, פרסומת, קרא עוד, קראו עוד, להמשך קריאה, העתק קישור, הדפסה, שתף, שתפו, שיתוף',
  'विज्ञापन, और पढ़ें, आगे पढ़ें, लिंक कॉपी करें, प्रिंट करें, शेयर करें, साझा करें, कोई टिप्पणी नहीं, टिप्पणी करें, belum ada komentar, tulis komentar, chưa có bình luận, viết bình luận, โฆษณา, แชร์, แสดงความคิดเห็น, อ่านต่อ, คัดลอกลิงก์, বিজ্ঞাপন, শেয়ার করুন, iklan, baca selengkapnya, salin tautan, cetak, bagikan, bagikan artikel, quảng cáo, đọc thêm, xem thêm, sao chép liên kết, in bài viết, chia sẻ',
  '广告, 廣告, 阅读全文, 閱讀全文, 阅读更多, 閱讀更多, 复制链接, 複製連結, 打印, 列印, 分享, 分享文章, 広告, 続きを読む, リンクをコピー, 印刷, ツイート, ツイートする, ポスト, コメントはありません, コメントなし, コメントを書く, 保存, 暂无评论, 发表评论, 尚無留言, 收藏, 朗读, シェア, シェアする, 共有, 광고, 더 보기, 더보기, 기사 더보기, 링크 복사, 인쇄, 공유, 공유하기, 기사 공유, 댓글 없음, 댓글 쓰기, 댓글쓰기, 의견 남기기, 스크랩, 글자 크기, 글자크기, 기사 듣기, 메일 보내기, url 복사',
)

/** A link to another story: a label, a colon, and its headline. */
const leads = [
  /^(?:read (?:more|also|next)|more on this|related(?: (?:story|article))?|recommended|don['’]t miss|mehr zum thema|lesen sie (?:auch|hier|mehr)|lies auch|auch lesen|auch interessant|weiterlesen|lire aussi|à lire aussi|à lire|voir aussi|lea (?:también|más|aquí|además)|lee (?:también|más)|leer (?:más|también)|vea también|mira(?: también)?|puedes ver|(?:te|le) puede interesar|leia (?:também|mais)|veja também|saiba mais|leggi anche|lees ook|lees meer|läs (?:mer|också|även)|læs (?:mere|også)|les (?:mer|også)) ?[:：]/iu,
  /^(?:czytaj (?:też|także|więcej|również)|zobacz (?:też|także)|читайте (?:также|ещё|еще|також)|читать (?:также|далее)|подробнее|ayrıca okuyun|ilgili haber|devamını oku|διαβάστε (?:επίσης|ακόμη|ακόμα|περισσότερα)|اقرأ (?:أيضا|أيضًا|المزيد)|اقرا ايضا|بیشتر بخوانید|همچنین بخوانید|קראו (?:גם|עוד)|यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|baca juga|xem thêm|đọc thêm|延伸阅读|延伸閱讀|相关阅读|相關新聞|相关新闻|関連記事|あわせて読みたい|관련 ?기사|더 ?보기) ?[:：]/iu,
]

/** Without spaces between words. */
const together =
  /^(?:(?:この記事は|阅读|閱讀|预计阅读)?(?:时间|時間)?(?:约|約)?\d{1,3}分(?:钟|鐘)?(?:阅读|閱讀|で読めます|で読める)|(?:阅读时间|閱讀時間|読了時間|読了目安|読み終わるまで)(?:约|約)?\d{1,3}分(?:钟|鐘)?|읽는시간:?(?:약)?\d{1,3}분|\d{1,3}분(?:분량|소요|읽기)|(?:评论|評論|留言|コメント|댓글)[(（]?\d{1,6}[)）]?(?:件|条|條|개)?|\d{1,6}(?:条评论|條評論|則留言|件のコメント|개의댓글)|(?:订阅|訂閱)\S{0,8}(?:电子报|電子報|通讯|通訊)|(?:ニュースレター|メルマガ)[にをの]?(?:登録|購読)(?:する)?|分享(?:到|至)\S{1,10}|\S{1,10}(?:でシェア|에공유|로공유)(?:하기|する)?|(?:페이스북|트위터|카카오톡|카카오스토리|네이버|네이버블로그|밴드|텔레그램|라인)(?:으로|로|에)?공유(?:하기)?|(?:조회수?|阅读量?|浏览量?|瀏覽數?|點閱|閲覧数)[\d,.]{1,12}(?:次|回|회|万|萬)?|(?:댓글|评论|評論|コメント)[(（]?0[)）]?(?:件|条|條|개)?|\d{1,3}(?:秒|分钟?|分鐘?|小时|小時|時間|天|日|분|시간|일)(?:前|전)(?:更新)?|(?:업데이트|更新)\d{1,3}(?:分钟?|分鐘?|小时|小時|時間|天|日|분|시간|일)(?:前|전)|저작권자(?:\(c\)|©|ⓒ)?.{0,40}무단전재.{0,24})$/iu

const networks = words(
  'facebook twitter x whatsapp telegram linkedin pinterest reddit instagram threads bluesky mastodon email e-mail mail viber messenger vk line ' +
    'facebooku twitterze twitteru בפייסבוק בטוויטר בוואטסאפ בטלגרם flipboard pocket tiktok youtube xing sms google news вконтакте одноклассники телеграм фейсбук твиттер ватсап واتساب فيسبوك تويتر تيليجرام فیسبوک توییتر تلگرام ' +
    'פייסבוק טוויטר ווטסאפ फेसबुक ट्विटर व्हाट्सएप facebookta twitterda whatsappta xte facebookda facebook-ta facebook‘ta μέσω',
)
const sharing = words(
  'share tweet post follow teilen tweeten senden folgen partager partagez envoyer suivez compartir comparte enviar síguenos compartilhar compartilhe partilhar partilhe siga ' +
    'condividi invia segui seguici delen deel volg dela följ del følg udostępnij podziel wyślij obserwuj sdílet поделиться поделитесь отправить подпишитесь поділитися поширити надіслати paylaş gönder takip ' +
    'κοινοποίηση μοιραστείτε κοινοποιήστε شارك مشاركة شاركها تابعنا اشتراک بفرستید שתף שתפו שיתוף शेयर साझा bagikan kirim chia sẻ gửi',
)
const small = words(
  'on via to by with this the article story page us our at in in auf per über bei an diesen artikel uns beitrag sur par cet article avec nous en por con este artículo esta nota no pelo este artigo su per questo articolo ' +
    'op met dit artikel på med denne artikkelen artikeln artiklen na przez ten artykuł w в на через статью у через da üzerinden haberi bu et ile στο με αυτό το άρθρο على عبر المقال هذا در با این مطلب ב את הכתבה पर करें को di ke artikel ini lên qua bài viết này',
)

/** `Share on Facebook`, `Auf WhatsApp teilen`; a network alone is one only beside others. */
function isButton(line: string): boolean {
  if (!isAllOf(line, buttonWords)) return false
  const found = wordsIn(line)
  if (found.length > 8 || !found.every(word => networks.has(word) || sharing.has(word) || small.has(word))) return false
  const named = found.filter(word => networks.has(word)).length
  return named > 0 && (found.some(word => sharing.has(word)) || (named > 2 && named === found.length))
}

const minutes = words(
  'min mins minute minutes minuten minuto minutos minuti minuut minuter minutter minut minuty minuta мин минут минуты минута хв хвилин хвилини dk dakika dakikada λεπτά λεπτό ' +
    'دقيقة دقائق دقیقه דקות דקה मिनट menit phút',
)
const reading = words(
  'read reading time lesezeit lesedauer lesen lecture temps lectura tiempo leitura tempo lettura leestijd lezen läsning lästid läs læsetid læsning lesetid czytania czytanie czas чтения чтение время читання час читати okuma süresi oku ανάγνωση ανάγνωσης χρόνος ' +
    'قراءة القراءة للقراءة وقت مدة خواندن زمان مطالعه קריאה זמן पढ़ने का समय पढ़ें में waktu baca membaca thời gian đọc',
)
const comments = words(
  'comment comments kommentar kommentare kommentarer commentaire commentaires comentario comentarios comentário comentários commento commenti reactie reacties komentarz komentarze komentarzy комментарий комментарии комментариев комментария коментар коментарі коментарів yorum yorumlar ' +
    'σχόλιο σχόλια تعليق تعليقات نظر دیدگاه תגובה תגובות टिप्पणी टिप्पणियां टिप्पणियाँ komentar',
)
const viewing = words(
  'view views read reads aufruf aufrufe vue vues lecture lectures vista vistas visualización visualizaciones visualizações visualizzazioni letture lecturas weergaven visningar visninger katselukertaa wyświetleń odsłon zobrazení megtekintés просмотр просмотра просмотров перегляд перегляди переглядів ' +
    'görüntüleme görüntülenme okunma okundu προβολές مشاهدة مشاهدات المشاهدات بازدید צפיות dilihat kali lượt xem',
)
const links = words('de di der in για do la of لل ב dari')

/** `3 min read`, `Lesezeit: 3 Minuten`, `12 comments`: a number of minutes or comments, and nothing else. */
function isCount(line: string): boolean {
  if (line.length > 60 || !isAllOf(line, countBegins)) return false
  const found = wordsIn(line)
  if (isViews(line, found)) return true
  if (found.length > 6 || found.filter(word => /^\p{Nd}{1,6}$/u.test(word)).length !== 1) return false
  const rest = found.filter(word => !/^\p{Nd}/u.test(word) && !links.has(word))
  const told = rest.filter(word => minutes.has(word)).length
  if (rest.length > 0 && rest.every(word => comments.has(word))) return true
  return told === 1 && rest.length > 1 && rest.every(word => minutes.has(word) || reading.has(word))
}

/** `1.2K views`, `1 234 просмотра`. */
function isViews(line: string, found: readonly string[]): boolean {
  const rest = found.filter(word => !/^\p{Nd}/u.test(word))
  const isNumbered =
    rest.length < found.length &&
    /^(?:\D{0,24}[:：] ?)?\p{Nd}[\p{Nd}.,\s]{0,11}(?:[km]|тыс\.?|mil)? ?\D{0,24}$/iu.test(line)
  return isNumbered && rest.length > 0 && rest.length < 3 && rest.every(word => viewing.has(word))
}

const letters = [
  ...words(
    'newsletter nieuwsbrief nyhetsbrev nyhedsbrev boletín boletim рассылк розсилк bülten نشرت خبرنامه ניוזלטר न्यूज़लेटर न्यूजलेटर δελτίο bản buletin 뉴스레터',
  ),
]
const signs = words(
  'sign subscribe get join receive register abonnieren melden abonnez-vous inscrivez-vous recevez suscríbete suscríbase suscribirse recibe apúntate assine inscreva-se receba subscreva iscriviti ricevi abbonati schrijf ontvang meld prenumerera anmäl tilmeld meld få abonner zapisz subskrybuj zamów ' +
    'подпишитесь подписаться получайте підпишіться підписатися abone εγγραφείτε λάβετε اشترك اشتركوا سجل مشترک عضو הירשמו הרשמו סדוסקרייב सब्सक्राइब berlangganan daftar đăng',
)
const lastSigns = words('anmelden abonnieren abonnér olun ol करें लें कीजिए شوید 登録 구독 구독하기 signup')

/** In English what follows the letter may make it another thing: `the newsletter team`. */
const englishSigns = words('sign subscribe get join receive register')
const behindLetter = words(
  'today now here for and from with by in every each daily weekly free straight delivered via this please',
)
const mostBehind = 4

/**
 * `Sign up for our newsletter`: an order to the reader and nothing else, its verb at its beginning, or its end where verbs stand there. A sentence
 * goes on behind the letter with who says so, what becomes of it, or a comma.
 */
function isSignUp(line: string): boolean {
  if (/[,،、;:："“”«»„()]|[?？؟]$/u.test(line)) return false
  const found = wordsIn(line)
  if (found.length > 14) return false
  const at = found.findLastIndex(word => letters.some(letter => word.startsWith(letter) || word.endsWith(letter)))
  const behind = found.slice(at + 1)
  if (at < 0 || behind.length > mostBehind) return false
  if (englishSigns.has(found[0] ?? '') && behind[0] !== undefined && !behindLetter.has(behind[0])) return false
  // Who reports is named, and a name has a capital.
  const written = line.split(' ').filter(piece => /[\p{L}\p{N}]/u.test(piece))
  return !written
    .slice(written.length - behind.length)
    .some((piece, index) => behind.length > index && /^\p{Lu}/u.test(piece))
}

const leadBegins = words(
  'read more related recommended don don’t mehr lesen auch weiterlesen lire à lies voir lea lee leer te le vea mira puedes leia veja saiba leggi lees läs læs les czytaj zobacz читайте читать',
  'подробнее ayrıca ilgili devamını διαβάστε اقرأ اقرا بیشتر همچنین קראו यह ये और baca xem đọc 延伸阅读 延伸閱讀 相关阅读 相關新聞 相关新闻 関連記事 あわせて読みたい 관련 관련기사 더 더보기',
)
const labelBegins = firstWords(labels)
const buttonWords = new Set([...networks, ...sharing, ...small])
const countBegins = new Set([...minutes, ...reading, ...comments, ...viewing, ...links])
/** Is every piece of a line a number or such a word? Most lines are told by their second. */
function isAllOf(line: string, all: ReadonlySet<string>): boolean {
  for (let at = 0; at < line.length;) {
    const space = line.indexOf(' ', at)
    const end = space < 0 ? line.length : space
    const word = firstWordIn(line.slice(at, end))
    if (word !== '' && !all.has(word) && !beginsWithDigit(word)) return false
    at = end + 1
  }
  return true
}

/** What a line of these kinds begins with. */
const beginnings = new Set([...leadBegins, ...labelBegins, ...buttonWords, ...countBegins, ...signs])

const commentHeads = phrases(
  'comment, kommentar, commentaire, comentario, comentário, reactie, komentarz, комментарий, комментария, комментариев, коментарів, yorum, σχόλιο, comments, reader comments, kommentare, leserkommentare, commentaires, comentarios, comentários, commenti, reacties, kommentarer, komentarze',
  'комментарии, коментарі, yorumlar, σχόλια, تعليقات, التعليقات, نظرات, دیدگاه‌ها, תגובות, टिप्पणियां, टिप्पणियाँ, komentar, bình luận, 评论, 評論, 网友评论, コメント, 댓글',
)

const ends = phrases(
  'comments, reader comments, related, related articles, related stories, related news, related coverage, related posts, related content, more stories, more news, you may also like, recommended, most read, most popular, trending, latest news, read next, more from this section',
  'kommentare, leserkommentare, mehr zum thema, das könnte sie auch interessieren, das könnte dich auch interessieren, das thema könnte dich auch interessieren, auch interessant, ähnliche beiträge, ähnliche artikel, weitere artikel, weitere beiträge, empfohlene beiträge, verwandte artikel, verwandte beiträge, verwandte themen, meistgelesen, commentaires, articles liés, sur le même sujet, à lire aussi, les plus lus, vous aimerez aussi',
  'comentarios, noticias relacionadas, artículos relacionados, lo más leído, te puede interesar, también te puede interesar, le puede interesar, ver también, vea también, comentários, notícias relacionadas, mais lidas, veja também, leia também, commenti, articoli correlati, potrebbe interessarti, i più letti, leggi anche',
  'reacties, gerelateerde artikelen, lees ook, meest gelezen, kommentarer, relaterade artiklar, läs också, mest lästa, relaterede artikler, læs også, mest læste, relaterte saker, les også, mest lest',
  'komentarze, powiązane artykuły, czytaj także, najczęściej czytane, комментарии, читайте также, похожие новости, материалы по теме, коментарі, читайте також, схожі новини, матеріали за темою',
  'yorumlar, ilgili haberler, bunlar da ilginizi çekebilir, en çok okunanlar, σχόλια, σχετικά άρθρα, διαβάστε επίσης, διαβάστε ακόμη, τα πιο δημοφιλή, تعليقات, التعليقات, مواضيع ذات صلة, أخبار ذات صلة, اقرأ أيضا, الأكثر قراءة',
  'نظرات, دیدگاه‌ها, مطالب مرتبط, اخبار مرتبط, תגובות, כתבות נוספות, עוד בנושא, टिप्पणियां, टिप्पणियाँ, संबंधित खबरें, यह भी पढ़ें, ये भी पढ़ें, komentar, berita terkait, baca juga, bình luận, tin liên quan, bài viết liên quan, xem thêm',
  '评论, 評論, 网友评论, 相关新闻, 相關新聞, 相关文章, 延伸閱讀, 延伸阅读, コメント, 関連記事, 関連ニュース, あわせて読みたい, 댓글, 관련 기사, 관련기사, 많이 본 뉴스, 인기 기사',
)

const endBegins = firstWords(ends)
