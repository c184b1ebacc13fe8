// A file as the answer: what has been sent, and an input to send or replace it.

import { FileInput } from '../file-input.tsx'
import { FileList, type FileItem } from '../file-list.tsx'
import { With } from '../surround.tsx'
import { control, Labelled } from './frame.tsx'
import type { ReadyProps } from './props.ts'

function sent(value: unknown): readonly FileItem[] {
  if (Array.isArray(value)) return value.flatMap(sent)
  if (typeof value === 'string' && value !== '') return [{ name: value }]
  if (typeof value !== 'object' || value === null || !('name' in value)) return []
  const { name, href, size } = value as { name: unknown; href?: unknown; size?: unknown }
  return [{ name: String(name), href: typeof href === 'string' ? href : undefined, size: typeof size === 'number' ? size : undefined }]
}

export function FileField(props: ReadyProps) {
  const files = sent(props.value)
  return (
    <With>
      {({ words }) => (
        <Labelled props={props}>
          {files.length > 0 && (
            <>
              <FileList label={words.fileSent} files={files} />
              <p class="hint">{words.fileReplace}:</p>
            </>
          )}
          <FileInput {...control(props)} tusHref={props.tusHref} />
        </Labelled>
      )}
    </With>
  )
}
