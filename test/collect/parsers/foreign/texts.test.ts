import { describe, expect, it } from 'vitest'
import { findingsOf, readArticles } from '../../../../src/collect/reading/read.ts'
import { expectBounded } from '../outcomes.ts'
import { source } from '../pairs.ts'

const read = (input: string | Buffer, format = 'auto') =>
  readArticles(Buffer.from(input as string), { ...source, format, undated: 'first-seen' })

const mail = (...lines: string[]) => `${lines.join('\n')}\n\nThe wall is cracked, and nobody says so.\n`

const foreign: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
  ['an e-mail', mail('From: Odd Vik <odd@mail.example>', 'To: desk@mail.example', 'Subject: the wall'), /e-mail/],
  ['an e-mail without an address', mail('From: Odd Vik', 'Sent: Friday', 'To: Desk', 'Subject: the wall'), /e-mail/],
  [
    'an e-mail by its server',
    mail('Received: from x by y; Fri', '\tid 7', 'DKIM-Signature: v=1', 'Date: Fri'),
    /e-mail/,
  ],
  ['a mailbox', `From odd@mail.example Fri May 17 10:30:00 2024\n${mail('Subject: wall')}`, /e-mail/],
  [
    'a forwarded e-mail',
    mail('---------- Forwarded message ---------', 'From: Odd <o@m.example>', 'Date: Fri', 'Subject: w'),
    /e-mail/,
  ],
  [
    'a German e-mail',
    mail('Von: Odd Vik', 'Gesendet: Freitag, 17. Mai 2024 10:30', 'An: Redaktion', 'Betreff: Mauer'),
    /e-mail/,
  ],
  ['a French e-mail', mail('De : Odd Vik <odd@mail.example>', 'Objet : le mur', 'À : la rédaction'), /e-mail/],
  ['a Polish e-mail', mail('Od: Odd Vik', 'Wysłano: piątek', 'Do: Redakcja', 'Temat: mur'), /e-mail/],
  ['a Russian e-mail', mail('От: Одд Вик', 'Отправлено: пятница', 'Кому: редакция', 'Тема: стена'), /e-mail/],
  [
    'a Japanese e-mail',
    mail('差出人：オッド', '送信日時：2024年5月17日', '宛先：編集部', '件名：壁について'),
    /e-mail/,
  ],
  ['a Korean e-mail', mail('보낸 사람: 오드', '받는 사람: 편집부', '제목: 벽'), /e-mail/],
  ['an Arabic e-mail', mail('من: أود', 'إلى: التحرير', 'الموضوع: الجدار'), /e-mail/],
  [
    'an e-mail of a language that is not known',
    mail('Fá: Odd <odd@mail.example>', 'Til hvørn: x', 'Evni: y'),
    /e-mail/,
  ],
  [
    'an answer to an e-mail',
    'Dear desk,\n\nyes.\n\nOn Fri, 17 May 2024, Odd Vik <odd@mail.example> wrote:\n> The wall is cracked.\n',
    /e-mail/,
  ],
  [
    'an answer in German',
    'Hallo,\n\nja.\n\nAm 17. Mai 2024 schrieb Odd Vik <odd@mail.example>:\n\n> Die Mauer hat Risse.\n',
    /e-mail/,
  ],
  ['an address card', 'BEGIN:VCARD\nVERSION:4.0\nFN:Odd Vik\nEND:VCARD\n', /vCard/],
  ['a calendar', 'BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n', /calendar/],
  ['a table with commas', 'id,title,text\n1,Harbour,"Open, at last"\n2,Bridge,"Shut\nagain"\n', /table/],
  ['a table with semicolons', 'Nummer;Titel;Datum\n1;Hafen;17.05.2024\n2;Brücke;18.05.2024\n', /table/],
  ['a table with tabs', '標題\t日期\n港口\t2024-05-17\n橋\t2024-05-18\n', /table/],
  ['a table with one record', 'uuid,first_name,e_mail,score\n7,Odd,o@m.example,12\n', /table/],
  [
    'a program in Python',
    '# Sorts the pile.\nimport os\n\ndef sort(pile):\n    return sorted(pile)\n\nprint(sort([2, 1]))\n',
    /code/,
  ],
  [
    'a program in JavaScript',
    "import { a } from './a.js'\n\nexport function b(c) {\n  const d = a(c)\n  return d\n}\n",
    /code/,
  ],
  ['a program in C', '/* Adds. */\n#include <stdio.h>\nint main(void) {\n  printf("%d", 1);\n  return 0;\n}\n', /code/],
  ['a program in Go', 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("a")\n}\n', /code/],
  ['a program in Rust', 'use std::io;\n\nfn main() {\n    let a = 1;\n    println!("{}", a);\n}\n', /code/],
  [
    'a program in Java',
    'package a.b;\n\npublic class C {\n  private int d = 1;\n  public int e() { return d; }\n}\n',
    /code/,
  ],
  ['a program in PHP', '<?php\n$a = 1;\necho $a;\n', /code/],
  ['a program of a shell', '#!/bin/sh\nset -e\nfor f in *; do\n  echo "$f"\ndone\n', /code/],
  ['a style sheet', 'body {\n  margin: 0;\n}\n\n.a > p {\n  color: red;\n}\n', /code/],
  [
    'statements of SQL',
    '-- Dump\nCREATE TABLE a (\n  id int\n);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n',
    /code/,
  ],
  [
    'a difference',
    'diff --git a/b b/b\nindex 1234567..89abcde 100644\n--- a/b\n+++ b/b\n@@ -1 +1 @@\n-c = 1;\n+c = 2;\n',
    /code/,
  ],
  ['a log', '2024-05-17 10:30:00 INFO start\n2024-05-17 10:30:01 WARN slow\n2024-05-17 10:30:02 INFO end\n', /log/],
  ['a log of a web server', '192.0.2.1 - - [17/May/2024:10:30:00 +0000] "GET / HTTP/1.1" 200 5\n'.repeat(4), /log/],
  [
    'a log of a system',
    'May 17 10:30:00 host sshd[7]: session opened\nMay 17 10:30:01 host cron[8]: run\nMay 17 10:30:02 host cron[8]: end\n',
    /log/,
  ],
  [
    'a chat',
    '17/05/2024, 10:30 - Odd: is it shut?\n17/05/2024, 10:31 - Ida: yes\n17/05/2024, 10:32 - Odd: since when\n',
    /chat/,
  ],
  ['settings in YAML', 'name: a\nversion: 2\nsteps:\n  - run: b\n  - run: c\n', /settings/],
  ['settings in INI', '; mine\n[server]\nport = 8080\nhost = localhost\nname = x\n', /settings/],
  ['properties', '# texts\napp.title=Harbour\napp.close=Shut\napp.open=Open\n', /settings/],
  ['a key', '-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n', /encrypted/],
  ['subtitles', '1\n00:00:01,000 --> 00:00:02,000\nThe wall.\n', /subtitles/],
]

