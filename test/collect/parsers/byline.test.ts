import { describe, expect, it } from 'vitest'
import { authorsOf, namesInByline, printedByline } from '../../../src/collect/parsers/byline.ts'

describe('the names in a byline', () => {
  it.each([
    ['By Ana Reis', 'en', ['Ana Reis']],
    ['By ANA REIS, Example Press Writer', 'en', ['ANA REIS']],
    ['Ana Reis, Bo Lund and Cy Park', 'en', ['Ana Reis', 'Bo Lund', 'Cy Park']],
    ['Ana Reis, Bo Lund, and Cy Park', 'en', ['Ana Reis', 'Bo Lund', 'Cy Park']],
    ['Ana Reis, New Harbour', 'en', ['Ana Reis']],
    ['Ana Reis in Oslo', 'en', ['Ana Reis']],
    ['Ana Reis (ana@desk.example)', 'en', ['Ana Reis']],
    ['Por José Ortega y Gasset', 'es', ['José Ortega y Gasset']],
    ['Por Luz Paz Gil y Eva Mar Sol', 'es', ['Luz Paz Gil', 'Eva Mar Sol']],
    ['De Luz Paz', 'es', ['Luz Paz']],
    ['Robert De Niro', 'en', ['Robert De Niro']],
    ['De Niro Smith', 'en', ['De Niro Smith']],
    ['Von Kai Ulm', 'de', ['Kai Ulm']],
    ['Von Kai Ulm und Eva von der Au', 'de', ['Kai Ulm', 'Eva von der Au']],
    ['Par Luc Pain avec AFP', 'fr', ['Luc Pain']],
    ['Par Luc Pain et Anne d’Arc', 'fr', ['Luc Pain', 'Anne d’Arc']],
    ['di Lia Neri e Ugo Bo', 'it', ['Lia Neri', 'Ugo Bo']],
    ['Av Ola Nord og Kari Sør', 'nb', ['Ola Nord', 'Kari Sør']],
    ['Автор: Иван Петров и Анна Белая', 'ru', ['Иван Петров', 'Анна Белая']],
    ['Της Άννας Μαυρή', 'el', ['Άννας Μαυρή']],
    ['Av Ola Nord og Kari Sør /NTB', 'nb', ['Ola Nord', 'Kari Sør']],
    ['By Ana Reis in Oslo and Bo Lund in Bergen', 'en', ['Ana Reis', 'Bo Lund']],
    ['By Ana Reis. Edited by Bo Lund', 'en', ['Ana Reis']],
    ['By Ana Reis and Bo Lund (photos)', 'en', ['Ana Reis']],
    ['By Ana Reis and AP', 'en', ['Ana Reis']],
    ['Analysis by Ana Reis', 'en', ['Ana Reis']],
    ['Text: Kai Ulm Foto: Bo Lund', 'de', ['Kai Ulm']],
    ['Texto y fotos: Luz Paz', 'es', ['Luz Paz']],
    ['EFE/Luz Paz', 'es', ['Luz Paz']],
    ['(ANSA) - Lia Neri', 'it', ['Lia Neri']],
    ['Rui Mar, Agência Exemplo', 'pt', ['Rui Mar']],
    ['Текст — Анна Белая', 'ru', ['Анна Белая']],
    ['Yazan: Ayşe Dağ', 'tr', ['Ayşe Dağ']],
    ['Írta: Nagy Éva', 'hu', ['Nagy Éva']],
    ['文・佐藤花子', 'ja', ['佐藤花子']],
    ['聞き手・佐藤花子', 'ja', ['佐藤花子']],
    ['김하늘 기자 = 부산', 'ko', ['김하늘']],
    ['إعداد: سارة نور', 'ar', ['سارة نور']],
    ['김하늘 기자', 'ko', ['김하늘']],
    ['김하늘, 박바다 기자', 'ko', ['김하늘', '박바다']],
    ['本报记者 王小河', 'zh', ['王小河']],
    ['文/王小河、李大山', 'zh', ['王小河', '李大山']],
    ['بقلم: سارة نور', 'ar', ['سارة نور']],
    ['The Example Press', 'en', ['The Example Press']],
    ['EXA, MAR 04', 'en', ['EXA']],
    ['Geir Moe / Fakta.example', 'nb', ['Geir Moe']],
    ['gr/bp', 'es', []],
    ['reis.ana', 'en', []],
    ['ana@desk.example', 'en', []],
    ['/users/ana', 'en', []],
  ])('%s (%s)', (byline, language, names) => {
    expect(namesInByline(byline, language)).toEqual(names)
  })

  it('come before those of a list, which has some of them only, with what the list knows', () => {
    const listed = [
      { name: 'Lund Bo', url: 'https://people.example/bo' },
      { name: 'desk.user' },
      { name: 'Example Press' },
    ]
    expect(authorsOf(['By Ana Reis and Bo A. Lund'], listed, 'en')).toEqual([
      { name: 'Ana Reis' },
      { name: 'Bo A. Lund', url: 'https://people.example/bo' },
    ])
  })

  it('are printed without addresses, and not at all where nobody is named', () => {
    expect(printedByline(['By Ana Reis <ana@desk.example>, Oslo'])).toBe('By Ana Reis, Oslo')
    expect(printedByline(['gr/bp'])).toBeUndefined()
  })
})
