// Choosing files to send; the client script shows how far each upload has come.

export interface FileInputProps {
  readonly id: string
  readonly name: string
  readonly accept?: string
  readonly multiple?: boolean
  /** Where the client script sends a chosen file at once; without it the file goes with the form. */
  readonly uploadHref?: string
  /** Largest size in bytes; the client script refuses more before sending. */
  readonly maxBytes?: number
  readonly 'aria-invalid'?: boolean
  readonly 'aria-describedby'?: string
  readonly 'aria-required'?: boolean
}

export function FileInput({
  uploadHref,
  maxBytes,
  accept = 'image/*,application/pdf,.doc,.docx,.odt',
  'aria-required': _required,
  ...rest
}: FileInputProps) {
  return (
    <div class="upload">
      <input type="file" accept={accept} data-upload={uploadHref} data-max={maxBytes} {...rest} />
      <div data-upload-status aria-live="polite" />
    </div>
  )
}
