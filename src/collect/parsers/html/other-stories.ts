import type { Page } from './page.ts'

/** Characters of a story that has begun. */
const leastStory = 300
const mostStories = 100
const mostBoxes = 1_000

/**
 * Takes the stories away that an endless page shows behind its own: boxes of the same kind as the one that holds the headline, or `article`
 * elements, with a first headline of their own. Changes the page.
 */
export function removeNextStories({ elements, document }: Page, headline: Element | undefined): void {
  const others = elements.filter(element => element.localName === 'h1' && element !== headline)
  if (headline?.localName !== 'h1' || others.length === 0) return
  const around = new Set(others.slice(0, mostStories).flatMap(ancestorsOf))
  let story = headline
  while (story.parentElement && !around.has(story.parentElement)) story = story.parentElement
  if (story.textContent.length - headline.textContent.length < leastStory) return
  for (let box: Element | null = story; box && box !== document.body; box = box.parentElement) {
    let next = box.nextElementSibling
    for (let seen = 0; next && seen < mostBoxes; seen++) {
      const following: Element | null = next.nextElementSibling
      if (isAlike(next, box) && around.has(next)) next.remove()
      next = following
    }
  }
}

function ancestorsOf(element: Element): Element[] {
  const found: Element[] = []
  for (let at: Element | null = element; at; at = at.parentElement) found.push(at)
  return found
}

function isAlike(one: Element, other: Element): boolean {
  if (one.localName !== other.localName) return false
  if (one.localName === 'article') return true
  const names = new Set(classesOf(other))
  return names.size === 0 ? classesOf(one).length === 0 : classesOf(one).some(name => names.has(name))
}

function classesOf(element: Element): string[] {
  return (element.getAttribute('class')?.slice(0, 300) ?? '').split(/\s+/).filter(name => name !== '')
}
