// Undo, zoom and fit above the drawing, as buttons with words.

import { make } from '../../dom.ts'
import { readable, whole } from './fit.ts'
import type { Easel } from './types.ts'

const PICTURES: Readonly<Record<string, string>> = {
  undo: 'M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H6', redo: 'M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H10', out: 'M3 8h10', in: 'M8 3v10M3 8h10', fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10', wide: 'M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9',
}

function picture(name: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', PICTURES[name] ?? '')
  svg.append(path)
  return svg
}

export function makeTools(easel: Easel): HTMLElement {
  const [canvas, stack] = [easel.get('canvas'), easel.get('commandStack')]
  const bar = make('div', { className: 'process-bar-tools' })
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', 'Bàn vẽ')
  const button = (name: string, words: string, keys: string, act: () => void, seen = false) => {
    const made = make('button', { type: 'button', className: 'btn quiet', title: keys ? `${words} (${keys})` : words })
    made.append(picture(name), make('span', { className: seen ? '' : 'sr', textContent: words }))
    made.addEventListener('click', act)
    bar.append(made)
    return made
  }
  const undo = button('undo', 'Hoàn tác', 'Ctrl+Z', () => stack.undo(), true)
  const redo = button('redo', 'Làm lại', 'Ctrl+Y', () => stack.redo(), true)
  bar.append(make('span', { className: 'process-gap' }))
  button('out', 'Thu nhỏ', 'Ctrl+−', () => canvas.zoom(canvas.zoom() / 1.25))
  button('in', 'Phóng to', 'Ctrl++', () => canvas.zoom(canvas.zoom() * 1.25))
  button('fit', 'Vừa khung', '', () => whole(easel), true)
  const wide = button('wide', 'Rộng hết màn hình', 'Esc để thu lại', () => grow(!document.documentElement.classList.contains('easel-wide')))
  const grow = (on: boolean) => {
    document.documentElement.classList.toggle('easel-wide', on)
    wide.setAttribute('aria-pressed', String(on))
    canvas.resized()
    readable(easel)
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.documentElement.classList.contains('easel-wide')) grow(false)
  })
  const state = () => {
    undo.disabled = !stack.canUndo()
    redo.disabled = !stack.canRedo()
  }
  easel.get('eventBus').on('commandStack.changed', state)
  easel.get('eventBus').on('import.done', state)
  state()
  return bar
}
