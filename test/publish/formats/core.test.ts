import { expect, it } from 'vitest'
import { isRightToLeft } from '../../../src/publish/formats/core.ts'

it.each([
  'ar',
  'ar-EG',
  'AR',
  'he-IL',
  'fa',
  'ur-PK',
  'ps',
  'sd',
  'yi',
  'dv',
  'ckb',
  'ku-Arab',
  'az-Arab-IR',
  'pa-arab',
])('knows that %s is written from right to left', language => expect(isRightToLeft(language)).toBe(true))

it.each(['en', 'pt-BR', 'ko', 'ku', 'ar-Latn', 'sd-Deva', 'sl-1994', ''])(
  'knows that "%s" is not written from right to left',
  language => expect(isRightToLeft(language)).toBe(false),
)
