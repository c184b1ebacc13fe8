// The photo table under a paper's input: pages seen, turned, cut, ordered, warned of, and only then sent as one file.

import { make } from '../dom.ts'
import { finished, open, type Picture, show } from './picture.ts'
import { pdfOf } from './pdf.ts'
import { words } from './words.ts'

/** Put in by the build: the address of this table's stylesheet. */
declare const STYLE: string

/** A page, or a file that cannot be opened here and goes as it is. */
type Page = { readonly picture: Picture; readonly raw?: undefined } | { readonly raw: File; readonly picture?: undefined }

interface Table {
  add(files: readonly File[]): Promise<void>
}

const tables = new WeakMap<HTMLInputElement, Table>()

/** Puts photographs on the input's table; a first one sets it up. `send` gets what is to go. */
export async function lay(input: HTMLInputElement, files: readonly File[], send: (files: readonly File[]) => void): Promise<void> {
  const table = tables.get(input) ?? set(input, send)
  tables.set(input, table)
  await table.add(files)
}

function styled(): void {
  if (document.querySelector(`link[href="${STYLE}"]`)) return
  document.head.append(make('link', { rel: 'stylesheet', href: STYLE }))
}

const button = (text: string, look: string, act: () => void, about = '') => {
  const made = make('button', { type: 'button', className: `btn ${look}`, textContent: text })
  if (about) made.append(make('span', { className: 'sr', textContent: `, ${about}` }))
  made.addEventListener('click', act)
  return made
}

function set(input: HTMLInputElement, send: (files: readonly File[]) => void): Table {
  styled()
  const pages: Page[] = []
  const flawed = new Set<Page>()
  const box = make('section', { className: 'photos' })
  const title = make('h3', { textContent: words.title, tabIndex: -1 })
  const list = make('ol', {})
  const said = make('p', { className: 'soft' })
  const sending = make('div', { className: 'send' })
  title.id = `${input.id}--photos`
  box.setAttribute('aria-labelledby', title.id)
  said.setAttribute('role', 'status')
  box.append(title, make('p', { className: 'soft', textContent: words.lead }), list, said, sending)
  input.parentElement?.append(box)

  const sendButton = button('', 'primary', () => void go())
  sending.append(sendButton, button(words.more, 'secondary', () => input.click()), button(words.stop, 'quiet', close))

  function close(): void {
    box.remove()
    tables.delete(input)
    input.focus()
  }

  function label(): void {
    const count = pages.length
    sendButton.textContent = flawed.size > 0 ? words.sendAnyway(count) : words.send(count)
    sendButton.disabled = count === 0
  }

  /** Draws all rows again; the focus goes to the same control of the page that was moved. */
  async function draw(focus?: { at: number; act: string }): Promise<void> {
    flawed.clear()
    const rows = await Promise.all(pages.map((page, at) => row(page, at)))
    list.replaceChildren(...rows)
    label()
    if (focus) (list.children[focus.at]?.querySelector<HTMLElement>(`[data-act="${focus.act}"]:not(:disabled)`) ?? title).focus()
  }

  async function row(page: Page, at: number): Promise<HTMLLIElement> {
    const item = make('li', {})
    const figure = make('figure', {})
    const about = make('div', {})
    const acts = make('div', { className: 'acts' })
    about.append(make('b', { textContent: words.page(at + 1) }))
    if (page.picture) {
      const { blob, fault } = await show(page.picture)
      const url = URL.createObjectURL(blob)
      const image = make('img', { src: url, alt: `${words.page(at + 1)}: ${page.picture.name}` })
      image.addEventListener('load', () => URL.revokeObjectURL(url), { once: true })
      figure.append(image)
      if (fault) flawed.add(page)
      item.classList.toggle('flawed', fault !== null)
      about.append(
        fault
          ? make('p', { className: 'warned', textContent: `⚠ ${words.fault[fault](at + 1)}` })
          : make('p', { className: 'fine', textContent: `✓ ${words.good}` }),
      )
    } else {
      figure.append(make('span', { className: 'soft', textContent: page.raw.name }))
      about.append(make('p', { className: 'soft', textContent: words.raw }))
    }
    about.append(acts)
    item.append(figure, about)
    acts.append(...actsOf(page, at))
    return item
  }

  function actsOf(page: Page, at: number): HTMLElement[] {
    const act = (name: string, text: string, run: () => void | Promise<void>) => {
      const made = button(text, 'quiet', () => void run(), words.page(at + 1))
      made.dataset.act = name
      return made
    }
    const { picture } = page
    const turn = (right: boolean) => async () => {
      picture!.turn = (picture!.turn + (right ? 1 : 3)) % 4
      await draw({ at, act: right ? 'right' : 'left' })
      said.textContent = words.turned(at + 1, right)
    }
    const move = (by: 1 | -1) => async () => {
      pages.splice(at + by, 0, ...pages.splice(at, 1))
      await draw({ at: at + by, act: by < 0 ? 'up' : 'down' })
      said.textContent = words.moved(at + 1, at + 1 + by)
    }
    const up = act('up', words.up, move(-1))
    const down = act('down', words.down, move(1))
    up.disabled = at === 0
    down.disabled = at === pages.length - 1
    const remove = act('remove', words.remove, async () => {
      pages.splice(at, 1)
      if (pages.length === 0) return close()
      await draw({ at: Math.min(at, pages.length - 1), act: 'remove' })
      said.textContent = words.removed(at + 1)
    })
    if (!picture) return [up, down, remove]
    const cut = act('cut', words.cut, async () => {
      picture.cut = !picture.cut
      await draw({ at, act: 'cut' })
      said.textContent = words.cutDone(at + 1, picture.cut)
    })
    cut.setAttribute('aria-pressed', String(picture.cut))
    return [act('left', words.left, turn(false)), act('right', words.right, turn(true)), ...(picture.sheet ? [cut] : []), ...(pages.length > 1 ? [up, down] : []), remove]
  }

  /** The paper's name, for people who later read the list of files. */
  const nameOf = (ending: string): string => `${(input.dataset.photos || words.fileName).slice(0, 80)}.${ending}`

  async function go(): Promise<void> {
    sendButton.disabled = true
    said.textContent = words.working
    const raw = pages.flatMap((page) => (page.raw ? [page.raw] : []))
    const done = []
    for (const { picture } of pages) if (picture) done.push(await finished(picture))
    const made =
      done.length === 0
        ? []
        : done.length === 1
          ? [new File([done[0]!.bytes], nameOf('jpg'), { type: 'image/jpeg' })]
          : [new File([pdfOf(done)], nameOf('pdf'), { type: 'application/pdf' })]
    close()
    send([...made, ...raw])
  }

  return {
    async add(files) {
      said.textContent = words.opening
      for (const file of files) {
        const picture = await open(file)
        pages.push(picture ? { picture } : { raw: file })
      }
      await draw()
      said.textContent = ''
      title.focus()
    },
  }
}
