/** UTF-8 with a fault or few. */
export interface Mended {
  text: string
  /** Bytes that no character could be made of. */
  lost: number
}

// A character of two bytes or more (Unicode, table 3-7), or a byte that is none.
const unit =
  /[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}|[\x80-\xff]/g

/** Bytes that stand nowhere in UTF-8: they belong to no letter. */
const impossible = /[\xc0\xc1\xf5-\xff]/g

/**
 * The text of bytes that are UTF-8 but for a damaged byte or few: what a letter was lost of is U+FFFD, a byte that can be of none is gone.
 * Undefined where more is amiss than chance explains: the bytes are in another coding, or in several. `declared`: they are said to be UTF-8.
 */
export function mendUtf8(bytes: Buffer, declared: boolean): Mended | undefined {
  const raw = bytes.toString('latin1')
  let whole = 0
  let lost = 0
  for (const [{ length }] of raw.matchAll(unit)) {
    if (length > 1) whole++
    else lost++
  }
  const few = lost <= whole / 10 || (lost <= 3 && whole >= (declared ? 1 : 2 * lost))
  if (lost === 0 || whole === 0 || !few) return undefined
  return { text: Buffer.from(raw.replace(impossible, ''), 'latin1').toString('utf8'), lost }
}

/** Some databases encode each half of a pair by itself (CESU-8, UTR #26), and half a pair where they cut a text: that one goes. */
export function joinSurrogates(bytes: Buffer): Buffer {
  const joined = bytes.toString('latin1').replace(/(?:\xed[\xa0-\xbf][\x80-\xbf]){1,2}/g, halves => {
    const units = Array.from(halves.matchAll(/\xed(.)(.)/g), ([, high = '', low = '']) =>
      String.fromCharCode(0xd000 + ((high.charCodeAt(0) & 0x3f) << 6) + (low.charCodeAt(0) & 0x3f)),
    )
    return Buffer.from(units.join('').replace(/\p{Cs}/gu, '')).toString('latin1')
  })
  return Buffer.from(joined, 'latin1')
}
