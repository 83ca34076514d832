import { Unusable } from '../../../errors.ts'
import type { Hints } from '../draft.ts'
import { sentenceEnd } from '../paragraphs.ts'
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
  const first = nextText(lines, 0)
  const line = lines[first]
  if (line === undefined) return undefined
  const second = nextText(lines, first + 1)
  const above = second < lines.length ? sectionAbove(line, lines, second, hints) : undefined
  if (above === undefined) return joined(lines, first)
  const headline = joined(lines, second)
  const section = above.section !== undefined && above.section !== headline.title.text ? above.section : undefined
  return { ...headline, ...(section !== undefined && { section }) }
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
  const steps = stepsOf(text)
  if (steps !== undefined) {
    const last = steps.findLast(step => !homes.has(wordsIn(step).join(' ')))
    return last !== undefined && isLabel(last) ? { section: last } : {}
  }
  if (text.length > 40) return undefined
  if (sections.has(wordsIn(text).join(' '))) return isHeadlineLike(next.text, hints) ? { section: text } : undefined
  if (!isCapitalLabel(text) || !isHeadlineLike(next.text, hints)) return undefined
  if (!hasStandfirst(lines.slice(second + 1, second + 12), hints)) {
    const message = `It is doubtful whether “${text}” or “${next.text.slice(0, 80)}” is the headline.`
    throw new Unusable(message, number)
  }
  return { section: text.replace(/[:|]$/, '').trim() }
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

/** More than a label, and no sentence. */
function isHeadlineLike(text: string, hints: Hints): boolean {
  const isShort = text.split(' ').length < 3 && !/[\u3040-\u30ff\u3400-\u9fff]{7}/u.test(text)
  if (isShort || sentenceEnd.test(text.replace(/[?!]$/, '')) || text.length > 200) return false
  return !/\p{Ll}/u.test(text) ? /\p{Lo}/u.test(text) : text !== hints.publisher
}

/** `Home > News > Local`. A slash or a bar parts much else too: there the first step has to be the site's beginning. */
function stepsOf(text: string): string[] | undefined {
  if (!/[>»→›❯▸/|\\·]/u.test(text)) return undefined
  const steps = text.split(/ [>»→] | ?[›❯▸] ?/u).map(step => step.trim())
  const isWay = steps.length > 1 && steps.every(step => step.length <= 60) && !/[«<]/u.test(text)
  if (isWay && (steps.length > 2 || isLabel(steps[0]))) return steps.filter(step => step !== '')
  const others = text.split(/ ?[/|\\·] ?/u)
  return others.length > 1 && homes.has(wordsIn(others[0] ?? '').join(' ')) ? others : undefined
}

/** A headline that was broken goes on without a capital, or breaks off at a small word. */
function joined(lines: readonly Line[], at: number): Headline {
  const [title, next] = [lines[at], lines[at + 1]]
  if (title === undefined) throw new Unusable('The page dump has no headline.')
  if (next === undefined || next.text === '') return { title, end: at + 1 }
  const last = lastWordIn(title.text)
  const isAlone = (lines[at + 2]?.text ?? '') === ''
  const isBroken = /^\p{Ll}/u.test(next.text) || (dangling.has(last) && isAlone)
  if (!isBroken || sentenceEnd.test(title.text) || isAddress(next.text) || title.text.endsWith(':'))
    return { title, end: at + 1 }
  if (lines[at + 2] !== undefined && lines[at + 2]?.text !== '' && /^\p{Ll}/u.test(lines[at + 2]?.text ?? '')) {
    return { title, end: at + 1 }
  }
  return { title: { ...title, text: `${title.text} ${next.text}` }, end: at + 2 }
}

const homes = phrases(
  'home, home page, homepage, front page, you are here, startseite, start, sie sind hier, accueil, vous êtes ici, inicio, portada, início, capa, principal',
  'homepage, prima pagina, hem, forside, hjem, forsiden, etusivu, strona główna, úvod, hlavní stránka, főoldal, acasă, početna',
  'главная, главная страница, головна, начало, ana sayfa, anasayfa, αρχική, αρχική σελίδα, الرئيسية, الصفحة الرئيسية, خانه, صفحه اصلی, דף הבית, ראשי, בית',
  'होम, मुख्य पृष्ठ, 首页, 首頁, 主页, ホーム, トップ, 홈, 메인, beranda, trang chủ, voorpagina',
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
  'haber, gündem, siyaset, ekonomi, spor, kültür, dünya, yaşam, sağlık, ειδήσεις, πολιτική, οικονομία, αθλητισμός, αθλητικά, πολιτισμός, κόσμος, κοινωνία, υγεία, τοπικά',
  'أخبار, سياسة, اقتصاد, رياضة, ثقافة, العالم, محليات, مجتمع, صحة, اخبار, سیاسی, اقتصادی, ورزشی, فرهنگی, جهان, اجتماعی, חדשות, פוליטיקה, כלכלה, ספורט, תרבות, בעולם',
  'समाचार, राजनीति, देश, विदेश, दुनिया, खेल, व्यापार, संस्कृति, 新闻, 新聞, 政治, 经济, 經濟, 財經, 体育, 體育, 文化, 国际, 國際, 社会, 社會, 科技, ニュース, 経済, スポーツ, 国際, 地域, 뉴스, 정치, 경제, 스포츠, 문화, 국제, 사회, 지역',
  'berita, politik, ekonomi, olahraga, budaya, dunia, thời sự, chính trị, kinh tế, thể thao, văn hóa, thế giới, xã hội',
)

/** Words that no headline ends with. */
const dangling = words(
  'the a an of and or der die das den dem des ein eine einen einem einer und oder le la les un une des du de et el los las una del y con ' +
    'il lo gli che het een och i и ve',
)
