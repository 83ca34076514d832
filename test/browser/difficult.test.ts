import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { pagePath } from '../../src/article.ts'
import { openNewsroom, type Newsroom } from '../newsroom.ts'
import { browserIsMust, chromiumPath, findings, launchBrowser, openPage } from './browser.ts'

const word = 'Donaudampfschifffahrtsgesellschaftskapitaen'.repeat(3)
const row = (cell: string) => `<tr>${`<${cell}>${'figure'.repeat(3)}</${cell}>`.repeat(12)}</tr>`

/** What foreign HTML may bring that does not fit on a phone, and what it must not bring. */
const html = `<!doctype html><html lang="en"><head><title>${word}</title>
<meta property="article:published_time" content="2024-05-01T10:00:00Z"></head><body><article><h1>${word}</h1>
<p>The harbour office has counted what was shipped in a year, and says how much of it came back. ${word}</p>
<h2>In figures</h2><table><thead>${row('th')}</thead><tbody>${row('td').repeat(3)}</tbody></table>
<pre>${'a line of code that goes on and on; '.repeat(8)}</pre>
<p><code>${'x'.repeat(200)}</code> and <a href="https://elsewhere.example/${'path/'.repeat(40)}">https://elsewhere.example/${'path/'.repeat(40)}</a></p>
<p><img src="https://elsewhere.example/wide.png" alt="A wide picture" width="4000" height="100"></p>
<blockquote><p>Nobody had counted before.</p></blockquote><ol><li>Ropes</li><li>Sails</li></ol>
<script>document.title = 'taken over'</script><p style="width:4000px" onclick="alert(1)">The end of the report, which is long enough to be read as one.</p>
</article></body></html>`

let room: Newsroom
let browser: Browser
let address: string

describe.skipIf(chromiumPath === undefined && !browserIsMust)('in a browser (left out without a Chromium)', () => {
  beforeAll(async () => {
    browser = await launchBrowser()
    room = await openNewsroom({ files: { 'hard.html': html } })
    await room.app.collect('desk')
    const [head] = await room.app.store.articles.list({ limit: 1 })
    const { server } = await room.app.serve()
    address = `http://127.0.0.1:${server.port}${pagePath(head!)}`
  })
  afterAll(async () => {
    await browser.close()
    await room[Symbol.asyncDispose]()
  })

  it('an article that is too wide for a phone fits on one, can be reached by key, and runs nothing', async () => {
    await using opened = await openPage(browser, address, { viewport: { width: 390, height: 844 } })
    const { page, errors, outside } = opened
    // It is asked for when it comes into view.
    await page.locator('img').scrollIntoViewIfNeeded()
    await page.waitForFunction('document.images[0].complete && document.images[0].naturalWidth > 0')
    expect(errors).toEqual([])
    expect(outside).toEqual(['https://elsewhere.example/wide.png'])
    expect(await page.title()).toBe(word)
    expect(await page.evaluate('document.scrollingElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(await page.getByRole('cell').count()).toBe(36)
    expect(await findings(page)).toEqual([])
    if (process.env['SCREENSHOTS'])
      await page.screenshot({ path: `${process.env['SCREENSHOTS']}/difficult.png`, fullPage: true })
  })
})
