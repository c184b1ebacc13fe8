// Choosing files to send; the client script shows how far each upload has come.

export interface FileInputProps {
  readonly id: string
  readonly name: string
  readonly accept?: string
  readonly multiple?: boolean
  /** Where the client script sends a chosen file at once; without it the file goes with the form. */
  readonly uploadHref?: string
  /** Where the client script sends a chosen file in pieces (tus), so that it can go on after a dropped line. */
  readonly tusHref?: string
  /** Photographs are arranged before they are sent; the name of the paper they show. */
  readonly photosOf?: string
  /** Largest size in bytes; the client script refuses more before sending. */
  readonly maxBytes?: number
  readonly 'aria-invalid'?: boolean
  readonly 'aria-describedby'?: string
  readonly 'aria-required'?: boolean
}

export function FileInput({
  uploadHref,
  tusHref,
  photosOf,
  maxBytes,
  accept = 'image/*,application/pdf,.doc,.docx,.odt',
  'aria-required': _required,
  ...rest
}: FileInputProps) {
  return (
    <div class="upload">
      <input type="file" accept={accept} data-upload={uploadHref} data-tus={tusHref} data-photos={photosOf} data-max={maxBytes} {...rest} />
      <div data-upload-status aria-live="polite" />
    </div>
  )
}
