const extension = /\.(?:jpe?g|png|webp|gif|avif|svg|bmp|tiff?|heic)(?:[?#]\S*)?$/i

/** Is the line an address of the web, in quotes or not, or the relative one of a picture? It may hold quotes, and no spaces. */
export function isAddress(line: string): boolean {
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

/** Does the line say who made a picture: `Photo: Nils Foto`, `© dpa`, `사진=연합뉴스`? */
export function namesPhotographer(line: string): boolean {
  return credit.test(line)
}

const credit =
  /(?:^|[\s.,(|/[])(?:photos?|pictures?|images?|photo(?:graph)? by|credit|crédits?|fotos?|bild(?:er)?|bildnachweis|fotograf[ií]a|imagen|imagem|immagine|zdjęcie|zdj|fot\.?|фото|світлина|fotoğraf|φωτογραφία|φωτό|الصورة|صورة|تصوير|عکس|צילום|फोटो|图|图片|圖|摄影|写真|撮影|사진|ảnh|kredit)\s?(?:[:：/=]|by\s)|©|\((?:afp|ap|reuters|dpa|efe|getty)[^()]{0,40}\)$/iu