const binary: readonly (readonly [what: string, bytes: Buffer, reason: RegExp])[] = [
  ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3\n1 0 obj', 'latin1'), /PDF/],
  ['RTF', Buffer.from('{\\rtf1\\ansi The wall.}'), /RTF/],
  ['PostScript', Buffer.from('%!PS-Adobe-3.0\n'), /PostScript/],
  [
    'a Word document',
    Buffer.from('PK\x03\x04\x14\0\x06\0[Content_Types].xml\0\0PK\x03\x04word/document.xml\0', 'latin1'),
    /Word/,
  ],
  ['an older Word document', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), /Office/],
  ['an archive', Buffer.from('1f8b0800000000000003', 'hex'), /archive/],
  ['a picture', Buffer.from('ffd8ffe000104a464946000101', 'hex'), /picture .image\/jpeg/],
  ['a film', Buffer.from('000000206674797069736f6d00000200', 'hex'), /film/],
  ['a program', Buffer.from('7f454c4602010100000000', 'hex'), /program/],
  ['a database', Buffer.from('SQLite format 3\0'), /SQLite/],
]

const prose = 'The council met for two hours, and the wall is to be built again next year.'

/** Whose first lines look like something else. */
const articles: readonly (readonly [title: string, text: string])[] = [
  ['From: a town that never sleeps', `\n\n${prose}`],
  ['Subject: the wall', `\n\n${prose}\n\n${prose}`],
  ['To: whom it may concern', `\nFrom: the people of the quay\n\n${prose}`],
  ['PDF is thirty years old', `\n\n%PDF is how its files begin. ${prose}`],
  ['BM sells its ferries', `\n\n${prose}`],
  ['MZ-Gespräch: „Wir bauen weiter“', `\n\n${prose}`],
  ['ID3 comes to the harbour', `\n\n${prose}`],
  ['PK: the initials of a painter', `\n\n${prose}`],
  [
    'Open, shut, open again',
    `\nNews\n\nFirst, the wall, then the gate.\nThen, the pier, and the quay.\nLast, the boats, and the nets.`,
  ],
  ['Rice, beans, bread', `\n\nOne, two, three.\n\n${prose}`],
  ['How to sort a pile', `\n\n${prose}\n\nimport os\nfor a in b:\n    print(a)\n\n${prose}\n\n${prose}`],
  ['import duties rise', `\n\n${prose}`],
  ['def leppard plays the pier;', `\n\n${prose}`],
  ['2024-05-17 10:30:00 is when it began', `\n\n${prose}\n\n${prose}`],
  ['Live: the night of the storm', `\n\n10:30 The gate is shut.\n10:45 It is open.\n11:00 Nobody knows.`],
  ['Name: Odd Vik', `\nAge: 51\nTrade: painter\n\n${prose}\n\n${prose}\n\n${prose}`],
  ['Question: is the wall safe?', `\nAnswer: ${prose}\nQuestion: who says so?\nAnswer: ${prose}`],
  ['// The slash is back', `\n\n${prose}`],
  ['# 1 in the charts', `\n\n${prose}`],
  ['[Live] = not live', `\n\n${prose}`],
  ['; as the poet has it', `\n\nThe sea;\nthe wall;\nand nobody, nobody there.\n\n${prose}\n${prose}`],
  ['De: the smallest word of all', `\n\n${prose}`],
  ['Von: wem die Mauer ist', `\n\n${prose}`],
  ['От: города к городу', `\n\n${prose}`],
  ['主题：一座墙', `\n\n${prose}`],
  ['A list of boats', `\n\n- Anna; 12 m\n- Berta; 14 m\n- Clara; 9 m`],
  ['SELECT committee meets', `\n\n${prose}`],
  ['BEGIN: a play in one act', `\n\n${prose}`],
  ['Results', `\nSports\n\nHollum - Ostby 2:1\nVik - Sund 0:0\nNes - Dal 3:2\n\n${prose}`],
  ['Ingredients: flour, milk, eggs', `\nServes: 4\nTime: 20 minutes\n\n${prose}\n\n${prose}\n\n${prose}\n\n${prose}`],
  ['Odd Vik, Ida Nes, Per Dal', `\nAnna Li, Berta Su, Clara Mo\n\n${prose}`],
]

