// The papers of a dossier: which are needed and why, what has been sent, and inputs to send more; one form that works without script.

import { ACCEPTED_TYPES, MAX_FILE_BYTES, type OpenUpload } from '#modules/files/index.ts'
import type { PartView, Reusable } from '#modules/dossiers/index.ts'
import { explain, type PartWords } from '#modules/procedures/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, FileInput, FileList, fileSize, Form, Icon, LinkButton, Notice, StatusTag, Time } from '#ui/index.ts'
import { type FilingFace, filingPaths } from './face.ts'
import { type Filing, pageBefore, PAPERS } from './filing.ts'
import { FilingSteps } from './page-view.tsx'
import { SupplementNotice } from './supplement-notice.tsx'

export interface PapersViewProps {
  readonly face: FilingFace
  readonly filing: Filing
  readonly errors?: readonly { readonly key: string; readonly message: string }[]
  readonly toReview?: boolean
  /** Files begun and not finished, to be gone on with. */
  readonly open?: readonly OpenUpload[]
  /** Papers of earlier dossiers that would do for this one. */
  readonly reusable?: readonly Reusable[]
  /** Files that came well but not quite as named. */
  readonly notes?: readonly string[]
}

export const fileField = (part: string): string => `file.${part}`

const ACCEPT = ['image/*', 'application/pdf', ...Object.values(ACCEPTED_TYPES).map((type) => `.${type.ext}`)].join(',')

interface Needed {
  readonly words: PartWords
  readonly why: string
  readonly must: boolean
}

/** Papers to hand in with this form, those that must come first. */
export function neededPapers(filing: Filing): { give: readonly Needed[]; show: readonly PartWords[] } {
  const { parts } = explain(filing.version.record)
  const words = new Map([...parts.required, ...parts.when, ...parts.optional, ...parts.shown, ...parts.cases.flatMap((one) => one.parts)].map((part) => [part.id, part]))
  const { requiredParts, optionalParts, shownParts } = filing.evaluation
  const onlyShown = new Set(filing.version.record.parts.filter((part) => part.present === 'xuat_trinh').map((part) => part.id))
  const sent = filing.view.parts.map((part) => part.part)
  const must = requiredParts.flatMap((id) => {
    const part = words.get(id)
    return part
      ? [
          {
            words: part,
            must: true,
            why: part.when ? `Cần vì: ${part.when.charAt(0).toLowerCase()}${part.when.slice(1)}` : 'Hồ sơ nào cũng cần giấy này.',
          },
        ]
      : []
  })
  const may = [...new Set([...optionalParts, ...sent])]
    .filter((id) => !requiredParts.includes(id) && !shownParts.includes(id))
    .flatMap((id) => {
      const part = words.get(id)
      return part && (optionalParts.includes(id) || sent.includes(id)) && !onlyShown.has(id)
        ? [{ words: part, must: false, why: 'Không bắt buộc; gửi nếu có.' }]
        : []
    })
  return { give: [...must, ...may], show: shownParts.flatMap((id) => words.get(id) ?? []) }
}

