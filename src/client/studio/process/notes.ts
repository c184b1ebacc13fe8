// Who works and how long, written under each step of the drawing; what is wrong, marked on its element with a sign and a colour.

import { isStep, textOf } from './model.ts'
import type { Offers, PanelProps } from './panel.tsx'
import type { Drawn, Easel } from './types.ts'

const marked = new Map<string, string>()

function words(step: Drawn, offers: Offers): string {
  const { businessObject } = step
  const role = offers.roles.find((one) => one.value === textOf(businessObject, 'role'))?.label ?? 'Ai làm?'
  const hours = textOf(businessObject, 'hours')
  const time = textOf(businessObject, 'clock') === 'stops' ? 'tạm dừng' : hours && hours !== '0' ? `${hours.replace('.', ',')} giờ` : ''
  return [step.type === 'bpmn:CallActivity' ? 'Gọi quy trình' : role, time].filter(Boolean).join(' · ')
}

export function showNotes(easel: Easel, offers: Offers, faults: PanelProps['faults']): void {
  const [overlays, registry, canvas] = [easel.get('overlays'), easel.get('elementRegistry'), easel.get('canvas')]
  overlays.remove({ type: 'process-note' })
  overlays.remove({ type: 'process-fault' })
  for (const [id, marker] of marked) if (registry.get(id)) canvas.removeMarker(id, marker)
  marked.clear()
  for (const step of registry.filter(isStep)) {
    const html = document.createElement('div')
    html.className = 'process-note'
    html.textContent = words(step, offers)
    html.style.width = `${step.width - 8}px`
    overlays.add(step, 'process-note', { position: { bottom: 20, left: 4 }, html })
  }
  for (const { element: id, level, message } of [...faults].sort((a, b) => Number(b.level === 'warning') - Number(a.level === 'warning'))) {
    const element = registry.get(id)
    if (!element || !('width' in element) || element.type === 'bpmn:Process') continue
    const marker = level === 'error' ? 'process-wrong' : 'process-doubt'
    canvas.addMarker(id, marker)
    marked.set(id, marker)
    if (element.type === 'bpmn:SequenceFlow') continue
    const html = document.createElement('div')
    html.className = `process-fault ${level === 'error' ? 'bad' : 'warn'}`
    html.textContent = '!'
    html.title = message
    overlays.remove({ element: id, type: 'process-fault' })
    overlays.add(element, 'process-fault', { position: { top: -10, right: 10 }, html })
  }
}
