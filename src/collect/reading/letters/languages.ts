/** What texts in a language look like, and how they were written before UTF-8. */
export interface Language {
  /** BCP 47, without a region. */
  tag: string
  /** By WHATWG's names; of two that write the language alike, the more common one first. */
  codings: readonly string[]
  /** Its small letters beyond a to z; for another script, all of them. */
  letters: string
  /** Common words, without those that another language here has as often; undefined where no spaces part words. */
  words?: ReadonlySet<string>
  /** Common characters or groups of them, where no spaces part words. */
  signs?: RegExp
  /** Is its script another than Latin? */
  foreign: boolean
}

const west = ['windows-1252', 'iso-8859-15', 'macintosh']
const centre = ['windows-1250', 'iso-8859-2']
const north = ['windows-1257', 'iso-8859-13', 'iso-8859-4']
const cyrillic = ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic']
const southSlavic = ['windows-1251', 'iso-8859-5', 'x-mac-cyrillic']

const latin = (tag: string, codings: readonly string[], letters: string, words: string): Language => ({
  tag,
  codings,
  letters,
  words: new Set(words.split(' ')),
  foreign: false,
})

const other = (tag: string, codings: readonly string[], letters: string, words: string): Language => ({
  ...latin(tag, codings, letters, words),
  foreign: true,
})

const unspaced = (tag: string, codings: readonly string[], signs: RegExp): Language => ({
  tag,
  codings,
  letters: '',
  signs,
  foreign: true,
})

const simplified =
  /[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三进着等部度家电力里如水化高自二理起小现实加都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军]/gu
const traditional =
  /[的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三進著等部度家電力裡如水化高自二理起小現實加都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍]/gu
const hiragana = /[のにはをたがでてとしれさいるかなもこりらっきまうよそつくすどけあおめん]/gu
const hangul =
  /[이다의는에을가고하로은를도한지서기자사리시인나정으라해있어그대아일부제들스수원전장주면구소과보상안만된게관위성공조여비동신무경까연했]/gu
const thai = /การ|ที่|และ|ใน|ของ|เป็น|ได้|มี|ไม่|ให้|ว่า|จะ|จาก|กับ|ความ|นี้|ผู้|แล้ว|คน|โดย/gu

