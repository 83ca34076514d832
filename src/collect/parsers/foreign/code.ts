/** Lines as programs and style sheets have them, in most of the languages that are about. */
const codeLine = new RegExp(
  [
    // Ends of statements and blocks
    String.raw`[;{}]\s*(?:(?://|/\*|#).*)?$`,
    String.raw`^\s*[)\]}]+[;,)]*\s*$`,
    String.raw`(?:\)|=>|->|\bdo|\bthen|\belse|\bbegin)\s*[:{(]?\s*$`,
    // Beginnings
    String.raw`^\s*(?:import|from|package|module|namespace|using|use|require|include|extern|open)\s[\w.:*{"'<@/\\]+(?:\s(?:import|as|from)\s.*|[;"'>]*)$`,
    String.raw`^\s*(?:import|export)\s.*\sfrom\s["'].*$`,
    String.raw`^\s*#\s?(?:include|define|ifdef|ifndef|endif|pragma|if|else|!)`,
    String.raw`^\s*(?:(?:public|private|protected|static|final|abstract|export|default|async|pub|override|inline|virtual|const)\s+)*(?:class|interface|struct|enum|trait|impl|def|fn|func|fun|function|sub|proc|void|int|type|module|object)\s+[\w$]+\s*[<({:;=]?`,
    String.raw`^\s*(?:const|let|var|val|my|our|local|dim|set|final|auto|int|string|bool|double|float|char)\s+[$@%\w{[][^.!?]*=`,
    String.raw`^\s*[\w$@.>\[\]'"-]+\s*(?:[-+*/|&.:]?=(?!=)|<-|:=)\s*\S`,
    String.raw`^\s*(?:if|for|while|switch|elif|else if|elsif|unless|until|foreach|match|case|catch|except|with)\b.*[:{)]\s*$`,
    String.raw`^\s*(?:return|yield|throw|raise|break|continue|pass|end|fi|done|esac|endif|endfor|else|try|finally)\b[^.]*;?$`,
    String.raw`^\s*[\w$.:>-]+\([^)]*\)[;,]?\s*$`,
    String.raw`^\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|FROM|WHERE|JOIN|VALUES|GROUP BY|ORDER BY|LOCK|UNLOCK|SET)\b(?![a-z ]*[.!?]$)`,
    String.raw`^\s*(?:@[\w.]+(?:\(.*\))?|<\?(?:php|=).*|\?>|%[\w]+.*|\\(?:documentclass|usepackage|begin|end|section)\b.*)$`,
    String.raw`^(?:diff --git|index [\da-f]{7}|@@ |[-+]{3} [ab]/)`,
    String.raw`^\s*(?:echo|cd|mkdir|sudo|apt-get|npm|export|source|rm|cp|mv|RUN|COPY|FROM|CMD|ENV|WORKDIR)\s[^.!?]*$`,
  ].join('|'),
)
const comment = /^\s*(?:\/\/|\/\*|\*(?:\s|\/|$)|#|--\s|;|"""|'''|<!--|\(\*|%|rem\s)/i

/**
 * Most lines are statements, and the first is one, or a comment: an article that quotes code has a headline, and paragraphs. Code within a
 * fence of Markdown does not count.
 */
export function isCode(lines: readonly string[]): boolean {
  const beginning = lines.find(line => line.trim() !== '') ?? ''
  if (/^#!\s?\//.test(beginning)) return true
  // Most texts are told by their first line already.
  if (!isStatementOrComment(beginning) && !isFence(beginning)) return false
  const written = withoutFences(lines)
    .filter(line => line.trim() !== '')
    .map(line => line.slice(0, 400))
  const [first = ''] = written
  if (!isStatementOrComment(first)) return false
  const statements = written.filter(line => codeLine.test(line))
  const comments = written.filter(line => !codeLine.test(line) && comment.test(line))
  return statements.length > 2 && statements.length > 0.6 * (written.length - comments.length)
}

function isStatementOrComment(line: string): boolean {
  const start = line.slice(0, 400)
  return codeLine.test(start) || comment.test(start)
}

function isFence(line: string): boolean {
  return /^\s*(?:```|~~~)/.test(line)
}

function withoutFences(lines: readonly string[]): string[] {
  let within = false
  return lines.filter(line => {
    if (isFence(line)) within = !within
    return !isFence(line) && !within
  })
}
