import { Unusable } from '../../../errors.ts'
import { hasDigits } from '../dates/date-tokens.ts'
import type { Hints } from '../draft.ts'
import { sentenceEnd } from '../paragraphs.ts'
import { isOverlaid } from './furniture.ts'
import { isLabel, type Line } from './line.ts'
import { isAddress } from './pictures.ts'
import { lastWordIn, phrases, words, wordsIn } from './line-words.ts'

/** The headline, what stood above it, and where the rest begins. */
export interface Headline {
  title: Line
  /** The rubric above it, or the last step of the way through the site. */
  section?: string
  /** Index of the line behind it. */
  end: number
}

/**
 * Finds the headline of a page dump: the first line, but for a way through the site, a section or a kicker above it; two lines where one was
 * broken. Undefined for an empty text. Throws `Unusable` where it could be either of two lines.
 */
export function findHeadline(lines: readonly Line[], hints: Hints): Headline | undefined {
  const first = belowMenu(lines)
  const line = lines[first]
  if (line === undefined) return undefined
  const second = nextText(lines, first + 1)
  const above = second < lines.length ? sectionAbove(line, lines, second, hints) : undefined
  if (above === undefined) return joined(lines, first)
  const headline = joined(lines, second)
  const section = above.section !== undefined && above.section !== headline.title.text ? above.section : undefined
  return { ...headline, ...(section !== undefined && { section }) }
}

/** Where a page's menu stands line by line above all else, `Home`, `News`, `Local`, the last of its lines that may head an article. */
function belowMenu(lines: readonly Line[]): number {
  let first = nextText(lines, 0)
  while (isOverlaid(lines[first]?.text ?? '')) first = nextText(lines, first + 1)
  if (!isHome(lines[first]?.text ?? '')) return first
  let at = nextText(lines, first + 1)
  for (let next = nextText(lines, at + 1); isSection(lines[next]?.text) && isSection(lines[at]?.text);) {
    at = next
    next = nextText(lines, at + 1)
  }
  return at < lines.length ? at : first
}

function isHome(text: string): boolean {
  return text.length <= 40 && homes.has(wordsIn(text).join(' '))
}

function isSection(text = ''): boolean {
  return text.length <= 40 && sections.has(wordsIn(text).join(' '))
}

function nextText(lines: readonly Line[], from: number): number {
  const index = lines.findIndex(({ text }, at) => at >= from && text !== '')
  return index < 0 ? lines.length : index
}

/** Is the first line no headline? Then the section that it names, if any. */
function sectionAbove(
  { text, number }: Line,
  lines: readonly Line[],
  second: number,
  hints: Hints,
): { section?: string } | undefined {
  const next = lines[second]
  if (text.length > 120 || next === undefined || isAddress(next.text)) return undefined
  const steps = stepsOf(text, next.text, hints)
  if (steps !== undefined) {
    const last = steps.findLast(step => !homes.has(wordsIn(step).join(' ')))
    return last !== undefined && isLabel(last) ? { section: last } : {}
  }
  if (text.length > 40) return undefined
  if (isSection(text)) {
    if (isHeadlineLike(next.text, hints)) return { section: text }
    if (isLabel(next.text) && !isSection(next.text) && next.text !== hints.publisher && isUndated(next.text))
      throw doubtful(text, next.text, number)
    return undefined
  }
  if (!isCapitalLabel(text) || !isHeadlineLike(next.text, hints)) return undefined
  if (!hasStandfirst(lines.slice(second + 1, second + 12), hints)) {
    throw doubtful(text, next.text, number)
  }
  return { section: text.replace(/[:|]$/, '').trim() }
}

function doubtful(one: string, other: string, line: number): Unusable {
  return new Unusable(`It is doubtful whether “${one}” or “${other.slice(0, 80)}” is the headline.`, line)
}

function isUndated(text: string): boolean {
  return !hasDigits(text, 4)
}

/** `CIUDAD`, `LOCAL LIFE:` up to three words. */
function isCapitalLabel(text: string): boolean {
  if (/\p{Ll}|\p{Nd}/u.test(text) || !/\p{Lu}{3}/u.test(text)) return false
  return !sentenceEnd.test(text) && text.split(' ').length <= 3
}

