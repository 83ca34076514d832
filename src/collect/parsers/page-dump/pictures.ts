const extension = /\.(?:jpe?g|png|webp|gif|avif|svg|bmp|tiff?|heic)(?:[?#]\S*)?$/i

const label = String.raw`(?:images?|photos?|pictures?|pic|img|bild|foto|imagen|imagem|immagine|afbeelding|kép|obraz|obrázek|zdjęcie|фото|изображение|зображення|resim|fotoğraf|εικόνα|φωτογραφία|صورة|الصورة|عکس|תמונה|चित्र|फोटो|图片|圖片|画像|写真|사진|이미지|gambar|ảnh)\s?(?:\d{1,3}\s?)?[:：=]\s?`
const labelled = new RegExp(String.raw`^(?:${label})?(?=(?:https?:)?//)`, 'iu')
const marked =
  /^(?:\[)?!\[([^[\]]{0,500})\]\(<?((?:https?:)?\/\/[^\s()<>]{1,1900})>?(?: "[^"]{0,500}")?\)(?:\]\([^\s()]{0,1900}\))?$/i

/** The addresses of pictures that a line holds and nothing else: behind a label, as Markdown writes them, several of them. Undefined for any other line. */
export function addressesIn(line: string): string[] | undefined {
  if (!line.includes('//') || line.length > 10_000) return undefined
  const [, , url] = marked.exec(line) ?? []
  if (url !== undefined) return [url]
  const bare = line.replace(labelled, '')
  if (!bare.includes(' ')) return bare === line ? undefined : [bare]
  // One with spaces in its path, and nothing behind its ending.
  const pieces = bare.split(/[\s,;|]+/).filter(piece => piece !== '')
  if (pieces.every(piece => /^(?:https?:)?\/\/[^\s/]+\.[^\s/]+\/\S*$/i.test(piece))) return pieces
  const isOne =
    /^(?:https?:)?\/\/[^\s/]{1,200}\/[^<>"]{1,1500}$/i.test(bare) && extension.test(bare) && pieces.length < 12
  return isOne && !/[.!?] /.test(bare) ? [bare.replaceAll(' ', '%20')] : undefined
}

/** Is the line an address of the web, in quotes or not, or the relative one of a picture? It may hold quotes, and no spaces. */
export function isAddress(line: string): boolean {
  if (/^data:[a-z]{1,20}\/[a-z0-9.+-]{1,60}[;,]/i.test(line)) return true
  if (line.includes(' ') || !(line.includes('.') || line.includes('//'))) return false
  return (
    /^["'<(]?(?:https?:)?\/\/[^\s<>/]+\.[^\s<>]+$/i.test(line) || isPicture(line) || /^https?:\/\/[^\s<>]+$/i.test(line)
  )
}

/** Is the line nothing but the address of a picture, by its ending? */
export function isPicture(line: string): boolean {
  return (
    line.length <= 2000 &&
    !line.includes(' ') &&
    line.includes('.') &&
    !/\s/.test(line) &&
    extension.test(addressIn(line)) &&
    /^["'<(]?[\w/.%-]/.test(line)
  )
}

/** The address without the quotes around it. */
export function addressIn(line: string): string {
  const [, quoted] = /^["'<(](.*)["'>)]$/.exec(line) ?? []
  return quoted ?? line
}

/** Does the line say nothing but who made a picture? */
export function isCredit(line: string): boolean {
  if (line.length > 80 || /:\/\/|[.!?。]$/.test(line) || line.split(' ').length > 8) return false
  return /^[^\p{L}]{0,2}(?:\p{L}{2,20}\s?(?:[:：/=]|by\s)|©)/u.test(line) && credit.exec(line)?.index === 0
}

/** Does the line say who made a picture: `Photo: Nils Foto`, `© dpa`, `사진=연합뉴스`? */
export function namesPhotographer(line: string): boolean {
  return credit.test(line)
}

const credit =
  /(?:^|[\s.,(|/[])(?:photos?|pictures?|images?|photo(?:graph)? by|credit|crédits?|fotos?|bild(?:er)?|bildnachweis|fotograf[ií]a|imagen|imagem|immagine|zdjęcie|zdj|fot\.?|фото|світлина|fotoğraf|φωτογραφία|φωτό|الصورة|صورة|تصوير|عکس|צילום|फोटो|图|图片|圖|摄影|写真|撮影|사진|ảnh|kredit)\s?(?:[:：/=]|by\s)|©|\((?:afp|ap|reuters|dpa|efe|getty)[^()]{0,40}\)$/iu
