import { copyScript, scriptPath, scriptType } from '../../show/pages/script.ts'
import { makeDocument, sendDocument } from '../http/send-document.ts'
import type { Route } from './route.ts'

/** The script of the preview pages. */
export const scriptRoute: Route = {
  path: scriptPath,
  open() {
    const script = makeDocument(scriptType, copyScript)
    return (request, response) => sendDocument(request, response, script)
  },
}