/** Is the next line a standfirst: long, and with more of a head behind it than the text? */
function hasStandfirst(lines: readonly Line[], { publisher }: Hints): boolean {
  const [standfirst, next] = lines.filter(({ text }) => text !== '')
  if (standfirst === undefined || next === undefined || isAddress(standfirst.text)) return false
  const isLong = standfirst.text.length > 60 || sentenceEnd.test(standfirst.text)
  if (!isLong || standfirst.text === publisher) return false
  return isAddress(next.text) || isLabel(next.text) || next.text === publisher
}

/** As long as a headline is in scripts without spaces. */
const unspacedHeadline = /[\u3040-\u30ff\u3400-\u9fff]{7}|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{14}/u

/** More than a label, and no sentence. */
function isHeadlineLike(text: string, hints: Hints): boolean {
  const isShort = text.split(' ').length < 3 && !unspacedHeadline.test(text)
  if (isShort || sentenceEnd.test(text.replace(/[?!]$/, '')) || text.length > 200) return false
  return !/\p{Ll}/u.test(text) ? /\p{Lo}/u.test(text) : text !== hints.publisher
}

/** `Home > News > Local`. A slash or a bar parts much else too: there the first step has to be the site's beginning. */
function stepsOf(text: string, next: string, hints: Hints): string[] | undefined {
  if (!/[>»→›❯▸＞/|\\·]/u.test(text)) return undefined
  const steps = text.split(/ [>»→] | ?[›❯▸＞] ?/u).map(step => step.trim())
  const isWay = steps.length > 1 && steps.every(step => step.length <= 60) && !/[«<]/u.test(text)
  if (isWay && (steps.length > 2 || isLabel(steps[0]))) return steps.filter(step => step !== '')
  const others = text.split(/ ?[/|\\·] ?/u)
  if (others.length < 2) return undefined
  // Of sections one may be a headline's beginning, `Sport | Ostby wins`, where no other follows.
  const isWayDown =
    isHome(others[0] ?? '') || (isSection(others[0]) && isHeadlineLike(next, hints) && others.every(isLabel))
  return isWayDown ? others : undefined
}

/** Lines that a headline may be broken over. More are a text. */
const mostBroken = 3

/** A headline that was broken goes on without a capital, or breaks off at a small word or a comma. */
function joined(lines: readonly Line[], at: number): Headline {
  const title = lines[at]
  if (title === undefined) throw new Unusable('The page dump has no headline.')
  let end = at + 1
  while (end < lines.length && end <= at + mostBroken && goesOn(lines, end)) end++
  if (end === at + 1 || end > at + mostBroken) return { title, end: at + 1 }
  const text = lines
    .slice(at, end)
    .map(line => line.text)
    .reduce((above, below) =>
      isUnspaced(above.slice(-1)) || isUnspaced(below.charAt(0)) ? above + below : `${above} ${below}`,
    )
  return { title: { ...title, text }, end }
}

/** Is the line at this place more of the one above it? */
function goesOn(lines: readonly Line[], at: number): boolean {
  const [above, line] = [lines[at - 1]?.text ?? '', lines[at]?.text ?? '']
  if (line === '' || sentenceEnd.test(above) || isAddress(line) || above.endsWith(':')) return false
  const isAlone = (lines[at + 1]?.text ?? '') === ''
  return /^\p{Ll}/u.test(line) || (isAlone && (dangling.has(lastWordIn(above)) || /[,،、，・]$/u.test(above)))
}

/** Chinese and Japanese put no space between words. */
function isUnspaced(character: string): boolean {
  return /[\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e]/u.test(character)
}

const homes = phrases(
  'home, home page, homepage, front page, you are here, startseite, start, sie sind hier, accueil, vous êtes ici, inicio, portada, início, capa, principal',
  'homepage, prima pagina, hem, forside, hjem, forsiden, etusivu, strona główna, úvod, hlavní stránka, főoldal, acasă, početna',
  'главная, главная страница, головна, начало, ana sayfa, anasayfa, αρχική, αρχική σελίδα, الرئيسية, الصفحة الرئيسية, خانه, صفحه اصلی, דף הבית, ראשי, בית',
  'หน้าแรก, หน้าหลัก, প্রচ্ছদ, முகப்பு, inici, domů, domovská stránka, naslovnica, naslovna, prva stran, pagina principală, acasa, avaleht, pradžia, sākums, होम, मुख्य पृष्ठ, 首页, 首頁, 主页, ホーム, トップ, 홈, 메인, beranda, trang chủ, voorpagina',
)

