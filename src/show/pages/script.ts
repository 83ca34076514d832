/** Below `/feeds/`, which is ours also where another application mounts us; no feed's name has a dot. */
export const scriptPath = '/feeds/copy.js'
export const scriptType = 'text/javascript; charset=utf-8'

/**
 * The one script, a file of its own as the policy wants it. Its buttons are hidden until it is here, and stay so where a
 * browser gives no clipboard (pages without TLS): the addresses can be read, followed and selected without it.
 */
export const copyScript = `'use strict'
const said = document.querySelector('[role=status]')

function tell(button, word) {
  const shown = button.firstElementChild
  shown.textContent = word
  setTimeout(() => { shown.textContent = 'Copy' }, 2000)
}

async function copy(button) {
  const address = button.previousElementSibling
  try {
    await navigator.clipboard.writeText(address.textContent)
    tell(button, 'Copied')
    said.textContent = address.textContent + ' copied'
  } catch {
    // Refused: selected, it is one key away.
    getSelection().selectAllChildren(address)
  }
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll('button')) {
    button.hidden = false
    button.addEventListener('click', () => copy(button))
  }
}
`