/** Those that had many newsrooms before UTF-8. What no coding here can write differently (English, Indonesian) need not be told. */
export const languages: readonly Language[] = [
  latin(
    'en',
    west,
    'éèêëçñöüïôâàáíóäåø',
    'the of and to in that is was for on with as by at from his be it has are said',
  ),
  latin(
    'fr',
    west,
    'éèêëàâçîïôùûüÿœæ',
    'le la les de des du et est un une dans pour par sur que qui au aux pas plus ce cette été à où même après',
  ),
  latin(
    'de',
    west,
    'äöüßé',
    'der die das und den dem des ein eine einer ist nicht mit von auf für im zu sich auch nach wie über werden wurde',
  ),
  latin(
    'es',
    west,
    'áéíóúñü',
    'el la los las de del que y en un una por con para se su al como más es lo fue está también según después',
  ),
  latin(
    'pt',
    west,
    'ãõáâàçéêíóôúü',
    'o a os as de da do das dos que e em um uma para com não por no na se ao mais foi é são também já à até',
  ),
  latin(
    'it',
    west,
    'àèéìíòóùú',
    'il la le gli di del della che e in un una per con non si da al nel alla è ha sono dei più anche già perché',
  ),
  latin(
    'nl',
    west,
    'ëéïöüèá',
    'de het een van en in op te dat is voor met zijn niet aan er ook naar die worden door bij één',
  ),
  latin(
    'da',
    west,
    'æøåé',
    'og i at det en den til er som på de med af for ikke der var et har om fra også efter år blev være',
  ),
  latin(
    'nb',
    west,
    'æøåéòôó',
    'og i at det en den til er som på de med av for ikke der var et har om fra også etter år ble være',
  ),
  latin(
    'sv',
    west,
    'åäöé',
    'och i att det en som på är av för med den till inte har om ett från de var så efter också år när blir över',
  ),
  latin(
    'fi',
    [...west, ...north],
    'äöå',
    'ja on ei se että oli hän joka mutta kun tai ovat myös niin kuin sen mukaan jo vain voi sekä tämä ole mitä päivä jälkeen',
  ),
  latin(
    'is',
    west,
    'áðéíóúýþæö',
    'og að í á er sem það til við um en af með fyrir var ekki hefur verið frá eru því þess hann þar',
  ),
  latin(
    'ca',
    west,
    'àéèíïóòúüç',
    'el la els les de del que i en un una per amb no es ha al com més és són aquest està també però',
  ),
  latin(
    'gl',
    west,
    'áéíóúñü',
    'o a os as de da do das dos que e en un unha para con non por no na se ao máis foi é son tamén xa ata',
  ),
  latin('eu', west, 'ñüáéíóúç', 'eta da bat ez du dute zen izan dira baina ere hau egin dela beste behar arte bere'),
  latin('af', west, 'ëêéïôûö', 'die en van in is nie het wat op vir dat te sy met hy om aan deur ook ’n'),
  latin('sq', [...west, ...centre], 'ëç', 'dhe të në e i për me nga një që është se u nuk ka më janë kjo si do'),
  latin(
    'et',
    [...north, ...west],
    'äõöüšž',
    'ja on ei et see oli ka mis kui ning oma aga välja üle või siis tema eesti pärast kes selle',
  ),
  latin(
    'lv',
    north,
    'āčēģīķļņšūž',
    'un ir ka ar par no uz kas ar to bet tika lai vai arī pie pēc šo kā gada tas būs nav līdz',
  ),
  latin(
    'lt',
    north,
    'ąčęėįšųūž',
    'ir kad į su iš tai bet yra buvo o ne kaip per jo apie po prie už dėl kuris metų savo taip jau',
  ),
  latin(
    'pl',
    centre,
    'ąćęłńóśźż',
    'w i na się z że do nie jest to o za jak od po przez ale są był dla oraz przy które została tym już',
  ),
  latin(
    'cs',
    centre,
    'áčďéěíňóřšťúůýž',
    'a v na se je že s z do o to za by pro jako po podle od byl ale který které bude jsou také při už před',
  ),
  latin(
    'sk',
    centre,
    'áäčďéíĺľňóôŕšťúýž',
    'a v na sa je že s z do o to za by pre ako po podľa od bol ale ktorý ktoré bude sú aj pri už pred',
  ),
  latin('sl', centre, 'čšžćđ', 'in je v na se da za so pa z ki po tudi ni bo kot bi ob od pri do zaradi več še že če'),
  latin(
    'hr',
    centre,
    'čćđšž',
    'i u je na se da za su s od o kao što ne koji će iz bi do po te ali nije kako više bio još',
  ),
  latin(
    'hu',
    centre,
    'áéíóöőúüű',
    'a az és hogy nem is egy van volt meg ez de csak már azt ha még mint szerint után lesz el között ki',
  ),
  latin(
    'ro',
    centre,
    'ăâîşţé',
    'și şi în de a la cu pe din că nu este care un o pentru au fost mai sunt al ale după prin sau să ce',
  ),
  latin(
    'tr',
    ['windows-1254'],
    'çğıöşüâîû',
    've bir bu da de için ile olarak daha çok olan ne gibi en kadar sonra ama var dedi göre her ise değil olduğunu yeni iki',
  ),
  latin(
    'vi',
    ['windows-1258'],
    'àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
    'và của là có không cho được trong các một người đã này với những để ở tại theo khi',
  ),
  other(
    'ru',
    cyrillic,
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
    'и в не на что с по он как это из к за для от его но а о было у также был после будет',
  ),
  other(
    'uk',
    [...cyrillic, 'koi8-u'],
    'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
    'і в не на що з у та до за це як від його але про для було й також був після буде який',
  ),
  other(
    'be',
    southSlavic,
    'абвгдеёжзійклмнопрстуўфхцчшыьэюя',
    'і ў не на што з у да за гэта як ад яго але пра для было і таксама быў пасля будзе які',
  ),
  other(
    'bg',
    southSlavic,
    'абвгдежзийклмнопрстуфхцчшщъьюя',
    'и на да се за от в не с по е са че като до ще но при това след което беше който',
  ),
  other(
    'sr',
    southSlavic,
    'абвгдђежзијклљмнњопрстћуфхцчџш',
    'и у је на се да за су с од о као што не који ће из би до по али није како више',
  ),
  other(
    'mk',
    southSlavic,
    'абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ',
    'и на во се да за од не со е дека ги го што по ќе беше но како при кои која',
  ),
  other(
    'el',
    ['windows-1253', 'iso-8859-7'],
    'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ',
    'και το του της η ο να με για που την τα τη στο στη από είναι οι των δεν θα στην τον ότι ένα μια',
  ),
  other(
    'he',
    ['windows-1255', 'iso-8859-8'],
    'אבגדהוזחטיךכלםמןנסעףפץצקרשתְֱֲֳִֵֶַָֹֻּׁׂ',
    'של את על לא כי הוא עם זה גם או היא כל יש אל אם רק בין אך לפי אחרי עד היה',
  ),
  other(
    'ar',
    ['windows-1256', 'iso-8859-6'],
    'ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْپچژگ',
    'في من على إلى أن التي الذي هذا هذه عن مع كان ما لا قد بين بعد كما ذلك كل',
  ),
  other(
    'fa',
    ['windows-1256'],
    'ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْپچژگک',
    'و در به از که این است را با برای آن تا هم شد اين يك مي',
  ),
  unspaced('th', ['windows-874'], thai),
  unspaced('zh', ['gb18030'], simplified),
  unspaced('zh', ['big5'], traditional),
  unspaced('ja', ['shift_jis', 'euc-jp'], hiragana),
  unspaced('ko', ['euc-kr'], hangul),
]
