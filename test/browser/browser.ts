import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import { expect } from 'vitest'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** Path of the Chromium of this system, as Debian's package `chromium` installs it; undefined where there is none. */
export const chromiumPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter(folder => folder !== '')
  .flatMap(folder => names.map(name => join(folder, name)))
  .find(isExecutable)

/** Said by CI, which installs one: there the browser tests must run. */
export const browserIsMust = Boolean(process.env['CI'])

if (chromiumPath === undefined && !browserIsMust) {
  process.stderr.write('The browser tests are left out: there is no Chromium on PATH (Debian: apt install chromium).\n')
}

/** A name of this machine that no browser takes for a safe place, as it does 127.0.0.1. */
export const plainHost = 'plain.example'

/** It reaches nothing but this machine: what it would look for elsewhere has no address. */
export function launchBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium on PATH, and CI is set')
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  const hosts = `--host-resolver-rules=MAP ${plainHost} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet, hosts],
  })
}

export interface Opened extends AsyncDisposable {
  page: Page
  /** What was said on the console, and exceptions. */
  errors: string[]
  /** Addresses that were asked of others than our own server; each gave a picture. */
  outside: string[]
}

/** The page at this address, with all that belongs to it. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext(options)
  const { origin } = new URL(url)
  const [errors, outside]: [string[], string[]] = [[], []]
  await context.route(
    asked => asked.origin !== origin,
    async route => {
      outside.push(route.request().url())
      await route.fulfill({ contentType: 'image/svg+xml', body: picture })
    },
  )
  const page = await context.newPage()
  page.on('console', message => errors.push(message.text()))
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(url, { waitUntil: 'load' })
  return { page, errors, outside, [Symbol.asyncDispose]: () => context.close() }
}

const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450"><rect width="800" height="450" fill="#789"/></svg>`

/** What axe finds that is serious or worse. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations, passes } = await page.evaluate<AxeResults>('axe.run()')
  expect(passes.map(({ id }) => id)).toContain('color-contrast')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
