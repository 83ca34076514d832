/**
 * Names of an e-mail's fields as programs show and save them (RFC 5322, 3.6, and the common programs' translations): who it is from and
 * to, what it is about, when it was sent.
 */
const people = new Set(
  `from|sender|to|cc|bcc|reply-to|von|an|kopie|de|à|a|para|da|van|aan|od|do|komu|dw|fra|til|från|till|kopia|lähettäjä|vastaanottaja
|от|кому|от кого|копия|від|копія|feladó|címzett|másolat|de la|către|kimden|kime|bilgi|από|προς|κοιν|za|prima|šalje|pošiljatelj|prejemnik
|nuo|kam|no|kellelt|kellele|saatja|saaja|发件人|收件人|抄送|寄件者|收件者|副本|差出人|宛先|送信者|보낸 사람|받는 사람|보낸사람|받는사람|참조
|من|إلى|الى|نسخة|فرستنده|گیرنده|מאת|אל|עותק|ผู้ส่ง|ถึง|สำเนา|จาก|từ|đến|người gửi|người nhận|dari|kepada`
    .replaceAll('\n', '')
    .split('|'),
)
const about = new Set(
  `subject|re|betreff|objet|asunto|oggetto|assunto|onderwerp|temat|předmět|predmet|emne|ämne|aihe|тема|относно|tárgy|subiect|konu|θέμα
|zadeva|tema|teema|主题|主題|主旨|件名|제목|الموضوع|موضوع|נושא|เรื่อง|หัวเรื่อง|chủ đề|tiêu đề|subjek|perihal`
    .replaceAll('\n', '')
    .split('|'),
)
const moment = new Set(
  `date|sent|received|datum|gesendet|envoyé|fecha|enviado|enviado el|enviada em|data|inviato|verzonden|wysłano|odesláno|dato|sendt|skickat
|lähetetty|päivämäärä|päiväys|дата|отправлено|надіслано|изпратено|dátum|elküldve|trimis|tarih|gönderildi|ημερομηνία|εστάλη|poslano|日期|发送时间|傳送時間
|日時|送信日時|날짜|보낸 날짜|التاريخ|تاريخ الإرسال|تاریخ|תאריך|נשלח|วันที่|ส่งเมื่อ|ngày|đã gửi|tanggal|terkirim`
    .replaceAll('\n', '')
    .split('|'),
)
/** Only programs write these. */
const technical =
  /^(?:received|return-path|delivered-to|message-id|mime-version|content-(?:type|transfer-encoding|language)|dkim-signature|in-reply-to|references|list-(?:id|unsubscribe|post)|authentication-results|arc-[a-z-]+|thread-[a-z]+|importance|x-[a-z0-9-]+)$/

const field = /^(\S[^:：\n<>"“]{0,38}?)\s?[:：](?:\s+|$|(?<=：))(.*)$/
const address = /[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[\p{L}\d-]{2,24}/u
const bracketed = /<[^<>\s@]{1,64}@[^<>\s@]{1,190}>/
const forwarded = /^[\s>]*-{3,}[^\n]{1,60}-{3,}\s*$|^[\s>]*begin forwarded message/i
const mbox = /^From \S+@\S+ .{0,60}\d{4}/

/** What programs put above the letter that is answered. */
const answered =
  /(?:\b(?:wrote|schrieb|écrit|escribió|escreveu|scritto|schreef|skrev|kirjoitti|napisał|napísal|napsal|írta|пишет|написал|написав|yazdı|έγραψε|menulis)\b.{0,80}|كتب.{0,80}|写道|寫道|のメール|님이 작성)\s?[:：]$/iu

/** Is an older letter quoted below the words with which programs begin it? */
function quotesLetter(lines: readonly string[]): boolean {
  return lines.some((line, index) => {
    if (!line.startsWith('>') || index === 0) return false
    const above = lines
      .slice(Math.max(0, index - 3), index)
      .join(' ')
      .trim()
      .slice(-300)
    return answered.test(above) && address.test(above)
  })
}

/** Does it begin with the head of an e-mail, in whatever language the program that saved it speaks? */
export function isMail(lines: readonly string[]): boolean {
  const [first = '', ...others] = lines
  if (mbox.test(first) || quotesLetter(lines)) return true
  const fields = headOf(forwarded.test(first) ? others : lines)
  const names = fields.map(([name]) => name)
  // The head of an article, as Pelican writes it.
  if (names.includes('title')) return false
  if (names.filter(name => technical.test(name)).length > 1) return true
  const kinds = [people, about, moment]
  const said = kinds.filter(kind => names.some(name => kind.has(name))).length
  const isKnown = (name: string) => technical.test(name) || kinds.some(kind => kind.has(name))
  const addressed = fields.some(([name, value]) => people.has(name) && address.test(value.slice(0, 1000)))
  const sure = addressed || names.some(name => technical.test(name)) || (names.length > 2 && names.every(isKnown))
  if (names.slice(0, 1).some(isKnown) && (said > 2 || (said > 1 && sure))) return true
  return fields.length > 2 && fields.some(([, value]) => bracketed.test(value.slice(0, 1000)))
}

/** The fields at its top, names in small letters; what is folded belongs to the line before. */
function headOf(lines: readonly string[]): [name: string, value: string][] {
  const fields: [string, string][] = []
  const start = lines.findIndex(line => line.trim() !== '')
  for (const written of lines.slice(Math.max(start, 0))) {
    const line = written.replace(/^[>\s*]{1,8}(?=\S)/, '')
    const [, name, value = ''] = field.exec(line.slice(0, 2000)) ?? []
    if (/^[ \t]/.test(written) && fields.length > 0 && name === undefined) continue
    if (name === undefined) break
    fields.push([name.replaceAll('*', '').trim().toLowerCase(), value])
  }
  return fields
}
