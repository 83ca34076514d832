import { collectStage } from './stages/collect.ts'
import { pruneStage } from './stages/prune.ts'
import { publishStage } from './stages/publish.ts'
import { releaseStage } from './stages/release.ts'
import type { Stage } from './stages/stage.ts'

/** Every stage, in the order in which an article passes them. Another is a file in `stages/`, and a line here. */
export const stages: readonly Stage[] = [collectStage, releaseStage, publishStage, pruneStage]
