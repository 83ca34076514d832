import { expect, it } from 'vitest'
import { isEnclosable, uriOf } from '../../../src/publish/formats/address.ts'
import { expectBounded } from '../../collect/parsers/outcomes.ts'

it.each([
  'https://img.example/photos/1/open-uri20231101?1698882789',
  "https://img.example/a;b=c,d/(e)*!'~$&?f=@:g/%C3%A9%zz#h#i",
  'http://[2001:db8::1]:8080/a',
  'mailto:desk@example.com',
  'tag:example.com,2023:a/b',
])('leaves %s as it is', uri => expect(uriOf(uri)).toBe(uri))

it.each([
  ['https://img.example/배.jpg', 'https://img.example/%EB%B0%B0.jpg'],
  ['https://img.example/a b|c?d[]=é#"', 'https://img.example/a%20b%7Cc?d%5B%5D=%C3%A9#%22'],
  ['https://img.example/\\x/{y}^`<z>', 'https://img.example/%5Cx/%7By%7D%5E%60%3Cz%3E'],
  ['https://xn--e1afmkfd.example/é', 'https://xn--e1afmkfd.example/%C3%A9'],
  ['https://пример.example:8080/é?ж', 'https://xn--e1afmkfd.example:8080/%C3%A9?%D0%B6'],
  ['http://[2001:db8::1]/é', 'http://[2001:db8::1]/%C3%A9'],
  ['https://img.example/🐝', 'https://img.example/%F0%9F%90%9D'],
])('writes %s as a URI', (iri, uri) => {
  expect(uriOf(iri)).toBe(uri)
  expect(uriOf(uri)).toBe(uri)
})

it('takes time that grows with the length alone', () => {
  expectBounded(5000, () => {
    for (const piece of ['é', 'a.', ':', '/', '[', '@']) {
      uriOf(`https://${piece.repeat(200_000)}`)
      isEnclosable(`https://${piece.repeat(200_000)}`)
    }
  })
})

it.each(['https://a.example/', 'http://127.0.0.1:8080/a.mp3', 'HTTPS://A-1.Example/x?y'])('can enclose %s', url =>
  expect(isEnclosable(url)).toBe(true),
)

it.each([
  'ftp://a.example/x',
  'https://a.example?x',
  'https://a_b.example/',
  'https://a',
  'data:,x',
  'https://u:p@a.example/',
])('cannot enclose %s', url => expect(isEnclosable(url)).toBe(false))
