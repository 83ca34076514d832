/** A short report in each language, made up for this test: headline, sentences. */
export const stories: readonly { language: string; codings: readonly string[]; lines: readonly string[] }[] = [
  {
    language: 'en',
    codings: ['windows-1252', 'macintosh'],
    lines: [
      'The ferry’s café reopens on Monday',
      'The owner said that the kitchen had been rebuilt after the fire, and that the old menu would be kept.',
      '“We never thought of leaving,” he said – the rent for the pier is £900 a month, and that was the worst of it.',
    ],
  },
  {
    language: 'fr',
    codings: ['windows-1252', 'macintosh'],
    lines: [
      'Le bac cesse ses traversées dès lundi',
      'La société a annoncé que le bac ne traversera plus la rivière après la fin de l’été, faute de passagers.',
      'Les habitants des deux rives ont été reçus à la préfecture, où une sœur du capitaine a lu leur lettre.',
    ],
  },
  {
    language: 'de',
    codings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    lines: [
      'Fähre fährt wieder über den See',
      'Die Fähre ist nach der Überholung zurück und fährt von Montag an wieder für alle Gäste über den See.',
      'Der Bürgermeister sagte, die Straße am Ufer werde im März geschlossen, weil der Hang größer geworden ist.',
    ],
  },
  {
    language: 'es',
    codings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    lines: [
      'El transbordador volverá en otoño',
      'La compañía explicó que el barco está en reparación y que los pasajeros podrán usar el autobús por la mañana.',
      '¿Cuánto costará? El alcalde no lo dijo, pero según los vecinos más de lo que el pueblo puede pagar en un año.',
    ],
  },
  {
    language: 'pt',
    codings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    lines: [
      'Balsa volta à água na próxima terça',
      'A prefeitura informou que a embarcação não será vendida e que os moradores terão três viagens por dia.',
      'Também haverá uma reunião com os pescadores, que são contra o preço e já pediram a revisão do contrato.',
    ],
  },
  {
    language: 'it',
    codings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    lines: [
      'Il traghetto non partirà più la sera',
      'La società ha spiegato che il traghetto è vecchio e che non può più navigare con il vento del nord.',
      'Il sindaco dice che la città pagherà gli autobus, perché gli studenti devono tornare a casa già alle sei.',
    ],
  },
  {
    language: 'nl',
    codings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    lines: [
      'Veerpont vaart na één maand weer',
      'De pont is gerepareerd en vaart van maandag af weer met reizigers, zei de directeur van het bedrijf.',
      'De coöperatie had geëist dat er voor de scholen een bus komt, maar dat is niet gebeurd en daarom is zij boos.',
    ],
  },
  {
    language: 'da',
    codings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    lines: [
      'Færgen sejler igen på mandag',
      'Færgen har været på værft i tre måneder, og nu er den klar til at sejle med passagerer over fjorden.',
      'Prisen bliver den samme som før, siger rederiet, men børn under otte år skal ikke længere betale for en plads.',
    ],
  },
  {
    language: 'sv',
    codings: ['windows-1252', 'iso-8859-15', 'macintosh'],
    lines: [
      'Färjan går igen på måndag',
      'Färjan har legat på varvet i tre månader och är nu klar för att gå med resenärer över sjön.',
      'Priset blir det samma som förut, säger rederiet, men barn under åtta år behöver inte betala för en plats.',
    ],
  },
  {
    language: 'fi',
    codings: ['windows-1252', 'iso-8859-15', 'windows-1257', 'macintosh'],
    lines: [
      'Lautta kulkee taas järven yli',
      'Lautta on ollut telakalla kolme kuukautta, ja nyt se on valmis, kertoi yhtiön johtaja tiistaina.',
      'Hinta ei nouse, mutta alle kahdeksanvuotiaat lapset eivät enää maksa, vaan he pääsevät mukaan ilmaiseksi.',
    ],
  },
  {
    language: 'is',
    codings: ['windows-1252', 'iso-8859-15'],
    lines: [
      'Ferjan siglir aftur á mánudag',
      'Ferjan hefur verið í slipp í þrjá mánuði og er nú tilbúin til að sigla með farþega yfir fjörðinn.',
      'Verðið er það sama og áður, en börn sem eru yngri en átta ára þurfa ekki að borga fyrir sætið.',
    ],
  },
  {
    language: 'ca',
    codings: ['windows-1252', 'macintosh'],
    lines: [
      'El transbordador tornarà a l’octubre',
      'La companyia ha explicat que el vaixell és al taller i que els passatgers podran agafar l’autobús al matí.',
      'L’alcalde no ha dit quant costarà, però els veïns creuen que serà més del que el poble pot pagar.',
    ],
  },
  {
    language: 'et',
    codings: ['windows-1257', 'windows-1252', 'iso-8859-15'],
    lines: [
      'Parvlaev sõidab jälle esmaspäeval',
      'Laev oli kolm kuud remondis ja nüüd on see valmis, ütles ettevõtte juht, kes ise laeva välja tõi.',
      'Hind ei tõuse, aga alla kaheksa aasta vanused lapsed sõidavad tasuta, kui nad on koos vanematega või õega.',
    ],
  },
  {
    language: 'lv',
    codings: ['windows-1257', 'iso-8859-13', 'iso-8859-4'],
    lines: [
      'Prāmis atkal kursēs no pirmdienas',
      'Prāmis trīs mēnešus bija remontā, un tagad tas ir gatavs pārvadāt pasažierus pāri ezeram, sacīja īpašnieks.',
      'Cena nemainīsies, bet bērni līdz astoņu gadu vecumam varēs braukt par velti, ja kopā ar viņiem būs vecāki.',
    ],
  },
  {
    language: 'lt',
    codings: ['windows-1257', 'iso-8859-13', 'iso-8859-4'],
    lines: [
      'Keltas vėl plauks nuo pirmadienio',
      'Keltas tris mėnesius buvo remontuojamas, o dabar jis yra parengtas ir vėl kels žmones per ežerą, sakė savininkas.',
      'Kaina nesikeis, bet vaikai iki aštuonerių metų galės plaukti už dyką, jei su jais bus tėvai ar vyresnė sesuo.',
    ],
  },
  {
    language: 'pl',
    codings: ['windows-1250', 'iso-8859-2'],
    lines: [
      'Prom znów pływa przez jezioro',
      'Prom przez trzy miesiące był w stoczni, a teraz jest gotowy i od poniedziałku będzie znów woził pasażerów.',
      'Cena się nie zmieni, ale dzieci, które nie mają jeszcze ośmiu lat, nie zapłacą już za miejsce na łodzi.',
    ],
  },
  {
    language: 'cs',
    codings: ['windows-1250', 'iso-8859-2'],
    lines: [
      'Přívoz opět jezdí přes řeku',
      'Loď byla tři měsíce v opravě a teď je připravena, řekl v úterý majitel, který ji sám přivezl z přístavu.',
      'Cena se nezmění, ale děti do osmi let už za místo platit nebudou, pokud s nimi pojede někdo dospělý.',
    ],
  },
  {
    language: 'sk',
    codings: ['windows-1250', 'iso-8859-2'],
    lines: [
      'Kompa opäť premáva cez rieku',
      'Loď bola tri mesiace v oprave a teraz je pripravená, povedal v utorok majiteľ, ktorý ju sám priviezol z prístavu.',
      'Cena sa nezmení, ale deti do ôsmich rokov už za miesto platiť nebudú, ak s nimi pôjde niekto dospelý.',
    ],
  },
  {
    language: 'sl',
    codings: ['windows-1250', 'iso-8859-2'],
    lines: [
      'Trajekt spet vozi čez jezero',
      'Ladja je bila tri mesece v popravilu in je zdaj pripravljena, je v torek dejal lastnik, ki jo je sam pripeljal.',
      'Cena se ne bo spremenila, otroci do osmega leta pa ne bodo več plačevali, če bodo z njimi starši ali učitelj.',
    ],
  },
  {
    language: 'hr',
    codings: ['windows-1250', 'iso-8859-2'],
    lines: [
      'Trajekt ponovno vozi preko jezera',
      'Brod je tri mjeseca bio u popravku i sada je spreman, rekao je u utorak vlasnik koji ga je sam doveo.',
      'Cijena se neće mijenjati, ali djeca do osam godina više neće plaćati mjesto, ako su s njima roditelji ili učitelj.',
    ],
  },
  {
    language: 'hu',
    codings: ['windows-1250', 'iso-8859-2'],
    lines: [
      'Újra jár a komp a tavon',
      'A hajót három hónapig javították, és most már kész, mondta kedden a tulajdonos, aki maga hozta el a műhelyből.',
      'A jegy ára nem változik, de a nyolc évesnél fiatalabb gyerekeknek nem kell fizetniük, ha velük van egy felnőtt.',
    ],
  },
  {
    language: 'ro',
    codings: ['windows-1250', 'iso-8859-2'],
    lines: [
      'Bacul trece din nou râul',
      'Bacul a fost trei luni în reparaţii şi acum este gata, a spus marţi proprietarul care l-a adus din port.',
      'Preţul nu se schimbă, dar copiii sub opt ani nu mai plătesc locul, dacă sunt însoţiţi de părinţi sau de un învăţător.',
    ],
  },
  {
    language: 'tr',
    codings: ['windows-1254', 'iso-8859-9'],
    lines: [
      'Vapur pazartesi günü yeniden başlıyor',
      'Vapur üç ay boyunca tersanede kaldı ve şimdi hazır olduğunu söyleyen sahibi, gemiyi kendisi getirdi.',
      'Fiyat değişmeyecek, ama sekiz yaşından küçük çocuklar artık bilet için para ödemeyecek, çünkü belediye bunu istedi.',
    ],
  },
  {
    language: 'ru',
    codings: ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'],
    lines: [
      'Паром снова ходит через озеро',
      'Паром три месяца стоял на ремонте и теперь готов, сообщил во вторник владелец, который сам привёл его из порта.',
      'Цена не изменится, но дети до восьми лет больше не будут платить за место, если с ними едет взрослый.',
    ],
  },
  {
    language: 'uk',
    codings: ['windows-1251', 'koi8-u', 'iso-8859-5'],
    lines: [
      'Пором знову ходить через озеро',
      'Пором три місяці був у ремонті, і тепер він готовий, сказав у вівторок власник, який сам привів його з порту.',
      'Ціна не зміниться, але діти до восьми років більше не будуть платити за місце, якщо з ними їде дорослий.',
    ],
  },
  {
    language: 'bg',
    codings: ['windows-1251', 'iso-8859-5', 'x-mac-cyrillic'],
    lines: [
      'Фериботът отново пътува по езерото',
      'Фериботът беше три месеца на ремонт и вече е готов, каза във вторник собственикът, който сам го докара.',
      'Цената няма да се промени, но децата до осем години няма да плащат за място, ако с тях има възрастен.',
    ],
  },
  {
    language: 'sr',
    codings: ['windows-1251', 'iso-8859-5'],
    lines: [
      'Скела поново вози преко језера',
      'Скела је три месеца била у поправци и сада је спремна, рекао је у уторак власник који ју је сам довезао.',
      'Цена се неће мењати, али деца до осам година више неће плаћати место, ако је са њима неко одрастао.',
    ],
  },
  {
    language: 'el',
    codings: ['windows-1253', 'iso-8859-7'],
    lines: [
      'Το πλοίο επιστρέφει στη λίμνη',
      'Το πλοίο ήταν για τρεις μήνες στο συνεργείο και τώρα είναι έτοιμο, είπε την Τρίτη ο ιδιοκτήτης του.',
      'Η τιμή δεν θα αλλάξει, αλλά τα παιδιά κάτω των οκτώ ετών δεν θα πληρώνουν πια για τη θέση τους.',
    ],
  },
  {
    language: 'he',
    codings: ['windows-1255', 'iso-8859-8'],
    lines: [
      'המעבורת חוזרת אל האגם ביום שני',
      'המעבורת הייתה שלושה חודשים בתיקון, והיא מוכנה עכשיו, אמר ביום שלישי הבעלים של החברה.',
      'המחיר לא ישתנה, אבל ילדים עד גיל שמונה לא ישלמו על המקום, אם מישהו מבוגר נוסע עם הילד או כל המשפחה.',
    ],
  },
  {
    language: 'ar',
    codings: ['windows-1256', 'iso-8859-6'],
    lines: [
      'العبارة تعود إلى البحيرة يوم الاثنين',
      'بقيت العبارة ثلاثة أشهر في الورشة، وهي جاهزة الآن كما قال مالكها الذي جاء بها من الميناء يوم الثلاثاء.',
      'لن يتغير السعر، لكن الأطفال حتى سن الثامنة لن يدفعوا بعد الآن عن المكان إذا كان معهم أحد من الكبار.',
    ],
  },
  {
    language: 'th',
    codings: ['windows-874'],
    lines: [
      'เรือข้ามฟากกลับมาให้บริการวันจันทร์',
      'เรือได้รับการซ่อมเป็นเวลาสามเดือนและพร้อมที่จะให้บริการผู้โดยสารแล้ว เจ้าของกล่าวในวันอังคาร',
      'ราคาจะไม่เปลี่ยน แต่เด็กที่มีอายุไม่ถึงแปดปีไม่ต้องจ่ายค่าที่นั่ง หากมีผู้ใหญ่มากับเด็ก',
    ],
  },
  {
    language: 'vi',
    codings: ['windows-1258'],
    lines: [
      'Phà chạy lại từ thứ hai',
      'Phà đã được sửa trong ba tháng và nay đã sẵn sàng, người chủ cho biết vào ngày thứ ba khi đưa phà về bến.',
      'Giá vé không thay đổi, nhưng trẻ em dưới tám tuổi sẽ không phải trả tiền, nếu có một người lớn đi cùng.',
    ],
  },
  {
    language: 'zh',
    codings: ['gb18030'],
    lines: [
      '渡船星期一恢复通行',
      '渡船在船厂修了三个月，现在已经可以载客，船主星期二说，他自己把船从港口开了回来。',
      '票价不会改变，但是八岁以下的孩子只要有大人同行，就不用再买票，这是市政府和船主商量的结果。',
    ],
  },
  {
    language: 'zh',
    codings: ['big5'],
    lines: [
      '渡船星期一恢復通行',
      '渡船在船廠修了三個月，現在已經可以載客，船主星期二說，他自己把船從港口開了回來。',
      '票價不會改變，但是八歲以下的孩子只要有大人同行，就不用再買票，這是市政府和船主商量的結果。',
    ],
  },
  {
    language: 'ja',
    codings: ['shift_jis', 'euc-jp'],
    lines: [
      '渡し船、月曜から運航を再開',
      '渡し船は三か月のあいだ修理を受け、ふたたび客を乗せられるようになったと、持ち主が火曜に話した。',
      '料金は変わらないが、八歳までの子どもは大人と一緒であれば払わなくてよいことになり、町の人々は喜んでいる。',
    ],
  },
  {
    language: 'ko',
    codings: ['euc-kr'],
    lines: [
      '나룻배, 월요일부터 다시 운항',
      '나룻배는 석 달 동안 수리를 받았고 이제 손님을 태울 준비가 되었다고 선주가 화요일에 말했다.',
      '요금은 그대로지만 여덟 살까지의 아이는 어른과 함께 타면 돈을 내지 않아도 된다고 시는 밝혔다.',
    ],
  },
]
