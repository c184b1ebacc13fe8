// Something the reader should know before going on; an alert is one they must not miss.

import type { ComponentChildren } from 'preact'
import { NOTICE_ICONS, type NoticeTone } from './flash.tsx'
import { Icon } from './icon.tsx'

export interface NoticeProps {
  readonly tone?: NoticeTone
  readonly title?: string
  readonly children?: ComponentChildren
}

export function Notice({ tone = 'info', title, children, role }: NoticeProps & { role?: 'alert' }) {
  return (
    <div class={`notice ${tone}`} role={role}>
      <Icon name={NOTICE_ICONS[tone]} />
      <div>
        {title && (
          <p>
            <b>{title}</b>
          </p>
        )}
        {children}
      </div>
    </div>
  )
}

/** Read out at once by screen readers. */
export function Alert(props: NoticeProps) {
  return <Notice tone="bad" {...props} role="alert" />
}