/** What papers call their sections. */
const sections = phrases(
  'news, politics, business, economy, sport, sports, culture, world, local, local news, opinion, society, health, science, technology, environment, education, travel, lifestyle, entertainment, international, national, weather, crime, finance, arts, editorial, analysis, exclusive, breaking news, live',
  'nachrichten, politik, wirtschaft, kultur, welt, lokales, meinung, gesellschaft, gesundheit, wissenschaft, technik, umwelt, bildung, reise, panorama, inland, ausland, regionales, kommentar, eilmeldung',
  'actualité, actualités, politique, économie, sports, monde, société, santé, sciences, technologie, environnement, éducation, faits divers, régions',
  'noticias, política, economía, deportes, cultura, mundo, locales, opinión, sociedad, salud, ciencia, tecnología, medio ambiente, educación, internacional, nacional, última hora, sucesos',
  'notícias, economia, esportes, esporte, desporto, opinião, sociedade, saúde, ciência, tecnologia, cidades, meio ambiente, notizie, cronaca, politica, esteri, mondo, società, salute, scienza',
  'nieuws, politiek, economie, cultuur, buitenland, binnenland, regio, opinie, nyheter, politik, ekonomi, kultur, världen, inrikes, utrikes, nyheder, indland, udland, økonomi, politikk, innenriks, utenriks',
  'wiadomości, polityka, gospodarka, kultura, świat, kraj, społeczeństwo, zdrowie, nauka, opinie, новости, политика, экономика, спорт, культура, мир, общество, происшествия, здоровье, наука, новини, політика, економіка, світ, суспільство',
  'การเมือง, เศรษฐกิจ, กีฬา, สังคม, วัฒนธรรม, ต่างประเทศ, ข่าว, อาชญากรรม, ท้องถิ่น, บันเทิง, রাজনীতি, খেলা, অর্থনীতি, সংস্কৃতি, আন্তর্জাতিক, জাতীয়, সারাদেশ, அரசியல், விளையாட்டு, உலகம், தமிழகம், இந்தியா, haber, haberler, gündem, siyaset, ekonomi, spor, kültür, dünya, yaşam, sağlık, ειδήσεις, πολιτική, οικονομία, αθλητισμός, αθλητικά, πολιτισμός, κόσμος, κοινωνία, υγεία, τοπικά',
  'أخبار, سياسة, اقتصاد, رياضة, ثقافة, العالم, محليات, مجتمع, صحة, اخبار, سیاسی, اقتصادی, ورزشی, فرهنگی, جهان, اجتماعی, חדשות, פוליטיקה, כלכלה, ספורט, תרבות, בעולם',
  'समाचार, राजनीति, देश, विदेश, दुनिया, खेल, शहर, राज्य, मनोरंजन, कारोबार, व्यापार, संस्कृति, 新闻, 新聞, 政治, 经济, 經濟, 財經, 体育, 體育, 文化, 国际, 國際, 社会, 社會, 科技, ニュース, 経済, スポーツ, 国際, 地域, 뉴스, 정치, 경제, 스포츠, 문화, 국제, 사회, 지역',
  'uutiset, kotimaa, ulkomaat, politiikka, talous, urheilu, kulttuuri, domácí, domov, zahraničí, zprávy, politika, ekonomika, kultura, společnost, krimi, regiony, belföld, külföld, gazdaság, kultúra, közélet, știri, actualitate, politică, economie, cultură, societate, externe, sănătate, vijesti, vesti, hrvatska, srbija, društvo, svijet, svet, crna hronika, kronika, политика, икономика, спорт, свят, общество, култура, bulvár',
  'berita, politik, ekonomi, olahraga, budaya, dunia, thời sự, chính trị, kinh tế, thể thao, văn hóa, thế giới, xã hội',
)

/** Words that no headline ends with. */
const dangling = words(
  'the a an of and or no his their its into between than der die das den dem des ein eine einen einem einer und oder im zum zur vom beim für gegen ohne dass seine ihre seiner ihrer ' +
    'le la les un une des du de et à aux pour dans avec sans au que qui ses leur leurs el los las una del y con al para por en sin su sus entre ' +
    'do dos da das nos nas em com um uma ao il lo gli che di della dei delle nel nella sul sulla per tra al dalla het een van att som för och og ett ' +
    'и в во на с со к ко о об из от для за по при без под не что а но у і й з із до від та або w we z ze i oraz dla nad przed ve bir bu ' +
    'ο η το οι τα του της των τον την στο στη στην στον στα και με για από που να في من على عن إلى الى مع بعد قبل بين حتى أن ان التي الذي أو خلال ضد لدى ' +
    'به از با که و یا של על את עם אל או לא के की का ने और',
)
