import { InvalidArgumentError, Option, type Command } from 'commander'
import { usualMemory } from '../serve/edge/memory.ts'

/** `--memory SIZE`: bytes of editions that each edge process keeps in memory. */
export function addMemory(command: Command): Command {
  const memory = new Option('--memory <size>', 'how much of the editions each process keeps in memory, not on disk')
  return command.addOption(memory.argParser(readSize).default(usualMemory, inMegabytes(usualMemory)))
}

/** As arguments of another process. */
export function memoryArgs(memory: number): string[] {
  return memory === usualMemory ? [] : ['--memory', inMegabytes(memory)]
}

const units = { MB: 1e6, GB: 1e9 }

/** -> bytes. */
function readSize(text: string): number {
  const [, count, unit] = /^(\d{1,7})(MB|GB)$/i.exec(text) ?? []
  const size = Number(count) * units[unit?.toUpperCase() === 'GB' ? 'GB' : 'MB']
  if (!(size > 0)) throw new InvalidArgumentError('expected a size such as 64MB or 2GB')
  return size
}

function inMegabytes(size: number): string {
  return `${size / units.MB}MB`
}
