import { bodiesOf, readInputs, type Portion, type Read } from './inputs.ts'

/** What a thread of `Readers` does with a portion. */
export default function readPortion(portion: Portion): Read {
  const { inputs, rest } = readInputs(portion)
  // In one piece of memory: each by itself would travel with the whole buffer that it lies in.
  const bodies = inputs.flatMap(bodiesOf)
  const all = Buffer.concat(bodies.map(({ packed }) => packed))
  let at = 0
  for (const body of bodies) body.packed = all.subarray(at, (at += body.packed.length))
  return { inputs, rest }
}
