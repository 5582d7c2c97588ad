/** A page of whichever browser: the scripts here only have to run in it. */
export interface Evaluates {
  evaluate(script: string): Promise<unknown>
}

/** What A4 has between its margins, in pixels: upright and lying. */
export const PAPER: readonly [width: number, height: number][] = [
  [703, 1032],
  [1032, 703],
]

/** What is skipped while out of sight has a guessed height. A constructed sheet, as the page's policy forbids a style element. */
const DRAW_ALL = `(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { content-visibility: visible !important; transition: none !important; scroll-behavior: auto !important }')
  document.adoptedStyleSheets = [sheet]
})()`

/**
 * Faults of the layout as it stands, each named by its texts: lines of text and controls that lie over each other or beneath a
 * surface, text that is cut off without its whole in a title, and what must be scrolled sideways.
 */
const FAULTS = `(() => {
  const SLACK = 2
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [role=slider], [role=tab]'
  const modal = [...document.querySelectorAll('[role=dialog], dialog[open]')].find((each) => each.checkVisibility())
  const root = modal ?? document.body

  const style = (element) => getComputedStyle(element)
  const up = function* (element) {
    for (let each = element; each && each !== document.documentElement; each = each.parentElement) yield each
  }
  // Read out, not seen: cut to nothing on purpose.
  const forReaders = (element) =>
    [...up(element)].some((each) => {
      const { clipPath, position, overflow } = style(each)
      return clipPath !== 'none' || (each.clientWidth <= 1 && position === 'absolute' && overflow === 'hidden')
    })
  const seen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !forReaders(element) && !element.closest('noscript, script, style, option')
  // What is fixed to the window lies over the page that scrolls beneath it.
  const layer = (element) =>
    [...up(element)].find((each) => style(each).position === 'fixed' || (style(each).position === 'sticky' && style(each).bottom !== 'auto')) ?? null

  const pieces = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { currentNode: node } = walker
    const element = node.parentElement
    if (!node.data.trim() || !seen(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const { fontSize } = style(element)
    for (const { left, right, top, bottom } of range.getClientRects()) {
      // Of the line's height, what letters take.
      const spare = Math.max(0, (bottom - top - Number.parseFloat(fontSize)) / 2)
      pieces.push({ element, node, name: node.data.trim(), text: true, left, right, top: top + spare, bottom: bottom - spare })
    }
  }
  for (const element of root.querySelectorAll(CONTROLS)) {
    if (!seen(element) || element.closest('svg') || element.type === 'hidden') continue
    if (style(element).display === 'inline') continue
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const name = element.ariaLabel || element.textContent || element.id || element.tagName
    pieces.push({ element, name: '[' + name.trim() + ']', text: false, left, right, top, bottom })
  }
  // Cut off. What is left of a piece is what can lie over another.
  const faults = new Set()
  const short = ({ name }) => name.slice(0, 40)
  for (const piece of pieces) {
    const { left, right, top, bottom, element } = piece
    piece.layer = layer(element)
    let cut = false
    for (const each of up(element)) {
      const { overflowX, overflowY, display } = style(each)
      if (display === 'inline' || each === document.body) continue
      const box = each.getBoundingClientRect()
      if (overflowX !== 'visible') {
        cut ||= left < box.left - SLACK || right > box.right + SLACK
        piece.left = Math.max(piece.left, box.left)
        piece.right = Math.min(piece.right, box.right)
      }
      if (overflowY !== 'visible') {
        cut ||= !/auto|scroll/.test(overflowY) && (top < box.top - SLACK || bottom > box.bottom + SLACK)
        piece.top = Math.max(piece.top, box.top)
        piece.bottom = Math.min(piece.bottom, box.bottom)
      }
    }
    if (cut && !element.closest('[title]')?.title.includes(piece.name)) faults.add('cut off: ' + short(piece))
    if (piece.left < -SLACK || piece.right > document.documentElement.clientWidth + SLACK) faults.add('out of the window: ' + short(piece))
  }

  // Over each other. A control as large as its row or card holds others, which must then lie on top.
  const stretched = (control, { left, right, top, bottom }) =>
    !control.text && control.left <= left + SLACK && control.right >= right - SLACK && control.top <= top + SLACK && control.bottom >= bottom - SLACK
  const byTop = [...pieces].sort((a, b) => a.top - b.top)
  byTop.forEach((a, index) => {
    for (let other = index + 1; other < byTop.length && byTop[other].top < a.bottom - SLACK; other++) {
      const b = byTop[other]
      // A line that ends in dots counts twice.
      if (a.layer !== b.layer || (a.text && a.node === b.node) || Math.min(a.right, b.right) - Math.max(a.left, b.left) <= SLACK) continue
      if (Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) <= SLACK) continue
      const inside = !(a.text && b.text) && (a.element.contains(b.element) || b.element.contains(a.element))
      if (!inside && !stretched(a, b) && !stretched(b, a)) faults.add('over each other: ' + short(a) + ' | ' + short(b))
    }
  })

  // Beneath a surface, as far as the window shows.
  const clear = (color) => color === 'transparent' || /[,/] *0\\)$/.test(color)
  for (const piece of pieces) {
    const top = document.elementFromPoint((piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2)
    if (!top || top.contains(piece.element) || piece.element.contains(top) || layer(top) !== piece.layer) continue
    if (!piece.text || top.matches('img, canvas') || !clear(style(top).backgroundColor)) faults.add('beneath another: ' + short(piece) + ' | ' + top.outerHTML.slice(0, 60))
  }

  // What is chosen or typed, and the hint in an empty field.
  const pen = document.createElement('canvas').getContext('2d')
  for (const { element } of pieces) {
    const chosen = element.matches('select') && element.selectedOptions[0]?.textContent
    const typed = element.matches('input:not([type]), input[type=text], input[type=search], input[type=number]') && (element.value || element.placeholder)
    const words = chosen || typed
    if (!words || element.title) continue
    const { font, paddingLeft, paddingRight } = style(element)
    pen.font = font
    const room = element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
    if (pen.measureText(words).width > room + SLACK) faults.add('cut off in its field: ' + words.slice(0, 60))
  }

  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) faults.add('the page scrolls sideways by ' + (scrollWidth - clientWidth) + ' px')
  for (const element of root.querySelectorAll('*')) {
    if (/auto|scroll/.test(style(element).overflowX) && element.scrollWidth > element.clientWidth + 1 && seen(element))
      faults.add('scrolls sideways: ' + element.textContent.trim().slice(0, 40))
  }
  return [...faults]
})()`

/** Lists that draw only the rows in view measure them a frame later. */
const SETTLED = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))'

/** In the page once it is loaded: everything is laid out, nothing moves. */
export const drawAll = async (page: Evaluates): Promise<void> => void (await page.evaluate(DRAW_ALL))

export async function layoutFaults(page: Evaluates): Promise<string[]> {
  await page.evaluate(SETTLED)
  return (await page.evaluate(FAULTS)) as string[]
}

/** Whether a verdict stands whole in the window, and on top of everything else. */
export const verdictInView = async (page: Evaluates): Promise<boolean> =>
  (await page.evaluate(`(() => {
    const verdict = document.querySelector('main article [data-size=lg]')
    const { top, bottom, left, right } = verdict?.getBoundingClientRect() ?? {}
    const points = [[left + 2, (top + bottom) / 2], [right - 2, (top + bottom) / 2], [(left + right) / 2, top + 2], [(left + right) / 2, bottom - 2]]
    return points.every(([x, y]) => x > 0 && verdict.contains(document.elementFromPoint(x, y)))
  })()`)) as boolean