export function PapersView({ face, filing, errors = [], toReview, open = [], reusable = [], notes = [] }: PapersViewProps) {
  const paths = filingPaths(face, filing.dossier.id)
  const { give, show } = neededPapers(filing)
  const before = pageBefore(filing.pages, PAPERS)
  return (
    <>
      <FilingSteps face={face} filing={filing} current={PAPERS} />
      <ErrorSummary
        errors={errors.map(({ key, message }) => ({ key: key.startsWith('parts.') ? fileField(key.slice(6)) : key, message }))}
      />
      {filing.mode === 'supplement' && <SupplementNotice filing={filing} />}
      {notes.length > 0 && (
        <Notice tone="info" title="Đã nhận, nhưng xin xem lại">
          <ul>
            {notes.map((note) => (
              <li>{note}</li>
            ))}
          </ul>
        </Notice>
      )}
      <h2>Giấy tờ gửi kèm</h2>
      {give.length > 0 && (
        <p class="measure">
          Chụp ảnh bằng điện thoại hoặc gửi PDF đều được; mỗi giấy có thể gửi nhiều ảnh. Mỗi tệp không quá 100 MB. Tệp đã gửi được giữ lại
          ngay cả khi có tệp khác bị lỗi.
        </p>
      )}
      <Form action={paths.papers} multipart>
        <button class="sr" name="_do" value="next" tabIndex={-1} aria-hidden="true">
          Tiếp tục
        </button>
        {toReview && <input type="hidden" name="_back" value="review" />}
        {give.length === 0 && (
          <EmptyState icon="file" title="Không phải gửi kèm giấy tờ nào">
            Theo câu trả lời của ông/bà, hồ sơ này chỉ cần tờ khai vừa điền.
          </EmptyState>
        )}
        {give.map((one) => (
          <Paper
            face={face}
            paper={one}
            sent={filing.view.parts.filter((part) => part.part === one.words.id)}
            errors={errors}
            uploadHref={paths.papers}
            tusHref={paths.tus}
            reusable={reusable.filter(({ part }) => part === one.words.id)}
            open={open.filter((upload) => upload.field === fileField(one.words.id))}
          />
        ))}
        <Actions>
          <Button look="primary" name="_do" value="next">
            {toReview ? 'Lưu và về trang xem lại' : 'Tiếp tục'}
          </Button>
          {give.length > 0 && (
            <Button name="_do" value="stay">
              Gửi tệp đã chọn
            </Button>
          )}
          <Button look="quiet" name="_do" value="later">
            Lưu và làm tiếp sau
          </Button>
          {before && !toReview && (
            <LinkButton look="quiet" href={paths.page(before)}>
              Quay lại bước trước
            </LinkButton>
          )}
        </Actions>
      </Form>
      {show.length > 0 && (
        <section>
          <h2>Giấy tờ chỉ xuất trình, không phải nộp</h2>
          <ul>
            {show.map((part) => (
              <li>
                {part.name}
                {part.help && <span class="soft"> – {part.help}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

interface PaperProps {
  readonly face: FilingFace
  readonly paper: Needed
  readonly sent: readonly PartView[]
  readonly errors: NonNullable<PapersViewProps['errors']>
  readonly uploadHref: string
  readonly tusHref: string
  readonly reusable: readonly Reusable[]
  readonly open: readonly OpenUpload[]
}

function Paper({ face, paper: { words, why, must }, sent, errors, uploadHref, tusHref, reusable, open }: PaperProps) {
  const field = fileField(words.id)
  const faults = errors.filter((error) => error.key === field || error.key === `parts.${words.id}`)
  return (
    <div class={faults.length > 0 ? 'q wrong' : 'q'} data-paper={field}>
      <label class="label" for={field}>
        {words.name}
        {!must && <span class="optional"> (không bắt buộc)</span>}
      </label>
      <div class="hint" id={`${field}--hint`}>
        <p>
          {why}
          {words.count && ` Bản giấy: ${words.count}.`}
        </p>
        {words.help && <p>{words.help}</p>}
        {words.reuse && must && (
          <p>Giấy này sẽ được lấy thẳng từ dữ liệu của Nhà nước khi các cơ sở dữ liệu nối xong; hiện nay xin gửi bản chụp.</p>
        )}
      </div>
      {faults.length > 0 && (
        <p class="fault" id={`${field}--error`}>
          <span class="sr">Lỗi: </span>
          {faults.map((fault) => fault.message).join(' ')}
        </p>
      )}
      <div data-sent>
        {sent.length > 0 && <FileList label={`Đã gửi: ${words.name}`} files={sent.map((part) => sentFile(face, part))} />}
        {open.length > 0 && <FileList label={`Đang gửi dở: ${words.name}`} files={open.map(openFile)} />}
      </div>
      {sent.length === 0 && reusable.length > 0 && <Reuse face={face} words={words} reusable={reusable} />}
      <FileInput
        id={field}
        name={field}
        multiple
        accept={ACCEPT}
        uploadHref={uploadHref}
        tusHref={tusHref}
        photosOf={words.name}
        maxBytes={MAX_FILE_BYTES}
        aria-invalid={faults.length > 0 || undefined}
        aria-describedby={[`${field}--hint`, faults.length > 0 && `${field}--error`].filter(Boolean).join(' ')}
      />
      {face.counter && sent.length === 0 && (
        <p>
          <Button name="_paper" value={words.id}>
            Đã nhận bản giấy
          </Button>
        </p>
      )}
    </div>
  )
}

/** Handed in once is enough: the citizen's own paper of an earlier dossier, to be looked at and taken over. */
function Reuse({ face, words, reusable }: { face: FilingFace; words: PartWords; reusable: readonly Reusable[] }) {
  return (
    <div class="reuse">
      <p>
        <Icon name="check" /> <b>Ông/bà đã nộp giấy này trước đây.</b> Còn đúng thì dùng lại, không phải chụp lại.
      </p>
      <ul class="files" aria-label={`Đã nộp trước đây: ${words.name}`}>
        {reusable.map(({ from, file, procedureName, dossierCode, addedAt }) => (
          <li>
            <Icon name="file" />
            <div>
              <a href={face.fileHref(file.id)}>{file.name}</a>
              <div class="about">
                <span>{fileSize(file.size)}</span>
                <span>
                  Nộp <Time at={addedAt} /> trong hồ sơ {dossierCode}: {procedureName}
                </span>
              </div>
            </div>
            <Button name="_reuse" value={`${words.id}:${from}`}>
              Dùng lại giấy này
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

const sentFile = (face: FilingFace, part: PartView) => ({
  name: part.file?.name ?? 'Bản giấy',
  href: part.fileId ? face.fileHref(part.fileId) : undefined,
  size: part.file?.size,
  removeValue: part.id,
  note: (
    <>
      <StatusTag tone="good">Đã nhận</StatusTag>
      <Time at={part.addedAt} />
    </>
  ),
})

const openFile = (upload: OpenUpload) => ({
  name: upload.name,
  removeName: '_dropUpload',
  removeValue: upload.id,
  note: (
    <>
      <StatusTag tone="wait">Đang gửi dở</StatusTag>
      <span>
        {fileSize(upload.offset)} trên {fileSize(upload.size)}. Chọn lại đúng tệp này ở ô bên dưới: máy gửi tiếp từ chỗ dở.
      </span>
    </>
  ),
})
