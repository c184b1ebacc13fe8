// The drawing board of the process tab: bpmn-js with our palette and panel; what is drawn is read by the server, judged, and saved as a part of the draft.

import Modeler from 'bpmn-js/lib/Modeler'
import { render } from 'preact'
import { tinhsoModdle } from '#ui/drawing-words.ts'
import { openPart, type PartSaver } from '../save.ts'
import { readable } from './fit.ts'
import { showNotes } from './notes.ts'
import { textOf } from './model.ts'
import { OneAct } from './one-act.ts'
import { type Offers, Panel, type PanelProps } from './panel.tsx'
import { ourServices } from './services.ts'
import { leaveFormsAlone, place, type Reading } from './surroundings.ts'
import { makeTools } from './tools.ts'
import type { Drawn, Easel } from './types.ts'

interface Part {
  readonly steps?: unknown
  readonly bpmn?: string
}

/** Narrower than this the list is the better way; the picture stays to be looked at. */
const WIDE = '(min-width: 900px)'
const PAUSE = 350
const AGAIN = 5000

/** As `.process-canvas` has them. */
const PAPER = '#fff'
const INK = '#1d1a18'

function makeEasel(canvas: HTMLElement): Easel {
  return new Modeler({
    container: canvas,
    additionalModules: [ourServices],
    moddleExtensions: { tinhso: tinhsoModdle },
    bpmnRenderer: { defaultFillColor: PAPER, defaultStrokeColor: INK, defaultLabelColor: INK },
    textRenderer: { defaultStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: '12px' }, externalStyle: { fontSize: '12px' } },
  } as object) as unknown as Easel
}

async function open(host: HTMLElement): Promise<void> {
  const url = host.dataset.process ?? ''
  const offers = JSON.parse(host.dataset.processWords ?? '{}') as Offers
  const canvas = document.createElement('div')
  canvas.className = 'process-canvas'
  const side = document.createElement('aside')
  side.className = 'process-panel'
  side.setAttribute('aria-label', 'Ô đang chọn')
  const easel = makeEasel(canvas)
  const hand = new OneAct(easel)
  const bar = makeTools(easel)
  host.replaceChildren(bar, canvas, side)

  let faults: PanelProps['faults'] = []
  let saver: PartSaver<Part> | null = null
  let steps: unknown = []
  let timer = 0
  let drawing = true // while a file is being put on the board its changes are nobody's
  let unread = false
  let turn = 0

  const select = (element: Drawn) => {
    easel.get('selection').select(element)
    easel.get('canvas').scrollToElement(element)
  }
  const draw = () => {
    // A field that is being written in is not pulled away: its own change draws the panel anew.
    render(<Panel hand={hand} offers={offers} selected={easel.get('selection').get()} faults={faults} select={select} />, side)
  }

  async function put(xml: string, keep = false): Promise<void> {
    drawing = true
    const view = keep ? easel.get('canvas').viewbox() : null
    try {
      await easel.importXML(xml)
      if (view) easel.get('canvas').viewbox({ x: view.x, y: view.y, width: view.width, height: view.height })
      else readable(easel)
    } finally {
      drawing = false
    }
    host.dataset.processReady = 'true'
    showNotes(easel, offers, faults)
    draw()
  }

  async function read(): Promise<boolean> {
    const mine = ++turn
    const { xml } = await easel.saveXML({ format: true })
    if (!xml || !saver) return false
    try {
      const reply = await fetch(`${url}/readings`, {
        method: 'POST', body: JSON.stringify({ bpmn: xml }), signal: AbortSignal.timeout(20_000),
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-requested-with': 'studio', 'x-csrf-token': document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '' },
      })
      if (mine !== turn) return true
      if (!reply.ok) throw new Error(String(reply.status))
      const reading = (await reply.json()) as Reading
      if (mine !== turn) return true
      unread = false
      faults = reading.faults
      if (reading.steps) steps = reading.steps
      saver.changed({ steps, bpmn: reading.bpmn })
      place(reading)
      showNotes(easel, offers, faults)
      draw()
      return true
    } catch {
      // The line is down: the device keeps the drawing, and it is read as soon as somebody can.
      saver.changed({ steps, bpmn: xml })
      clearTimeout(timer)
      timer = window.setTimeout(() => void read(), AGAIN)
      return false
    }
  }

  const changed = () => {
    if (drawing) return
    unread = true
    clearTimeout(timer)
    timer = window.setTimeout(() => void read(), PAUSE)
    draw()
  }

  const fresh = async (): Promise<string | null> => {
    const reply = await fetch(`${url}/drawing.bpmn`, { headers: { accept: 'application/xml' } })
    return reply.ok ? reply.text() : null
  }

  const bus = easel.get('eventBus')
  bus.on('commandStack.changed', changed)
  bus.on('selection.changed', draw)
  saver = openPart<Part>(host, (value) => {
    steps = value.steps ?? steps
    void (value.bpmn ? Promise.resolve(value.bpmn) : fresh()).then(async (xml) => {
      if (!xml) return
      await put(xml, true)
      await read()
    })
  })
  steps = saver.value().steps ?? []
  const first = await fresh()
  if (first) await put(saver.value().bpmn ?? first)
  const settle = async () => {
    clearTimeout(timer)
    if (unread) await read()
    return saver!.flush()
  }
  leaveFormsAlone(settle, (id) => {
    const found = easel.get('elementRegistry').get(id) ?? hand.steps.find((one) => textOf(one.businessObject, 'stepId') === id)
    if (!found) return false
    select(found)
    canvas.scrollIntoView({ block: 'nearest' })
    side.querySelector<HTMLElement>('input, select')?.focus({ preventScroll: true })
    return true
  }, host.dataset.partDraft ?? '')
  const said = document.getElementById('process-faults')?.dataset.faults
  if (said) faults = JSON.parse(said) as PanelProps['faults']
  showNotes(easel, offers, faults)
  draw()
}

const host = document.querySelector<HTMLElement>('[data-process]')
const wide = matchMedia(WIDE)
function begin(): void {
  if (host?.dataset.partWrite !== 'true' || !wide.matches || host.dataset.begun) return
  host.dataset.begun = 'true'
  document.documentElement.classList.add('has-easel')
  open(host).catch((error: unknown) => {
    document.documentElement.classList.remove('has-easel')
    host.replaceChildren()
    console.error(error)
  })
}
begin()
wide.addEventListener('change', begin)
