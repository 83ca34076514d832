import { Unusable } from '../../errors.ts'
import { typeOfBytes } from '../probing/signatures.ts'

const toText = 'store its text as HTML, Markdown or plain text'
const leftOut = 'the source\'s "include" can leave it out'

type Signature = readonly [beginning: RegExp, what: string, toDo: string]

/** By what a file begins with, in hexadecimal, which stands for nothing else; some of it is readable. */
const sure: readonly Signature[] = [
  // %PDF-
  [/^(?:0[9ad]|20){0,64}255044462d3/, 'a PDF document', toText],
  // {\rtf
  [/^7b5c727466/, 'a Rich Text document (RTF)', toText],
  // %!PS
  [/^(?:25215053|c5d0d3c6)/, 'a PostScript document', toText],
  // AT&TFORM
  [/^41542654464f524d/, 'a DjVu document', toText],
  // gzip, bzip2, xz, Zstandard, Rar, 7z
  [/^(?:1f8b08|425a683.314159265359|fd377a585a|28b52ffd|526172211a07|377abcaf271c)/, 'an archive', 'unpack it'],
]

const zip = String.raw`^504b0304(?:..){0,4000}?`

/** The same of what holds a zero soon, as no text does. */
const binary: readonly Signature[] = [
  // word/, xl/, ppt/, [Content_Types].xml
  [new RegExp(`${zip}776f72642f`), 'a Word document', toText],
  [new RegExp(`${zip}786c2f`), 'an Excel workbook', toText],
  [new RegExp(`${zip}7070742f`), 'a PowerPoint presentation', toText],
  [new RegExp(`${zip}5b436f6e74656e745f54797065735d2e786d6c`), 'an Office document', toText],
  // mimetypeapplication/vnd.oasis, mimetypeapplication/epub
  [/^504b0304.{52}6d696d65747970656170706c69636174696f6e2f766e642e6f61736973/, 'an OpenDocument file', toText],
  [/^504b0304.{52}6d696d65747970656170706c69636174696f6e2f65707562/, 'an e-book (EPUB)', toText],
  [/^504b(?:0304|0506)/, 'an archive (ZIP)', 'unpack it'],
  [/^d0cf11e0a1b11ae1/, 'an Office document of before 2007, or an Outlook message', toText],
  // ustar
  [/^.{514}7573746172/, 'an archive (tar)', 'unpack it'],
  // BMP, TIFF, ICO, PSD
  [/^(?:424d.{8}0000|49492a00|4d4d002a|00000100|38425053)/, 'a picture', leftOut],
  // ELF, Windows, Mach-O, Java, WebAssembly, Android
  [/^(?:7f454c46|4d5a|cffaedfe|feedfac[ef]|cafebabe|0061736d|6465780a)/, 'a program', leftOut],
  // SQLite format 3
  [/^53514c69746520666f726d61742033/, 'a database (SQLite)', leftOut],
  // bplist
  [/^62706c697374/, 'a list of properties', leftOut],
  // WOFF, OpenType, TrueType
  [/^(?:774f46[46]|774f4632|4f54544f|0001000000)/, 'a font', leftOut],
]

const media = { image: 'a picture', audio: 'a sound', video: 'a film' } as const

/** Throws `Unusable` for bytes that are known to be no text, and says what they are and what to do. By their first kilobytes. */
export function refuseBinary(bytes: Buffer): void {
  const hasZeros = bytes.subarray(0, 1024).includes(0)
  const hex = bytes.toString('hex', 0, hasZeros ? 4200 : 128)
  const found = [...sure, ...(hasZeros ? binary : [])].find(([beginning]) => beginning.test(hex))
  const type = hasZeros ? typeOfBytes(bytes, 'video') : undefined
  const medium = Object.entries(media).find(([kind]) => type?.startsWith(`${kind}/`))
  const [what, toDo] = found?.slice(1) ?? (medium && [`${medium[1]} (${type})`, leftOut]) ?? []
  if (what !== undefined) throw new Unusable(`The file is ${what}, which is none of the formats read here: ${toDo}.`)
}
