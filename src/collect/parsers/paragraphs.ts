/** The paragraphs of plain text: a block of hard-wrapped lines is one, any other line is one by itself. */
export function paragraphsOf(lines: readonly string[]): string[] {
  return blocksOf(lines).flatMap(block => (isWrapped(block) ? [block.reduce(joined)] : block))
}

function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = []
  let block: string[] = []
  for (const line of lines) {
    if (line !== '') block.push(line)
    else if (block.length > 0) {
      blocks.push(block)
      block = []
    }
  }
  if (block.length > 0) blocks.push(block)
  return blocks
}

const narrowest = 40
const widest = 100
const address = /^https?:\/\/\S+$/i
const listItem = /^(?:[-*•–—]|\d{1,3}[.)]) /
export const sentenceEnd = /[.!?…。！？؟۔]["'”’»)\]]*$/u

/**
 * Was this text broken to fit a width? Then no line had room for the first word of the next, and not every line ends a sentence.
 */
function isWrapped(block: readonly string[]): boolean {
  if (block.length < 2) return false
  const width = Math.max(...block.slice(0, 1000).map(line => line.length))
  if (width < narrowest || width > widest) return false
  const broken = block.slice(0, -1)
  return (
    broken.every(
      (line, index) => line.length >= narrowest && line.length + firstWord(block[index + 1]).length > width,
    ) &&
    !broken.every(line => sentenceEnd.test(line)) &&
    !block.some(line => line.length > width || address.test(line) || listItem.test(line))
  )
}

/** With a space before it; in Chinese and Japanese a line may break after any character. */
function firstWord(line = ''): string {
  return spaceless.test(line.charAt(0)) ? line.charAt(0) : ` ${line.split(' ', 1)[0]}`
}

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u

function joined(text: string, line: string): string {
  return spaceless.test(text.charAt(text.length - 1)) && spaceless.test(line.charAt(0))
    ? text + line
    : `${text} ${line}`
}
