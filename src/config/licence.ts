import { payments, uses } from '../feed.ts'
import { listOf, mapping, oneOf, url } from './values.ts'

const usesOf = listOf(oneOf(uses), 'uses').optional()

/** Terms by RSL 1.0. An empty one would give everything away. */
export const licence = mapping({
  permits: usesOf,
  prohibits: usesOf,
  payment: oneOf(payments).optional(),
  standard: url.optional(),
  custom: url.optional(),
  terms: url.optional(),
}).refine(terms => Object.values(terms).some(term => term.length > 0), {
  error: 'at least one of permits, prohibits, payment, standard, custom and terms',
})
