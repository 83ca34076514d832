import type { Reporter, TestModule } from 'vitest/node'

/** Before the summary of a run, a line for each thing that was not tried on this machine, by the name of its test or tests. */
export class LeftOut implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const name of new Set(skippedIn(module)))
        process.stdout.write(`\nLeft out in ${module.relativeModuleId}: ${name}`)
    }
    process.stdout.write('\n')
  }
}

/** A group that was left out as a whole is one thing. */
function skippedIn(module: TestModule): string[] {
  return Array.from(module.children.allTests('skipped'), test => {
    const { parent } = test
    return parent.type === 'suite' && parent.options.mode === 'skip' ? parent.fullName : test.fullName
  })
}
