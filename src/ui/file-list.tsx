// Files that are there: name, size, what is known about them, and a way to open or remove each.

import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { With } from './surround.tsx'

export interface FileItem {
  readonly name: string
  readonly href?: string
  /** Bytes. */
  readonly size?: number
  /** A tag, a date, who sent it. */
  readonly note?: ComponentChildren
  /** Value of the submit button named `_removeFile`, or `removeName`; absent: cannot be removed. */
  readonly removeValue?: string
  readonly removeName?: string
}

export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${amount.toFixed(amount < 10 ? 1 : 0).replace('.', ',')} ${unit}`
}

export function FileList({ files, label }: { files: readonly FileItem[]; label: string }) {
  return (
    <ul class="files" aria-label={label}>
      {files.map(({ name, href, size, note, removeValue, removeName = '_removeFile' }) => (
        <li>
          <Icon name="file" />
          <div>
            {href ? <a href={href}>{name}</a> : <span>{name}</span>}
            {(size !== undefined || note) && (
              <div class="about">
                {size !== undefined && <span>{fileSize(size)}</span>}
                {note}
              </div>
            )}
          </div>
          {removeValue !== undefined && (
            <With>
              {({ words }) => (
                <Button look="quiet" icon="trash" name={removeName} value={removeValue}>
                  {words.fileRemove}
                  <span class="sr"> {name}</span>
                </Button>
              )}
            </With>
          )}
        </li>
      ))}
    </ul>
  )
}
