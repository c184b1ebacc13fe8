// What has just happened, said once at the top of the next page.

import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export type NoticeTone = 'info' | 'good' | 'warn' | 'bad'

export const NOTICE_ICONS: Readonly<Record<NoticeTone, IconName>> = { info: 'info', good: 'tick', warn: 'alert', bad: 'stop' }

export interface FlashMessage {
  readonly message: ComponentChildren
  readonly tone?: NoticeTone
}

export function Flash({ message, tone = 'good' }: FlashMessage) {
  return (
    <div class={`notice flash ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={NOTICE_ICONS[tone]} />
      <div>{message}</div>
    </div>
  )
}
