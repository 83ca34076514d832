import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { App } from '../../src/app.ts'
import { pagePath } from '../../src/article.ts'
import { readConfig } from '../../src/config.ts'
import { publicUrl } from '../newsroom.ts'
import { startRedis, type TestRedis } from '../redis.ts'
import { browserIsMust, chromiumPath, findings, launchBrowser, openPage, plainHost } from './browser.ts'

/*
 * The pages of the sample home, as a browser shows them. With SCREENSHOTS=FOLDER each is also kept there as an image, to
 * be looked at.
 */

const home = join(import.meta.dirname, '../..')
const screenshots = process.env['SCREENSHOTS']

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }
const schemes = ['light', 'dark'] as const

let redis: TestRedis
let app: App
let browser: Browser
let origin: string
/** Paths by what is there. */
const pages = new Map([
  ['directory', '/'],
  ['preview', '/feeds/latest'],
  ['preview in Arabic', '/feeds/ar'],
])
/** Addresses of the media of all sample articles. */
const media = new Set<string>()

describe.skipIf(chromiumPath === undefined && !browserIsMust)('in a browser (left out without a Chromium)', () => {
  beforeAll(async () => {
    browser = await launchBrowser()
    redis = await startRedis()
    const config = readConfig({ FEEDWIRE_HOME: home, PUBLIC_URL: publicUrl, PORT: '0', LOG_LEVEL: 'silent' })
    app = await App.open({ ...config, redis: redis.address }, { process: 'test' })
    await app.declare()
    for (const { name } of config.sources) await app.collect(name)
    for (const { name } of config.feeds) await app.publish(name)
    await findArticles()
    origin = `http://127.0.0.1:${(await app.serve()).server.port}`
  })
  afterAll(async () => {
    await browser.close()
    await app[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
  })

  for (const name of ['directory', 'preview', 'preview in Arabic', 'article', 'article in Arabic']) {
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of schemes) {
        it(`the ${name} is sound on a ${size}, ${colorScheme}`, async () => {
          await using opened = await openPage(browser, origin + pages.get(name), { viewport, colorScheme })
          const { page, errors, outside } = opened
          if (screenshots) {
            const file = `${name}-${size}-${colorScheme}.png`.replaceAll(' ', '-')
            await page.screenshot({ path: join(screenshots, file), fullPage: true })
          }
          expect(errors).toEqual([])
          // An article's pictures lie where its source put them; nothing else is asked of anybody.
          expect(outside.filter(url => name === 'directory' || !media.has(url))).toEqual([])
          expect(await findings(page)).toEqual([])
          expect(await page.evaluate('document.scrollingElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
          const [paper] = await page.evaluate<number[]>(
            'getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)',
          )
          expect(paper! < 128 ? 'dark' : 'light').toBe(colorScheme)
        })
      }
    }
  }

  it('the directory leads a browser to every public feed in every format', async () => {
    await using opened = await openPage(browser, `${origin}/`)
    const found = await opened.page.evaluate<[href: string, type: string][]>(
      `Array.from(document.querySelectorAll('link[rel=alternate]'), link => [link.href, link.type])`,
    )
    const inTheSitesLanguage = app.config.feeds.filter(({ language }) => language === 'en').length
    const names = [...new Set(found.slice(0, -1).map(([href]) => /feeds\/([^.]*)/.exec(href)![1]!))]
    expect(names.toSorted()).toEqual(app.config.feeds.map(({ name }) => name).toSorted())
    expect(names[0]).toBe('latest')
    expect(names.indexOf('ar')).toBeGreaterThanOrEqual(inTheSitesLanguage)
    const expected = names.flatMap(name => ['rss', 'atom', 'json'].map(format => `${origin}/feeds/${name}.${format}`))
    expect(found.map(([href]) => href)).toEqual([...expected, `${origin}/feeds.opml`])
    for (const [href, type] of found) {
      const { status, headers } = await fetch(href)
      expect([status, headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`])
    }
  })

  it('each copy button of a preview copies the address beside it, and says so', async () => {
    await using opened = await openPage(browser, `${origin}/feeds/latest`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const { page, errors } = opened
    for (const [name, ending] of [
      ['RSS', 'rss'],
      ['Atom', 'atom'],
      ['JSON Feed', 'json'],
    ]) {
      const address = `${publicUrl}/feeds/latest.${ending}`
      await page.getByRole('button', { name: `Copy the ${name} address` }).click()
      await page
        .getByRole('status')
        .filter({ hasText: `${address} copied` })
        .waitFor({ state: 'attached' })
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(address)
      expect(await page.getByRole('button', { name: `Copied the ${name} address` }).count()).toBe(1)
    }
    expect(errors).toEqual([])
  })

  it('an address that may not be copied is selected, to be copied by hand', async () => {
    await using opened = await openPage(browser, `${origin}/feeds/latest`)
    const { page, errors } = opened
    await page.evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))`)
    await page.getByRole('button', { name: 'Copy the Atom address' }).click()
    await page.waitForFunction(`getSelection().toString() === '${publicUrl}/feeds/latest.atom'`)
    expect(errors).toEqual([])
  })

  it.each<[why: string, host: string, options: BrowserContextOptions]>([
    ['scripts are off', '127.0.0.1', { javaScriptEnabled: false }],
    ['a page without TLS gets no clipboard', plainHost, {}],
  ])('a preview shows its addresses, and no button that does nothing, where %s', async (_why, host, options) => {
    await using opened = await openPage(browser, `${origin.replace('127.0.0.1', host)}/feeds/latest`, options)
    const { page, errors } = opened
    expect(await page.getByText(`${publicUrl}/feeds/latest.rss`).isVisible()).toBe(true)
    expect(await page.getByRole('button').count()).toBe(0)
    expect(errors).toEqual([])
  })

  it('the first key leads past the head of a page', async () => {
    await using opened = await openPage(browser, `${origin}/`)
    const { page } = opened
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(`document.activeElement.closest('main') !== null`)).toBe(true)
  })
})

/** An article with a picture, and one in Arabic. */
async function findArticles(): Promise<void> {
  for (const head of await app.store.articles.list({ limit: 1000 })) {
    const article = await app.store.articles.article(head, app.config.site.authority)
    for (const { url } of article.media) media.add(url)
    const name = head.language === 'ar' ? 'article in Arabic' : 'article'
    if (article.media.length > 0 && head.heldUntil === undefined) pages.set(name, pagePath(head))
  }
}