describe('what is no article', () => {
  it.each(foreign)('is said to be %s', (_, text, reason) => {
    for (const format of ['auto', 'page-dump']) expect(() => read(text, format)).toThrow(reason)
  })

  it.each(binary)('is said to be %s', (_, bytes, reason) => {
    for (const format of ['auto', 'html', 'page-dump']) expect(() => read(bytes, format)).toThrow(reason)
  })

  it.each(articles)('is not an article that begins “%s”', (title, text) => {
    const [outcome] = read(title + text)
    expect(outcome).toMatchObject({ content: { title: title.replace(/^# /, '') } })
  })

  it.each(['.md', 'front matter'])('is not Markdown that quotes code at length (%s)', kind => {
    const code = '```js\nimport a from "a"\nconst b = a()\nfunction c() {\n  return b\n}\n```\n'
    const start = kind === '.md' ? '# Sorting\n' : '---\ntitle: Sorting\ndate: 2024-05-17\ntags: [a]\nsection: b\n---\n'
    expect(read(`${start}\n${prose}\n\n${code}`)).toMatchObject([{ content: { title: 'Sorting' } }])
  })

  it('is told in linear time', () => {
    for (const scrap of ['a: ', 'x,', '"', ' = ', '@', 'const ', '(', ';\n', 'a,"\n', '[', '\t', '=>']) {
      const text = scrap.repeat(200_000 / scrap.length)
      expectBounded(5000, () => {
        expect(findingsOf(Buffer.from(text), source)).toBeDefined()
      })
    }
  })
})
